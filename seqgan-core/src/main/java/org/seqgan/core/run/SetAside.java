package org.seqgan.core.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has written about steps that training is about to do again, and that is put out of the
 * way for it.
 *
 * @param lines lines of metrics, those that lose their scores among them
 * @param samples steps with samples
 * @param warnings warnings
 * @param folder where it goes
 */
public record SetAside(int lines, int samples, int warnings, Path folder) {
  /** Whether there is nothing. */
  public boolean isEmpty() {
    return lines + samples + warnings == 0;
  }

  /** As a message says it: {@code 3 lines of metrics and samples of 1 step}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, lines, "line of metrics", "lines of metrics");
    add(parts, samples, "set of samples", "sets of samples");
    add(parts, warnings, "warning", "warnings");
    return String.join(", ", parts) + " in " + folder;
  }

  private static void add(List<String> parts, int count, String one, String many) {
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : many));
    }
  }
}
