package org.seqgan.core.report.matrix;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.metric.Better;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.report.run.KeyFigures;

/**
 * What quality is drawn against.
 *
 * @param across a metric of diversity
 * @param up a metric of quality
 */
public record Plane(String across, String up) {
  private static final List<String> QUALITIES =
      List.of(KeyFigures.NLL_ORACLE, "bleu-4", "bleu-5", "bleu-3", "bleu-2");
  private static final List<String> DIVERSITIES =
      List.of(
          "self-bleu-4",
          "self-bleu-5",
          "self-bleu-3",
          "self-bleu-2",
          "distinct-2",
          "distinct-3",
          "distinct-sequences");

  /**
   * The first quality, and the first diversity, that were measured.
   *
   * @param ranking the metric that ranks, which comes first where it is one of quality
   */
  public static Optional<Plane> among(String ranking, Collection<String> measured) {
    Optional<String> up =
        Stream.concat(Stream.of(ranking), QUALITIES.stream())
            .filter(QUALITIES::contains)
            .filter(measured::contains)
            .findFirst();
    Optional<String> across = DIVERSITIES.stream().filter(measured::contains).findFirst();
    return up.flatMap(quality -> across.map(diversity -> new Plane(diversity, quality)));
  }

  Plane at(float temperature) {
    return new Plane(FinalScores.at(across, temperature), FinalScores.at(up, temperature));
  }

  /** Which way quality is better. */
  public Better quality() {
    return up.equals(KeyFigures.NLL_ORACLE) ? Better.LOWER : Better.HIGHER;
  }

  /** Whether a low value is one of high diversity. */
  public boolean lowIsDiverse() {
    return across.startsWith("self-bleu");
  }

  String words() {
    return "%s upwards (%s is better) against %s (%s is more diverse)"
        .formatted(
            up,
            quality().name().toLowerCase(Locale.ROOT),
            across,
            lowIsDiverse() ? "left" : "right");
  }
}
