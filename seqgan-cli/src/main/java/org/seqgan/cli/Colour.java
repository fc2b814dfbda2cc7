package org.seqgan.cli;

import java.util.Map;

/**
 * When colours are used. They say nothing that the words do not say too.
 *
 * @see <a href="https://no-color.org">no-color.org</a>
 * @see <a href="https://bixense.com/clicolors">bixense.com/clicolors</a>
 */
enum Colour {
  /** On a terminal, unless the environment asks for the contrary. */
  AUTO,
  /** Wherever the output goes. */
  ALWAYS,
  /** Nowhere. */
  NEVER;

  private static final String OPTION = "--color";

  /** What a shade is for. */
  enum Shade {
    /** Done as wished. */
    GOOD("32"),
    /** Under way. */
    BUSY("36"),
    /** Not done, and nothing is lost. */
    MILD("33"),
    /** Failed. */
    BAD("31");

    private final String code;

    Shade(String code) {
      this.code = code;
    }

    /** The text in this shade, and what follows as before. */
    String of(String text) {
      return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  }

  /** What the words of a command line ask for, before they are understood: of two the last. */
  static Colour askedBy(String... words) {
    Colour asked = AUTO;
    for (int i = 0; i < words.length; i++) {
      String value =
          words[i].startsWith(OPTION + "=")
              ? words[i].substring(OPTION.length() + 1)
              : words[i].equals(OPTION) && i + 1 < words.length ? words[i + 1] : "";
      for (Colour each : values()) {
        asked = each.name().equalsIgnoreCase(value) ? each : asked;
      }
    }
    return asked;
  }

  /**
   * Whether there are colours.
   *
   * @param terminal whether the output goes to one
   */
  boolean isOn(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> {
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
          yield false;
        }
        yield (!forced.isEmpty() && !forced.equals("0"))
            || (terminal
                && !environment.getOrDefault("CLICOLOR", "1").equals("0")
                && !environment.getOrDefault("TERM", "").equals("dumb"));
      }
    };
  }
}
