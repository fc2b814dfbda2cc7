package org.seqgan.core.report.matrix;

import java.util.List;
import java.util.Set;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.chart.Curve;
import org.seqgan.core.report.chart.Fences;

/**
 * What a chart of curves has its scale for: those that end within {@link Fences} of the ends of
 * all, and the baseline wherever it ends, since the others are compared with it.
 *
 * @param inside the curves on whose scale all are drawn
 * @param outside the others
 */
record Scope(List<Curve> inside, List<Curve> outside) {
  static Scope of(List<Curve> curves, Set<String> baselines) {
    Fences fences =
        Fences.of(curves.stream().flatMap(curve -> curve.last().stream()).mapToDouble(end -> end));
    List<Curve> inside =
        curves.stream()
            .filter(
                curve ->
                    baselines.contains(curve.name())
                        || curve.last().filter(end -> !fences.hold(end)).isEmpty())
            .toList();
    return new Scope(inside, curves.stream().filter(curve -> !inside.contains(curve)).toList());
  }

  /** What a caption says of those outside; empty where there are none. */
  String words() {
    return words(names(), "curves end");
  }

  /** The same for a small drawing; empty where there are none outside. */
  String briefly() {
    return names().isEmpty() ? "" : "not reckoned into the scale: " + String.join("; ", names());
  }

  private List<String> names() {
    return outside.stream()
        .map(curve -> curve.name() + " " + NumberFormats.format(curve.last().orElseThrow()))
        .toList();
  }

  /**
   * What a caption says of what is not reckoned into a scale; empty where there is nothing.
   *
   * @param names of what is outside, with values
   * @param what of it is outside, as in "curves end"
   */
  static String words(List<String> names, String what) {
    return names.isEmpty()
        ? ""
        : " The scale is that of those whose %s within %s. Not reckoned into it, with an arrow at its edge where it has no room: %s."
            .formatted(what, Fences.WORDS, String.join("; ", names));
  }
}
