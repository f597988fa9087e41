// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir private Path folder;

  @Test
  void typesComeFromAllRecordsOfTheSample() throws IOException {
    Path sample =
        write(
            "clicks.csv",
            """
            click_id,userId,ts,value,flag,zip,note,day
            c1,1,2026-03-01T10:00:00Z,1,true,00123,,2026-03-01
            c2,1,2026-03-01T10:00:09Z,2.5,false,45678,x,2026-03-01
            c3,2,2026-03-01T10:00:01.123Z,-1e3,true,12345,"a,b",2026-03-01
            """);

    Command init = Command.run("init", folder.resolve("p"), "--sample", sample, "--key", "userId");

    assertThat(init.err()).isEmpty();
    assertThat(init.exitCode()).isZero();
    EventSource source = ProjectLoader.load(folder.resolve("p")).source("clicks").orElseThrow();
    assertThat(source.fields())
        .containsExactly(
            new Field("click_id", ValueType.STRING, false),
            new Field("userId", ValueType.INT64, false),
            new Field("ts", ValueType.TIMESTAMP, false),
            new Field("value", ValueType.DOUBLE, false),
            new Field("flag", ValueType.BOOL, false),
            new Field("zip", ValueType.STRING, false),
            new Field("note", ValueType.STRING, true),
            new Field("day", ValueType.TIMESTAMP, false));
    assertThat(source.eventTime().field()).isEqualTo("ts");
    assertThat(source.eventId()).containsExactly("click_id");
    // c3 came eight seconds behind c2.
    assertThat(source.watermark().outOfOrdernessMillis()).isEqualTo(8_000);
    assertThat(Files.readString(folder.resolve("p/p.yaml")))
        .contains("keys: {user_id: userId}", "aggregate: 'sum(`value`)'");
  }

  @Test
  void jsonLinesHaveTypesOfTheirOwn() throws IOException {
    Path sample =
        write(
            "events.jsonl",
            """
            {"customer_id": "1", "event_time": 1772359200000, "amount": 1, "items": [1]}
            {"customer_id": "1", "event_time": 1772359200001, "amount": 1.5, "gone": null}
            """);

    Command init = Command.run("init", folder.resolve("p"), "--sample", sample);

    assertThat(init.err()).isEmpty();
    assertThat(init.out()).contains("  left out    items: arrays and objects");
    EventSource source = ProjectLoader.load(folder.resolve("p")).source("events").orElseThrow();
    assertThat(source.fields())
        .containsExactly(
            new Field("customer_id", ValueType.STRING, false),
            new Field("event_time", ValueType.INT64, false),
            new Field("amount", ValueType.DOUBLE, false),
            new Field("gone", ValueType.STRING, true));
  }

  @Test
  void anAvroSchemaIsTakenAsItIs() throws IOException {
    Path schema = Path.of("../feature-definitions/retail/order.avsc");

    Command init = Command.run("init", folder.resolve("p"), "--avro", schema);

    assertThat(init.err()).isEmpty();
    assertThat(folder.resolve("p/order.avsc")).hasSameTextualContentAs(schema);
    assertThat(Files.readString(folder.resolve("p/p.yaml")))
        .contains("event_time: event_time", "where: customer_id is not null")
        .contains("kafka: {topic: order, format: avro}", "'sum(unit_price)'");
  }

  @Test
  void whatIsAmbiguousIsAskedForWithAllCandidates() throws IOException {
    Path sample =
        write(
            "rides.csv",
            """
            driver_id,rider_id,begun,ended
            1,7,3/4/2026 10:00,3/4/2026 11:00
            1,7,3/5/2026 10:00,3/5/2026 11:00
            """);

    assertThat(init(sample).err())
        .isEqualTo(
            "Which field is an event's time? Found begun, ended, expected --event-time FIELD"
                + System.lineSeparator());
    assertThat(init(sample, "--event-time", "begun").err())
        .isEqualTo(
            "Which field is an entity's key? Found driver_id, rider_id, expected --key FIELD"
                + System.lineSeparator());
    assertThat(init(sample, "--event-time", "begun", "--key", "driver_id").err())
        .isEqualTo(
            "How is 'begun' written? Its values fit M/d/yyyy H:mm and d/M/yyyy H:mm, expected"
                + " --event-time-format PATTERN"
                + System.lineSeparator());
    Command whole =
        init(
            sample,
            "--event-time",
            "begun",
            "--key",
            "driver_id",
            "--event-time-format",
            "d/M/yyyy H:mm");
    assertThat(whole.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("p/p.yaml")))
        .contains("event_time: {field: begun, format: 'd/M/yyyy H:mm', zone: UTC}");

    assertThat(init(sample, "--event-time", "begun", "--key", "none").err())
        .startsWith("--key none: found no such field that can be it, expected one of driver_id,");
  }

  @Test
  void nothingIsWrittenOverAndAFileThatIsNoSampleIsRefused() throws IOException {
    Path sample = write("a.csv", "customer_id,ts\n1,2026-03-01T10:00:00Z\n1,2026-03-02\n");
    assertThat(init(sample).exitCode()).isZero();

    assertThat(init(sample).err())
        .contains(folder.resolve("p/p.yaml") + " is there already: name a new folder");
    assertThat(init(write("b.csv", "customer_id,ts\n")).err()).contains("found no record");
    assertThat(init(write("c.csv", "Customer ID,ts\n1,2026-03-01\n")).err())
        .contains("found the names 'Customer ID', expected letters, digits and _");
    assertThat(init(write("d.txt", "")).err())
        .contains("expected .csv, .csv.gz, .jsonl or .jsonl.gz");
    assertThat(init(folder.resolve("none.csv")).err()).contains("--sample:", "none.csv");
  }

  private Command init(Path sample, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("init", folder.resolve("p"), "--sample", sample));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
