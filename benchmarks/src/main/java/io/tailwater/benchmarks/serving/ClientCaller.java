// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.OnlineFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A thread that asks the Java client, which all of them share, and looks at every value. */
final class ClientCaller implements Caller {
  private final FeatureClient client;
  private final String service;
  private final List<List<Map<String, Long>>> requests;

  ClientCaller(FeatureClient client, String service, List<List<Map<String, Long>>> requests) {
    this.client = client;
    this.service = service;
    this.requests = requests;
  }

  @Override
  public void ask(int question) throws IOException {
    OnlineFeatures answer =
        client.getOnlineFeatures(service, requests.get(question % requests.size()));
    for (int row = 0; row < answer.rows(); row++) {
      for (int feature = 0; feature < answer.features().size(); feature++) {
        if (answer.get(row, feature).status() != FeatureStatus.PRESENT) {
          throw new IOException("found no value of %s".formatted(answer.features().get(feature)));
        }
      }
    }
  }

  @Override
  public void close() {
    // The client is everybody's.
  }
}
