package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.core.statistics.Interval;
import org.seqgan.core.statistics.QualityDiversity;

/**
 * The area under the curve that a temperature sweep draws of quality against diversity, see {@link
 * QualityDiversity}.
 *
 * @param quality the name of the score that is the curve's height
 * @param diversity the name of the score along which it goes
 * @param range the diversities from the least number to the largest; the curve is not prolonged
 * @param area height times width
 * @param mean area over width: the mean quality, in the unit of the quality
 * @param atReal the quality at the diversity of real data; empty where the curve does not reach it
 */
public record SweptArea(
    String quality,
    String diversity,
    Interval range,
    double area,
    double mean,
    OptionalDouble atReal) {
  /** The metrics whose scores stand for diversity alone. */
  private static final Set<String> OF_DIVERSITY = Set.of("distinct", "self-bleu");

  /**
   * The areas under all qualities of a sweep, over one diversity. Scores of metrics {@code
   * distinct} and {@code self-bleu} are no qualities. Points whose scores are not finite numbers
   * are left out.
   *
   * @param metrics those that the scores were chosen from
   * @param diversity the name of a score that was measured ({@link #requireMeasured}); where there
   *     is none, the first of {@code distinct} and {@code self-bleu} that was
   * @param real the scores of real data by name
   * @return none where there are not two temperatures with different diversities, or no diversity
   */
  public static List<SweptArea> of(
      List<TemperatureSweep.Point> sweep,
      MetricCatalog metrics,
      Optional<String> diversity,
      Map<String, Double> real) {
    if (sweep.isEmpty()) {
      return List.of();
    }
    List<Score> measured = sweep.get(0).scores();
    Optional<String> along =
        diversity.or(
            () ->
                measured.stream()
                    .map(Score::name)
                    .filter(name -> isDiversity(name, metrics))
                    .findFirst());
    if (along.isEmpty()) {
      return List.of();
    }
    List<SweptArea> areas = new ArrayList<>();
    for (Score score : measured) {
      Better better = score.description().better();
      if (better != Better.NEITHER
          && !score.name().equals(along.get())
          && !isDiversity(score.name(), metrics)) {
        path(sweep, score.name(), along.get())
            .map(path -> of(score.name(), along.get(), path, better, real))
            .filter(area -> area.range.high() > area.range.low())
            .ifPresent(areas::add);
      }
    }
    return areas;
  }

  private static boolean isDiversity(String score, MetricCatalog metrics) {
    return metrics.chosen(List.of(score)).stream()
        .anyMatch(entry -> OF_DIVERSITY.contains(entry.name()));
  }

  /**
   * Insists that a diversity is among the scores of a sweep; to be asked before long work.
   *
   * @throws UserException (configuration) if it is not
   */
  public static void requireMeasured(String diversity, List<ScoreDescription> scores) {
    List<String> names = scores.stream().map(ScoreDescription::name).toList();
    if (!names.contains(diversity)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "the diversity '%s' is not among the scores that are measured at each temperature: %s; take one of them, or add it to the metrics"
              .formatted(diversity, String.join(", ", names)));
    }
  }

  private static Optional<QualityDiversity.Path> path(
      List<TemperatureSweep.Point> sweep, String quality, String diversity) {
    List<QualityDiversity.Point> points = new ArrayList<>();
    for (TemperatureSweep.Point point : sweep) {
      Map<String, Double> values = new LinkedHashMap<>();
      point.scores().forEach(score -> values.put(score.name(), score.value()));
      double along = values.get(diversity);
      double height = values.get(quality);
      if (Double.isFinite(along) && Double.isFinite(height)) {
        points.add(new QualityDiversity.Point(point.temperature(), along, height));
      }
    }
    // Of one generator alone no seed is compared with another.
    return points.isEmpty() ? Optional.empty() : Optional.of(new QualityDiversity.Path(0, points));
  }

  private static SweptArea of(
      String quality,
      String diversity,
      QualityDiversity.Path path,
      Better better,
      Map<String, Double> real) {
    Interval range = path.diversities();
    Double ofReal = real.get(diversity);
    return new SweptArea(
        quality,
        diversity,
        range,
        path.area(range, better),
        path.meanQuality(range, better),
        ofReal == null ? OptionalDouble.empty() : path.qualityAt(ofReal, better));
  }
}
