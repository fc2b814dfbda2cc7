package org.seqgan.core.config;

import java.util.Locale;

/** How names of Java are written in configuration. */
final class Words {
  private Words() {}

  /** {@code hiddenSize} as {@code hidden-size}. */
  static String key(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** {@code TEACHER_FORCING} as {@code teacher-forcing}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A key within a section, or at the top. */
  static String path(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }
}
