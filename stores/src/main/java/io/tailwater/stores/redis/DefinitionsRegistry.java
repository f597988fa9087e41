// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.DefinitionFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The definitions of a project that are applied, in Redis beside its vectors.
 *
 * <p>They are one HASH, {@code <project>:%definitions}, whatever the layout, so that one atomic
 * step replaces all of it. Its fields are {@code format} (1), {@code version}, {@code digest},
 * {@code applied_at} in milliseconds, {@code file:<name>} with a text, {@code view:<name>} and
 * {@code retired:<view>:<feature>} with a digest. The key never expires, and is no entity's.
 *
 * <p>Methods throw {@link RegistryException} if Redis does not answer. Thread-safe.
 */
public final class DefinitionsRegistry implements AutoCloseable {
  private static final String FORMAT = "format";
  private static final String FORMAT_1 = "1";
  private static final String VERSION = "version";
  private static final String DIGEST = "digest";
  private static final String APPLIED_AT = "applied_at";
  private static final String FILE = "file:";
  private static final String VIEW = "view:";
  private static final String RETIRED = "retired:";

  /** Somebody waits. */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  private final RedisOptions options;
  private final RedisConnection connection;
  private final String project;
  private final String key;

  /**
   * The registry of a project. Connects when it is first used.
   *
   * @param project its name
   */
  public DefinitionsRegistry(RedisOptions options, String project) {
    this.options = options;
    this.connection = new RedisConnection(options);
    this.project = project;
    this.key = KeyText.escape(project) + KeyText.SEPARATOR + "%definitions";
  }

  /**
   * Which definitions are applied.
   *
   * @param version from 1
   * @param digest of their texts
   */
  public record Head(long version, String digest) {}

  /** Where it is, for people: the server and the key. */
  public String location() {
    return "%s in Redis at %s".formatted(key, connection.endpoint());
  }

  /** Which definitions are applied, without reading them; empty if none are. */
  public Optional<Head> head() {
    List<@Nullable String> fields;
    try {
      fields = connection.client().hmget(key, VERSION, DIGEST);
    } catch (JedisException e) {
      throw unreadable(e);
    }
    String version = fields.get(0);
    String digest = fields.get(1);
    return version == null || digest == null
        ? Optional.empty()
        : Optional.of(new Head(number(version), digest));
  }

  /** The definitions that are applied; empty if none are. */
  public Optional<PublishedDefinitions> read() {
    Map<String, String> fields;
    try {
      fields = connection.client().hgetAll(key);
    } catch (JedisException e) {
      throw unreadable(e);
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(parse(fields));
  }

  /**
   * Publishes definitions in one atomic step, unless others have been published since.
   *
   * @param seen the version that they were compared with; 0 for none
   * @return false if another version came first: then nothing is changed
   */
  public boolean publish(PublishedDefinitions definitions, long seen) throws InterruptedException {
    List<byte[]> arguments = new ArrayList<>();
    add(arguments, Long.toString(seen));
    add(arguments, Long.toString(definitions.version()));
    add(arguments, definitions.digest());
    fields(definitions)
        .forEach(
            (field, value) -> {
              add(arguments, field);
              add(arguments, value);
            });
    try (ScriptRunner runner =
        new ScriptRunner(
            new RedisConnection(options),
            new Patience(options.endpoint(), GIVE_UP_AFTER, Pauses.SYSTEM),
            RedisWriterListener.NONE)) {
      return runner.run(List.of(new ScriptCall(LuaScript.PUBLISH, RedisKey.of(key), arguments)))[0]
          == 1;
    } catch (RedisWriteException e) {
      throw new RegistryException(
          "cannot publish the definitions of project '%s': %s".formatted(project, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  private static Map<String, String> fields(PublishedDefinitions definitions) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(FORMAT, FORMAT_1);
    fields.put(APPLIED_AT, Long.toString(definitions.appliedAt()));
    definitions.files().texts().forEach((name, text) -> fields.put(FILE + name, text));
    definitions.views().forEach((name, digest) -> fields.put(VIEW + name, digest));
    definitions.retired().forEach((name, digest) -> fields.put(RETIRED + name, digest));
    return fields;
  }

  private PublishedDefinitions parse(Map<String, String> fields) {
    String format = fields.get(FORMAT);
    if (!FORMAT_1.equals(format)) {
      throw new RegistryException(
          "%s: found format %s, expected %s: another version of Tailwater has written it, which reads it, too"
              .formatted(location(), format, FORMAT_1));
    }
    return new PublishedDefinitions(
        number(fields.getOrDefault(VERSION, "")),
        number(fields.getOrDefault(APPLIED_AT, "")),
        new DefinitionFiles(below(FILE, fields)),
        below(VIEW, fields),
        below(RETIRED, fields));
  }

  private long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new RegistryException(
          "%s: found '%s', expected a number: another program has written it; delete the key, and apply again"
              .formatted(location(), text),
          e);
    }
  }

  private static SortedMap<String, String> below(String prefix, Map<String, String> fields) {
    SortedMap<String, String> below = new TreeMap<>();
    fields.forEach(
        (field, value) -> {
          if (field.startsWith(prefix)) {
            below.put(field.substring(prefix.length()), value);
          }
        });
    return below;
  }

  private static void add(List<byte[]> arguments, String text) {
    arguments.add(text.getBytes(UTF_8));
  }

  private RegistryException unreadable(JedisException e) {
    return new RegistryException(
        "cannot read which definitions of project '%s' are applied, %s: %s"
            .formatted(project, location(), e.getMessage()),
        e);
  }
}
