package org.seqgan.core.config;

/**
 * One value of a configuration, and where it came from.
 *
 * @param key from the top, such as {@code training.batch-size}
 * @param value as HOCON
 * @param origin {@code train.conf, line 3}, {@code command line: training.batch-size=8} or {@code
 *     default}
 * @param description what it does, in one line
 */
public record ResolvedValue(String key, String value, String origin, String description) {}
