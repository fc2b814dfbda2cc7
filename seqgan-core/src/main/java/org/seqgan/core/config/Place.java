package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Objects;
import org.seqgan.core.failure.Failure;

/**
 * Where a value was written.
 *
 * @param text {@code train.conf:3}, {@code command line: seed=x} or {@code default}
 */
record Place(String text) {
  /** The origin of values that nobody gave. */
  static final String DEFAULT = "default";

  private static final String COMMAND_LINE = "command line: ";
  private static final int LONGEST_OVERRIDE = 200;

  /** The description of the origin of a command-line override; of a long one the beginning. */
  static String commandLine(String override) {
    return COMMAND_LINE
        + (override.length() <= LONGEST_OVERRIDE
            ? override
            : override.substring(0, LONGEST_OVERRIDE) + "...");
  }

  /** Where a value was written; for an object, where its first value was. */
  static Place of(ConfigValue value) {
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      return object.values().stream()
          .filter(inner -> !of(inner).isDefault())
          .min(Comparator.comparingInt(inner -> inner.origin().lineNumber()))
          .map(Place::of)
          .orElseGet(() -> new Place(DEFAULT));
    }
    return of(value.origin());
  }

  static Place of(ConfigOrigin origin) {
    String description = Objects.requireNonNullElse(origin.description(), "unknown place");
    int line = origin.lineNumber();
    return line <= 0
        ? new Place(oneLine(description))
        : inDocument(description.replaceFirst(": \\d+(-\\d+)?$", ""), line);
  }

  /** A line of a document; what is no file has none. */
  static Place inDocument(String document, int line) {
    boolean inFile = !document.equals(DEFAULT) && !document.startsWith(COMMAND_LINE);
    return new Place(oneLine(inFile ? document + ":" + line : document));
  }

  boolean isCommandLine() {
    return text.startsWith(COMMAND_LINE);
  }

  boolean isDefault() {
    return text.equals(DEFAULT);
  }

  /** The place without its line. */
  String document() {
    return text.replaceFirst(":\\d+$", "");
  }

  /** The place and the key, for the beginning of a message. */
  String at(String key) {
    return text + ": " + key;
  }

  /** Any text as one line. */
  static String oneLine(String text) {
    return Failure.oneLine(text);
  }
}
