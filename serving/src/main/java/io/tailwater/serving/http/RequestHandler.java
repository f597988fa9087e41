// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.serving.OnlineStoreException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every request, whatever it brings: a wrong one with what is wrong, one that the online
 * store leaves without values with 503, and one that meets a bug with 500, which is logged. None of
 * them concerns another one.
 */
final class RequestHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final Routes routes;
  private final BearerTokens tokens;
  private final int maxBodyBytes;
  private final ServingMetrics metrics;

  RequestHandler(Routes routes, BearerTokens tokens, int maxBodyBytes, ServingMetrics metrics) {
    this.routes = routes;
    this.tokens = tokens;
    this.maxBodyBytes = maxBodyBytes;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    String path = Request.getPathInContext(request);
    Consumer<Reply> answer =
        reply -> {
          metrics.answered(routes.label(path), reply.status(), System.nanoTime() - start);
          send(reply, response, callback);
        };
    // Also of a request that is refused whatever its body is: its client must see the answer.
    new BodyReader(
            request,
            maxBodyBytes,
            body -> reply(request, path, body).thenAccept(answer),
            () -> answer.accept(tooLarge(path)),
            () -> answer.accept(detail(BAD_REQUEST, "the body broke off: send all of it")))
        .run();
    return true;
  }

  private static void send(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    if (reply.status() == UNAUTHORIZED) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    response.write(/* last= */ true, ByteBuffer.wrap(reply.body()), callback);
  }

  /** Never fails. */
  private CompletionStage<Reply> reply(Request request, String path, byte[] body) {
    try {
      return endpoint(request, path)
          .answer(body)
          .exceptionally(failure -> failed(request, path, cause(failure)));
    } catch (RuntimeException | StackOverflowError e) {
      return CompletableFuture.completedFuture(failed(request, path, e));
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static Reply failed(Request request, String path, Throwable failure) {
    if (failure instanceof ClientError mistake) {
      LOG.debug("{} {}: {}", request.getMethod(), path, mistake.getMessage());
      return mistake.reply();
    }
    if (failure instanceof OnlineStoreException) {
      LOG.warn("{} {}: {}", request.getMethod(), path, failure.getMessage());
      return detail(UNAVAILABLE, String.valueOf(failure.getMessage()));
    }
    LOG.error("{} {} failed", request.getMethod(), path, failure);
    return detail(INTERNAL_ERROR, "the server has a bug: its log has the rest");
  }

  private Endpoint endpoint(Request request, String path) {
    if (!routes.isOpen(path)) {
      tokens.check(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    }
    return routes.find(request.getMethod(), path);
  }

  private Reply tooLarge(String path) {
    LOG.debug("{}: a body of more than {} bytes", path, maxBodyBytes);
    return detail(
        TOO_LARGE,
        "found a longer body, expected at most %d bytes: split the request"
            .formatted(maxBodyBytes));
  }

  private static Reply detail(int status, String message) {
    return Json.reply(status, Map.of("detail", message));
  }
}
