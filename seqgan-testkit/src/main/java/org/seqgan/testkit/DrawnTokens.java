package org.seqgan.testkit;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;

/**
 * How often each token was drawn after each prefix, to be held against what the likelihood says of
 * that prefix. Draws after one prefix are independent of one another, so that agreement after every
 * prefix is agreement of the distributions of whole sequences; and where they disagree, the prefix
 * says where.
 */
final class DrawnTokens {
  /** A right generator fails a comparison of all its prefixes once in so many runs. */
  static final double RUNS_FOR_A_FALSE_ALARM = 1e9;

  private final String method;
  private final Decoding decoding;
  private final int vocabularySize;
  private final Map<Place, int[]> counts = new LinkedHashMap<>();

  /**
   * Where tokens were drawn.
   *
   * @param given how many tokens of the prefix were given, not drawn
   */
  private record Place(int given, List<Integer> prefix) {
    @Override
    public String toString() {
      String ofThem = given == 0 ? "" : ", of which %d given".formatted(given);
      return "position %d after prefix %s%s".formatted(prefix.size(), prefix, ofThem);
    }
  }

  private DrawnTokens(String method, Decoding decoding, int vocabularySize) {
    this.method = method;
    this.decoding = decoding;
    this.vocabularySize = vocabularySize;
  }

  /** Those of whole sequences. */
  static DrawnTokens ofSamples(Sequences samples, Decoding decoding, int vocabularySize) {
    DrawnTokens drawn = new DrawnTokens("sample", decoding, vocabularySize);
    for (int i = 0; i < samples.count(); i++) {
      drawn.add(samples, i, 0);
    }
    return drawn;
  }

  /** Those of roll-outs, after what was given. */
  static DrawnTokens ofCompletions(Completions completions, Decoding decoding, int vocabularySize) {
    DrawnTokens drawn = new DrawnTokens("complete", decoding, vocabularySize);
    Sequences rows = completions.rows(0, completions.rowCount());
    for (int row = 0; row < rows.count(); row++) {
      drawn.add(rows, row, completions.prefixLength(row));
    }
    return drawn;
  }

  private void add(Sequences sequences, int i, int given) {
    for (int t = given; t < sequences.length(i); t++) {
      Place place = new Place(given, EverySequence.prefix(sequences, i, t));
      counts.computeIfAbsent(place, p -> new int[vocabularySize])[sequences.token(i, t)]++;
    }
  }

  /** After every prefix, tokens are as frequent as they are probable. */
  void assertAgreeWith(KnownLikelihood likelihood) {
    double alarm = -Math.log(RUNS_FOR_A_FALSE_ALARM * counts.size());
    Map<Place, Double> disagreeing = new LinkedHashMap<>();
    counts.forEach(
        (place, drawn) -> {
          double bound = Surprise.logBound(drawn, expected(likelihood, place));
          if (bound < alarm) {
            disagreeing.put(place, bound);
          }
        });
    disagreeing.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(
            worst -> {
              Place place = worst.getKey();
              throw new AssertionError(
                  "sampling and likelihood disagree: %s (temperature %s, top-k %d, top-p %s), %s: by logProbabilities %s, found %s in %d draws; %d of %d places disagree, this one most"
                      .formatted(
                          method,
                          decoding.temperature(),
                          decoding.topK(),
                          decoding.topP(),
                          place,
                          shares(expected(likelihood, place), 1),
                          shares(asDoubles(counts.get(place)), sum(place)),
                          sum(place),
                          disagreeing.size(),
                          counts.size()));
            });
  }

  private double[] expected(KnownLikelihood likelihood, Place place) {
    ExpectedDraws draws = new ExpectedDraws(likelihood.after(place.prefix()), decoding);
    return IntStream.range(0, vocabularySize).mapToDouble(draws::probability).toArray();
  }

  private int sum(Place place) {
    return Arrays.stream(counts.get(place)).sum();
  }

  private static double[] asDoubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  private static String shares(double[] values, double total) {
    return Arrays.stream(values)
        .mapToObj(value -> "%.3f".formatted(value / total))
        .collect(joining(", ", "[", "]"));
  }
}
