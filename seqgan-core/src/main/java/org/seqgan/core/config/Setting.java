package org.seqgan.core.config;

/**
 * A value that a file gives an option.
 *
 * @param key the option, such as {@code training.batch-size}
 * @param value as HOCON
 * @param place where it stands, for messages: {@code matrix.conf:3}
 */
public record Setting(String key, String value, String place) {
  /** As a command line takes it. */
  public String word() {
    return key + "=" + value;
  }
}
