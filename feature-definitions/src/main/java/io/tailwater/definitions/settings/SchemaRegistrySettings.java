// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry with the interface of Confluent's.
 *
 * @param url where its paths begin, {@code http} or {@code https}, without credentials
 * @param credentials null for none
 * @param retryForMillis for how long a registry that cannot answer is asked again, in milliseconds,
 *     not negative; then the job fails
 */
public record SchemaRegistrySettings(
    String url, @Nullable Credentials credentials, long retryForMillis) implements Serializable {
  /** For how long a registry that cannot answer is asked again, if nothing else is said. */
  public static final long DEFAULT_RETRY_FOR_MILLIS = 60_000;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * What a request is authorized with: a user's password, or a token.
   *
   * @param username null with a token
   * @param secret the password or the token itself, or the path of a file that holds it
   * @param inFile whether it is the path of a file: whoever asks the registry reads it there, and a
   *     job that is on its way to a cluster does not carry it
   */
  public record Credentials(@Nullable String username, String secret, boolean inFile)
      implements Serializable {
    public Credentials {
      requireNonNull(secret, "secret is null");
      if (username != null && username.contains(":")) {
        throw new IllegalArgumentException(
            "found the username '%s', expected one without ':'".formatted(username));
      }
    }

    /** For people: the secret is left out, where a file holds it is not. */
    @Override
    public String toString() {
      return "Credentials[username=%s, %s]"
          .formatted(username, inFile ? "file=" + secret : "secret=" + Secrets.REDACTED);
    }
  }

  public SchemaRegistrySettings {
    requireUrl(requireNonNull(url, "url is null"));
    url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (retryForMillis < 0) {
      throw new IllegalArgumentException("retry for %d ms".formatted(retryForMillis));
    }
  }

  /** A registry that anybody may ask. */
  public static SchemaRegistrySettings of(String url) {
    return new SchemaRegistrySettings(url, null, DEFAULT_RETRY_FOR_MILLIS);
  }

  /** The same for whom it knows. */
  public SchemaRegistrySettings withCredentials(@Nullable Credentials newCredentials) {
    return new SchemaRegistrySettings(url, newCredentials, retryForMillis);
  }

  /** The same with another patience. */
  public SchemaRegistrySettings withRetryFor(long millis) {
    return new SchemaRegistrySettings(url, credentials, millis);
  }

  private static void requireUrl(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("found a text that is no URL", e);
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("found credentials in the URL");
    }
    String scheme = uri.getScheme();
    if (scheme == null
        || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
        || uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("found '%s'".formatted(text));
    }
  }
}
