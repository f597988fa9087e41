// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.OnlineFeatures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way to the features. */
interface Target {
  /** What the tables call it. */
  String label();

  /** Whether it can answer such a question. */
  default boolean answers(Question question) {
    return true;
  }

  /** Callers that ask a question. */
  Caller.Factory callers(Question question);

  /** Answers a second to connections, or threads, that ask again at once. */
  default double highestRate(Question question, int connections, Duration length)
      throws IOException, InterruptedException {
    return new Load(callers(question), connections).closedLoop(length);
  }

  /**
   * Holds the answers to some requests against what was written.
   *
   * @throws IOException if one is wrong
   */
  void check(Question question) throws IOException;

  /** How many of the requests are checked. */
  int CHECKED = 20;

  /** {@code tailwater serve}, in a process of its own. */
  record Http(InetSocketAddress server, int entities) implements Target {
    @Override
    public String label() {
      return "HTTP";
    }

    @Override
    public Caller.Factory callers(Question question) {
      byte[][] requests = question.http(entities);
      return () -> new SocketCaller(server, requests, Framing.HTTP);
    }

    @Override
    public double highestRate(Question question, int connections, Duration length)
        throws IOException {
      return new EventLoop(server, question.http(entities), Framing.HTTP).run(connections, length);
    }

    @Override
    public void check(Question question) throws IOException {
      List<List<Long>> keys = question.keys(entities);
      try (SocketCaller caller = new SocketCaller(server, question.http(entities), Framing.HTTP)) {
        for (int request = 0; request < CHECKED; request++) {
          caller.ask(request);
          JsonNode answer = new ObjectMapper().readTree(caller.body());
          JsonNode names = answer.at("/metadata/feature_names");
          // The first column has the keys.
          for (int column = 1; column < names.size(); column++) {
            for (int row = 0; row < question.rows(); row++) {
              requireEqual(
                  answer.at("/results/%d/values/%d".formatted(column, row)).longValue(),
                  keys.get(request).get(row),
                  names.get(column).textValue());
            }
          }
        }
      }
    }
  }

  /** The Java client, in the process that makes the load. */
  record InProcess(FeatureClient client, int entities) implements Target {
    @Override
    public String label() {
      return "Java client";
    }

    @Override
    public Caller.Factory callers(Question question) {
      List<List<Map<String, Long>>> requests = question.java(entities);
      return () -> new ClientCaller(client, question.service(), requests);
    }

    @Override
    public void check(Question question) throws IOException {
      List<List<Long>> keys = question.keys(entities);
      List<List<Map<String, Long>>> requests = question.java(entities);
      for (int request = 0; request < CHECKED; request++) {
        OnlineFeatures answer = client.getOnlineFeatures(question.service(), requests.get(request));
        for (int feature = 0; feature < answer.features().size(); feature++) {
          for (int row = 0; row < question.rows(); row++) {
            requireEqual(
                answer.value(row, feature),
                keys.get(request).get(row),
                answer.features().get(feature).name());
          }
        }
      }
    }
  }

  /** One HMGET of the wide view, without Tailwater: what machine and Redis take by themselves. */
  record Bare(BareRedis redis) implements Target {
    @Override
    public String label() {
      return "bare HMGET";
    }

    @Override
    public boolean answers(Question question) {
      return question.service().equals(FeatureShape.WIDE) && question.rows() == 1;
    }

    @Override
    public Caller.Factory callers(Question question) {
      return redis.callers();
    }

    @Override
    public void check(Question question) {
      // Nothing of it is ours.
    }
  }

  private static void requireEqual(@Nullable Object found, long key, String feature)
      throws IOException {
    long expected = FeatureShape.value(key, feature);
    if (!Long.valueOf(expected).equals(found)) {
      throw new IOException(
          "found %s for %s of %d, expected %d".formatted(found, feature, key, expected));
    }
  }
}
