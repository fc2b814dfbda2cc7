package org.seqgan.core.tensorboard;

import java.util.stream.Collectors;

/** Texts for what is read as Markdown. */
final class Markdown {
  private Markdown() {}

  /** As code, by its indent: no character of it is markup, and its lines stay lines. */
  static String verbatim(String text) {
    return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
  }
}
