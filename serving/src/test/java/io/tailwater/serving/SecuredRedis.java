// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import redis.embedded.RedisServer;

/**
 * A redis-server that only speaks TLS, with a certificate for {@code localhost} by an authority
 * that was made for it, and that only lets in the users who are named.
 */
final class SecuredRedis implements AutoCloseable {
  static final String HOST = "localhost";
  static final String STORE_PASSWORD = "changeit";

  private final RedisServer server;
  private final int port;
  private final Path trustStore;

  private SecuredRedis(RedisServer server, int port, Path trustStore) {
    this.server = server;
    this.port = port;
    this.trustStore = trustStore;
  }

  /**
   * Starts it.
   *
   * @param users rules as the configuration of Redis has them
   */
  static SecuredRedis start(Path folder, List<String> users)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = folder.resolve("keys.p12");
    keytool(
        keys, "-alias", "authority", "-dname", "CN=Test authority", "-ext", "bc:critical=ca:true");
    keytool(
        keys,
        "-alias",
        "redis",
        "-dname",
        "CN=redis",
        "-ext",
        "san=dns:localhost",
        "-signer",
        "authority");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    Certificate authority = store.getCertificate("authority");
    Key key = store.getKey("redis", STORE_PASSWORD.toCharArray());
    int port = Ports.free();
    RedisServer server =
        RedisServer.newRedisServer()
            .port(0)
            .bind(Ports.LOOPBACK)
            .setting("tls-port " + port)
            .setting("tls-auth-clients no")
            .setting(
                "tls-cert-file "
                    + pem(folder, "CERTIFICATE", store.getCertificate("redis").getEncoded()))
            .setting("tls-key-file " + pem(folder, "PRIVATE KEY", key.getEncoded()))
            .setting("tls-ca-cert-dir " + folder)
            .setting("save \"\"")
            .setting("user default off")
            .setting(String.join("\n", users))
            .build();
    server.start();
    return new SecuredRedis(server, port, trustStore(folder, authority));
  }

  int port() {
    return port;
  }

  /** A trust store that knows the authority. */
  Path trustStore() {
    return trustStore;
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }

  private static Path trustStore(Path folder, Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, STORE_PASSWORD.toCharArray());
    }
    return file;
  }

  private static Path pem(Path folder, String kind, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
    return Files.writeString(folder.resolve(kind.replace(' ', '-') + ".pem"), text, US_ASCII);
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }
}
