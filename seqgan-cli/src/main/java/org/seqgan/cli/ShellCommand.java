package org.seqgan.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as it is written for a POSIX shell. */
final class ShellCommand {
  private ShellCommand() {}

  /** The words, quoted where a shell would read something else. */
  static String of(List<String> words) {
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_.,:=+/@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
