// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Refuses documents that aliases make endless or huge: the "billion laughs". */
final class AliasGuard {
  private static final long MAX_NODES = 1_000_000;
  private static final long BEING_MEASURED = -1;

  /** The number of nodes under each node, aliases followed. */
  private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();

  private AliasGuard() {}

  static boolean accepts(Node root) {
    return new AliasGuard().size(root) <= MAX_NODES;
  }

  private long size(Node node) {
    Long known = sizes.get(node);
    if (known != null) {
      return known == BEING_MEASURED ? MAX_NODES + 1 : known;
    }
    sizes.put(node, BEING_MEASURED);
    long size = 1;
    for (Node child : children(node)) {
      size = Math.min(MAX_NODES + 1, size + size(child));
    }
    sizes.put(node, size);
    return size;
  }

  private static List<Node> children(Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
          .toList();
    }
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }
}
