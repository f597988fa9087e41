// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

/** An input of an aggregate {@code by} a category. */
public record Categorised(String category, Object value) {}
