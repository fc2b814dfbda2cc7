package org.seqgan.core.config;

import java.util.Optional;

/**
 * One option with its value.
 *
 * @param key such as {@code training.batch-size}
 * @param value as a configuration file has it; empty where the option is not set
 * @param origin where the value came from, such as {@code my.conf:12}
 * @param description one line
 */
public record ResolvedValue(String key, Optional<String> value, String origin, String description) {
  /** The origin of a value that nobody gave. */
  public static final String DEFAULT = Place.DEFAULT;
}
