// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.settings.SchemaRegistrySettings.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} of requests to a registry. Not thread-safe. */
final class RegistryAuthorization {
  private static final char DELETE = 0x7F;

  private final @Nullable Credentials credentials;
  private @Nullable String header;

  RegistryAuthorization(@Nullable Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * The value of the header; null for none.
   *
   * @throws IOException if a file holds the secret and cannot be read
   */
  @Nullable String header() throws IOException {
    if (header == null && credentials != null) {
      header = read(credentials);
    }
    return header;
  }

  /**
   * Looks whether a secret that was refused has been replaced in its file.
   *
   * @throws IOException if it cannot be read
   */
  boolean hasChanged() throws IOException {
    String refused = header;
    header = null;
    String current = header();
    return current != null && !current.equals(refused);
  }

  private static String read(Credentials credentials) throws IOException {
    String secret = credentials.secret().strip();
    if (credentials.inFile()) {
      try {
        secret = Files.readString(Path.of(secret), UTF_8).strip();
      } catch (IOException e) {
        throw new IOException(
            "kafka.schema_registry: cannot read the secret in file '%s' (%s)"
                .formatted(credentials.secret(), e.getClass().getSimpleName()),
            e);
      }
    }
    if (credentials.username() == null) {
      return "Bearer " + checked(secret);
    }
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((credentials.username() + ":" + secret).getBytes(UTF_8));
  }

  /** The client would refuse such a header too, and show it. */
  private static String checked(String token) throws RegistryAccessException {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < DELETE)) {
      throw new RegistryAccessException(
          "kafka.schema_registry: found a token that is empty, or has characters that no header may have");
    }
    return token;
  }
}
