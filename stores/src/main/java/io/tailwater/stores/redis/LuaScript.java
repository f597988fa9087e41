// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A script that Redis runs atomically on one key, returning a number.
 *
 * @param text the source, in UTF-8
 * @param sha1 by which a server that has seen the source knows it, in hexadecimal
 */
record LuaScript(byte[] text, byte[] sha1) {
  /** Replaces a vector unless a newer one is stored; 1 if written, 0 if refused. */
  static final LuaScript FENCE = load("order.lua", "fence.lua");

  /** The same with the fields of one of several views of an entity. */
  static final LuaScript FEAST_FENCE = load("order.lua", "feast_fence.lua");

  /** Records how far a subtask has come; 1. */
  static final LuaScript PROGRESS = load("progress.lua");

  /** Replaces the definitions that are applied; 1 if they are, 0 if another version came first. */
  static final LuaScript PUBLISH = load("publish.lua");

  static LuaScript of(String source) {
    byte[] text = source.getBytes(UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
      return new LuaScript(text, HexFormat.of().formatHex(digest).getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static LuaScript load(String... resources) {
    return of(Arrays.stream(resources).map(LuaScript::text).collect(joining()));
  }

  private static String text(String resource) {
    try (InputStream in = LuaScript.class.getResourceAsStream(resource)) {
      return new String(requireNonNull(in, resource).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
