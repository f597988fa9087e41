// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.KafkaTopic.Format;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads the {@code kafka} block of a source. */
final class KafkaTopicReader {
  private static final String WRITER_SCHEMAS = "writer_schemas";
  private static final Set<String> KEYS = Set.of("topic", "format", WRITER_SCHEMAS);
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final String FORMATS = "avro, avro-confluent, avro-single-object or json";
  private static final Map<String, Format> FORMAT_BY_NAME = new LinkedHashMap<>();

  static {
    FORMAT_BY_NAME.put("avro", Format.AVRO);
    FORMAT_BY_NAME.put("avro-confluent", Format.AVRO_CONFLUENT);
    FORMAT_BY_NAME.put("avro-single-object", Format.AVRO_SINGLE_OBJECT);
    FORMAT_BY_NAME.put("json", Format.JSON);
  }

  private final YamlMapping mapping;
  private final ProjectTexts texts;

  private KafkaTopicReader(YamlMapping mapping, ProjectTexts texts) {
    this.mapping = mapping;
    this.texts = texts;
  }

  /**
   * The topic; empty, with problems added, if it is none.
   *
   * @param texts where files of schemas are
   */
  static Optional<KafkaTopic> read(YamlMapping mapping, ProjectTexts texts) {
    return new KafkaTopicReader(mapping, texts).read();
  }

  private Optional<KafkaTopic> read() {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> topic =
        mapping
            .require("topic")
            .flatMap(value -> value.asText().filter(text -> isTopic(text, value)));
    Optional<Format> format =
        mapping.has("format")
            ? mapping.get("format").flatMap(KafkaTopicReader::format)
            : Optional.of(Format.AVRO);
    List<String> schemas =
        mapping
            .get(WRITER_SCHEMAS)
            .map(value -> writerSchemas(value, format.orElse(Format.AVRO_SINGLE_OBJECT)))
            .orElse(List.of());
    return topic.flatMap(name -> format.map(encoding -> new KafkaTopic(name, encoding, schemas)));
  }

  private static boolean isTopic(String text, YamlValue value) {
    boolean legal = TOPIC.matcher(text).matches();
    if (!legal) {
      value.problem(value.describe(), "a Kafka topic: letters, digits, '.', '_' and '-'");
    }
    return legal;
  }

  private static Optional<Format> format(YamlValue value) {
    Optional<String> text = value.asText(FORMATS).map(name -> name.toLowerCase(Locale.ROOT));
    Optional<Format> format = text.map(FORMAT_BY_NAME::get);
    if (text.isPresent() && format.isEmpty()) {
      value.problem(
          value.describe(),
          FORMATS,
          Suggestions.didYouMean(text.get(), FORMAT_BY_NAME.keySet()).orElse(null));
    }
    return format;
  }

  private List<String> writerSchemas(YamlValue value, Format format) {
    if (format != Format.AVRO_SINGLE_OBJECT) {
      value.problem(
          "'%s' beside another format".formatted(WRITER_SCHEMAS),
          "it with 'format: avro-single-object' alone");
      return List.of();
    }
    List<String> schemas = new ArrayList<>();
    for (YamlValue reference : value.isList() ? value.asList() : List.of(value)) {
      reference
          .asText("an Avro schema file, or a folder of such")
          .ifPresent(
              name ->
                  files(reference, name).stream()
                      .flatMap(file -> AvroSchemaFile.read(reference, file, texts).stream())
                      .map(Schema::toString)
                      .forEach(schemas::add));
    }
    return schemas;
  }

  private List<String> files(YamlValue reference, String name) {
    try {
      List<String> files = texts.schemas(name);
      if (files.isEmpty()) {
        reference.problem("'%s', a folder without an .avsc file".formatted(name), "a schema");
      }
      return files;
    } catch (IOException | InvalidPathException e) {
      reference.problem("'%s', which cannot be read (%s)".formatted(name, e.getMessage()), "");
      return List.of();
    }
  }
}
