package org.seqgan.backend.cuda.check;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of further processes. */
final class Programs {
  private Programs() {}

  /** A class of this archive, in a virtual machine like this one. */
  static List<String> java(String mainClass, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    words.addAll(arguments);
    return words;
  }

  /** The program. */
  static List<String> seqgan(List<String> arguments) {
    return java("org.seqgan.cli.Main", arguments);
  }
}
