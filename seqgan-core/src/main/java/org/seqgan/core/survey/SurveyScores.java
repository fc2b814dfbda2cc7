package org.seqgan.core.survey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.core.statistics.FleissKappa;
import org.seqgan.core.statistics.Holm;
import org.seqgan.core.statistics.Interval;
import org.seqgan.core.statistics.Ratings;
import org.seqgan.core.statistics.RatingsComparison;

/**
 * What came of a survey. An answer scores 1 where the judge thinks that a person wrote the item,
 * and 0 otherwise.
 *
 * @param survey its id
 * @param judges who answered
 * @param sources the scores; real data first
 * @param comparisons of each source with each
 * @param agreement of the judges, over all items
 * @param missing how many answers there could be and are not
 * @param remarks what has to be known of the items, a line each
 */
public record SurveyScores(
    String survey,
    List<String> judges,
    List<SourceScore> sources,
    List<Comparison> comparisons,
    FleissKappa agreement,
    int missing,
    List<String> remarks) {
  /** Copies the lists. */
  public SurveyScores {
    judges = List.copyOf(judges);
    sources = List.copyOf(sources);
    comparisons = List.copyOf(comparisons);
    remarks = List.copyOf(remarks);
  }

  /**
   * The score of a source.
   *
   * @param source its name
   * @param items how many items were answered
   * @param answers how many answers
   * @param mean the mean score, empty without answers
   * @param interval see {@link Ratings#interval()}
   */
  public record SourceScore(
      String source, int items, int answers, Optional<Double> mean, Optional<Interval> interval) {}

  /**
   * Two sources compared.
   *
   * @param first the one
   * @param second the other
   * @param test before any correction
   * @param adjustedP by Holm's method for all comparisons that could be tested; empty where this
   *     one could not
   */
  public record Comparison(
      String first, String second, RatingsComparison test, OptionalDouble adjustedP) {}

  /**
   * Scores a survey.
   *
   * @param key which item is from where
   * @param sheets one of each judge, at least one; a missing answer is left out and counted
   * @throws UserException (data) if a sheet is of another survey, has an unknown item, or is by the
   *     same judge as another
   */
  public static SurveyScores of(SurveyKey key, List<AnswerSheet> sheets) {
    requireFitting(key, sheets);
    List<Ratings> ratings =
        key.sources().stream().map(source -> ratings(key.itemsOf(source), sheets)).toList();
    List<SourceScore> scores = new ArrayList<>();
    for (int i = 0; i < ratings.size(); i++) {
      scores.add(score(key.sources().get(i), ratings.get(i)));
    }
    int answers = scores.stream().mapToInt(SourceScore::answers).sum();
    return new SurveyScores(
        key.survey(),
        sheets.stream().map(AnswerSheet::judge).toList(),
        scores,
        comparisons(key.sources(), ratings),
        FleissKappa.of(counts(key, sheets)),
        key.items().size() * sheets.size() - answers,
        key.remarks());
  }

  private static SourceScore score(String source, Ratings ratings) {
    return new SourceScore(
        source, ratings.items(), ratings.count(), ratings.mean(), ratings.interval());
  }

  private static Ratings ratings(List<String> items, List<AnswerSheet> sheets) {
    double[][] values = new double[sheets.size()][items.size()];
    for (int judge = 0; judge < sheets.size(); judge++) {
      for (int item = 0; item < items.size(); item++) {
        Boolean answer = sheets.get(judge).answers().get(items.get(item));
        values[judge][item] = answer == null ? Double.NaN : answer ? 1 : 0;
      }
    }
    return new Ratings(values);
  }

  private static List<int[]> counts(SurveyKey key, List<AnswerSheet> sheets) {
    List<int[]> counts = new ArrayList<>();
    for (SurveyKey.Entry item : key.items()) {
      int[] count = new int[2];
      for (AnswerSheet sheet : sheets) {
        Boolean answer = sheet.answers().get(item.id());
        if (answer != null) {
          count[answer ? 1 : 0]++;
        }
      }
      counts.add(count);
    }
    return counts;
  }

  private static List<Comparison> comparisons(List<String> sources, List<Ratings> ratings) {
    List<Comparison> raw = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      for (int j = i + 1; j < sources.size(); j++) {
        RatingsComparison test = RatingsComparison.of(ratings.get(i), ratings.get(j));
        raw.add(new Comparison(sources.get(i), sources.get(j), test, p(test)));
      }
    }
    double[] adjusted =
        Holm.adjust(raw.stream().flatMapToDouble(c -> c.adjustedP.stream()).toArray());
    List<Comparison> comparisons = new ArrayList<>();
    int tested = 0;
    for (Comparison comparison : raw) {
      comparisons.add(
          comparison.adjustedP.isEmpty()
              ? comparison
              : new Comparison(
                  comparison.first,
                  comparison.second,
                  comparison.test,
                  OptionalDouble.of(adjusted[tested++])));
    }
    return comparisons;
  }

  private static OptionalDouble p(RatingsComparison test) {
    return test instanceof RatingsComparison.Tested tested
        ? OptionalDouble.of(tested.p())
        : OptionalDouble.empty();
  }

  private static void requireFitting(SurveyKey key, List<AnswerSheet> sheets) {
    Set<String> items = new HashSet<>();
    key.items().forEach(item -> items.add(item.id()));
    Map<String, Path> judges = new HashMap<>();
    for (AnswerSheet sheet : sheets) {
      requireFitting(key, items, sheet);
      Path other = judges.put(sheet.judge().toLowerCase(Locale.ROOT), sheet.file());
      if (other != null) {
        throw bad(
            sheet,
            "expected one file of each judge, found '%s' here and in %s; leave one of them out"
                .formatted(sheet.judge(), other));
      }
    }
  }

  private static void requireFitting(SurveyKey key, Set<String> items, AnswerSheet sheet) {
    if (!sheet.survey().equals(key.survey())) {
      throw bad(
          sheet,
          "expected answers to survey %s, found answers to survey %s; use the key of that one"
              .formatted(key.survey(), sheet.survey()));
    }
    for (String item : sheet.answers().keySet()) {
      if (!items.contains(item)) {
        throw bad(
            sheet,
            "expected answers to the items of survey %s, found one to an unknown item '%s'; use the file as it was saved"
                .formatted(key.survey(), item));
      }
    }
  }

  private static UserException bad(AnswerSheet sheet, String message) {
    return new UserException(UserException.Kind.DATA, sheet.file() + ": " + message);
  }
}
