// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.serving.OnlineStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
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
    Endpoint endpoint;
    try {
      endpoint = endpoint(request, path);
    } catch (ClientError e) {
      answer.accept(e.reply());
      return true;
    }
    // No thread waits for a body: clients that send theirs slowly hold up nobody.
    Content.Source.asByteArrayAsync(
        request,
        maxBodyBytes,
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            body -> answer.accept(reply(request, path, endpoint, body)),
            failure -> answer.accept(unread(request, path, failure))));
    return true;
  }

  private Endpoint endpoint(Request request, String path) {
    if (!routes.isOpen(path)) {
      tokens.check(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    }
    Endpoint endpoint = routes.find(request.getMethod(), path);
    if (request.getLength() > maxBodyBytes) {
      throw tooLarge(request.getLength() + " bytes");
    }
    return endpoint;
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

  private static Reply reply(Request request, String path, Endpoint endpoint, byte[] body) {
    try {
      return endpoint.answer(body);
    } catch (ClientError e) {
      LOG.debug("{} {}: {}", request.getMethod(), path, e.getMessage());
      return e.reply();
    } catch (OnlineStoreException e) {
      LOG.warn("{} {}: {}", request.getMethod(), path, e.getMessage());
      return detail(UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} {} failed", request.getMethod(), path, e);
      return detail(INTERNAL_ERROR, "the server has a bug: its log has the rest");
    }
  }

  /** The body broke off or, where its length was not told before, was too long. */
  private Reply unread(Request request, String path, Throwable failure) {
    LOG.debug("{} {}: the body cannot be read", request.getMethod(), path, failure);
    return failure instanceof IOException
        ? detail(BAD_REQUEST, "the body broke off: send all of it")
        : tooLarge("more").reply();
  }

  private ClientError tooLarge(String found) {
    return ClientError.http(
        TOO_LARGE,
        "found a body of %s, expected at most %d bytes: split the request"
            .formatted(found, maxBodyBytes));
  }

  private static Reply detail(int status, String message) {
    return Json.reply(status, Map.of("detail", message));
  }
}
