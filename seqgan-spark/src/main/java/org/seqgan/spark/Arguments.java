package org.seqgan.spark;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param out the directory of the matrix, in any file system that Hadoop knows
 * @param home see {@link Program}
 * @param resume whether the directory is there already
 * @param matrix what {@code seqgan matrix} is told: which matrix, and options of every cell
 * @param shared what it and {@code seqgan worker} are told
 */
record Arguments(
    String out, String home, boolean resume, List<String> matrix, List<String> shared) {

  private static final String USAGE =
      "usage: spark-submit [OPTIONS OF SPARK] seqgan-spark.jar --home DIR --out URI [--resume]"
          + " [--plugins DIR] [--listen NAME] MATRIX [WORDS OF seqgan matrix]";

  /**
   * Reads the words.
   *
   * @throws Refusal where one is missing
   */
  static Arguments parse(String... words) {
    @Nullable String out = null;
    @Nullable String home = null;
    boolean resume = false;
    List<String> matrix = new ArrayList<>();
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      switch (word) {
        case "--out" -> out = value(words, ++i);
        case "--home" -> home = value(words, ++i);
        case "--resume" -> resume = true;
        case "--plugins", "--listen" -> shared.addAll(List.of(word, value(words, ++i)));
        case "--on", "-j", "--threads", "--memory", "--devices" ->
            throw new Refusal(
                Refusal.USAGE, "%s is what Spark decides here; %s".formatted(word, USAGE));
        default -> matrix.add(word);
      }
    }
    if (out == null || home == null || matrix.isEmpty()) {
      String missing = out == null ? "--out" : home == null ? "--home" : "matrix";
      throw new Refusal(Refusal.USAGE, "found no %s; %s".formatted(missing, USAGE));
    }
    return new Arguments(out, home, resume, List.copyOf(matrix), List.copyOf(shared));
  }

  private static String value(String[] words, int index) {
    if (index == words.length) {
      throw new Refusal(
          Refusal.USAGE, "expected a value after %s; %s".formatted(words[index - 1], USAGE));
    }
    return words[index];
  }
}
