// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir private Path folder;

  @Test
  void aServiceThatCannotBeServedIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: id, type: INT64}]}
          - {name: card, join_keys: [{name: id, type: STRING}]}
        batch_feature_views:
          - name: profile
            entity: customer
            tables:
              customers: {connector: jdbc, url: "${URL}", columns: {id: BIGINT}}
            query: SELECT * FROM customers
            event_timestamp: updated_at
            features: [{name: orders, type: INT64}]
          - name: limits
            entity: card
            tables:
              cards: {connector: jdbc, url: "${URL}", columns: {id: STRING}}
            query: SELECT * FROM cards
            event_timestamp: updated_at
            features: [{name: daily, type: INT64}]
        feature_services:
          - {name: fine, features: [profile:orders]}
          - {name: both, features: [profile:orders, limits:daily]}
        """);

    Command serve =
        Command.run(
            "serve", "--port", "0", "--redis", "localhost:1", "--definitions", folder.toString());

    assertThat(serve.exitCode()).isEqualTo(1);
    assertThat(serve.err())
        .isEqualToIgnoringNewLines(
            "feature service 'both' cannot be served: found 'id' as INT64 and as STRING, expected"
                + " one type: ask for the features apart");
  }
}
