package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;

/**
 * What stands beside the last evaluation of a finished cell: what its scores are, what real data
 * score, and the scores at several temperatures. Immutable.
 *
 * @param scores the scores of an evaluation, described
 * @param real real sequences in place of the samples; the same for every generator of a task
 * @param temperatures the finished generator sampled at each of some temperatures
 */
public record FinalScores(
    List<ScoreDescription> scores, List<RealScore> real, List<AtTemperature> temperatures) {
  /** Of a cell without a result, or of one that an earlier version finished. */
  public static final FinalScores NONE = new FinalScores(List.of(), List.of(), List.of());

  private static final String AT = " at ";

  /** Copies the lists. */
  public FinalScores {
    scores = List.copyOf(scores);
    real = List.copyOf(real);
    temperatures = List.copyOf(temperatures);
  }

  /**
   * What real sequences score.
   *
   * @param identity what it is; not that of the samples' score where there are fewer sequences
   * @param value the number
   */
  public record RealScore(ScoreIdentity identity, double value) {
    /** Of a measurement of real sequences. */
    public static RealScore of(Score score) {
      return new RealScore(score.description().identity(), score.value());
    }
  }

  /**
   * Scores of samples at a temperature.
   *
   * @param temperature what the logits were divided by
   * @param metrics name to value
   */
  public record AtTemperature(float temperature, Map<String, Double> metrics) {
    /** Copies the map. */
    public AtTemperature {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /** The name of a score at a temperature, as in {@code bleu-2 at 0.7}. */
  public static String at(String metric, float temperature) {
    return metric + AT + temperature;
  }

  /** The description of a score, also by its name with a temperature. */
  public Optional<ScoreDescription> description(String name) {
    int at = name.indexOf(AT);
    String plain = at < 0 ? name : name.substring(0, at);
    return scores.stream().filter(score -> score.name().equals(plain)).findFirst();
  }

  /** Name to value of those real scores that may stand beside the samples'. */
  public Map<String, Double> comparableReal() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (RealScore score : real) {
      if (refusal(score).isEmpty()) {
        values.put(score.identity().metric(), score.value());
      }
    }
    return values;
  }

  /** Why the other real scores may not, a line each. */
  List<String> realRefusals() {
    return real.stream().flatMap(score -> refusal(score).stream()).toList();
  }

  private Optional<String> refusal(RealScore score) {
    return description(score.identity().metric())
        .flatMap(own -> refusal(own.identity(), score.identity()));
  }

  /** The scores at all temperatures, by their names with the temperature. */
  public Map<String, Double> swept() {
    Map<String, Double> values = new LinkedHashMap<>();
    temperatures.forEach(
        point ->
            point.metrics.forEach(
                (metric, value) -> values.put(at(metric, point.temperature), value)));
    return values;
  }

  /**
   * Why a score of some cells must not be compared, as {@link ScoreIdentity#requireComparable} says
   * it; empty where it may be, and where fewer than two cells say what theirs is.
   *
   * @param name of the score, with a temperature or without
   */
  public static Optional<String> refusal(String name, Collection<CellHistory> cells) {
    List<CellHistory> known = new ArrayList<>();
    for (CellHistory cell : cells) {
      Optional<ScoreIdentity> own = identity(name, cell);
      if (own.isEmpty()) {
        continue;
      }
      known.add(cell);
      Optional<String> refusal = refusal(identity(name, known.get(0)).orElseThrow(), own.get());
      if (refusal.isPresent()) {
        return Optional.of(
            "%s (cells %s and %s)"
                .formatted(
                    refusal.get(), known.get(0).summary().cell().id(), cell.summary().cell().id()));
      }
    }
    return Optional.empty();
  }

  private static Optional<ScoreIdentity> identity(String name, CellHistory cell) {
    return cell.summary().finalScores().description(name).map(ScoreDescription::identity);
  }

  private static Optional<String> refusal(ScoreIdentity one, ScoreIdentity other) {
    try {
      one.requireComparable(other);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(e.getMessage());
    }
  }
}
