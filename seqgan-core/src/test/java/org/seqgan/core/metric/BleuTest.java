package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;

@DisplayName("BLEU and Self-BLEU")
class BleuTest {
  private static final double EXACT = 1e-12;

  // ---- odd shapes ----

  @Test
  void aHypothesisShorterThanNHasOneNGramThatDoesNotMatch() {
    BleuMatches matches = match(List.of(List.of(1)), List.of(List.of(1), List.of(1, 2, 3)));
    assertThat(matches.sentence(0, 1, Smoothing.EPSILON)).isCloseTo(1, within(EXACT));
    assertThat(matches.sentence(0, 3, Smoothing.EPSILON))
        .isCloseTo(Math.cbrt(1 * 0.1 * 0.1), within(EXACT));
    assertThat(matches.sentence(0, 2, Smoothing.NONE)).isLessThan(1e-100);
  }

  @Test
  void anEmptyHypothesisScoresNothing() {
    BleuMatches matches = match(List.of(List.of(), List.of(1)), List.of(List.of(1)));
    assertThat(matches.sentence(0, 1, Smoothing.EPSILON)).isZero();
    // Of the two its one impossible n-gram counts, as does the length of its closest reference.
    assertThat(matches.corpus(1, Smoothing.NONE)).isCloseTo(0.5 * Math.exp(-1), within(EXACT));
  }

  @Test
  void withoutACommonTokenTheScoreIsZeroWhateverTheSmoothing() {
    BleuMatches matches = match(List.of(List.of(7, 8)), List.of(List.of(1, 2)));
    assertThat(matches.sentence(0, 2, Smoothing.EPSILON)).isZero();
  }

  @Test
  void matchesAreClippedByTheReferenceThatHasMost() {
    BleuMatches matches =
        match(List.of(List.of(5, 5, 5, 5)), List.of(List.of(5, 1, 5, 2), List.of(5, 3, 4, 3)));
    assertThat(matches.sentence(0, 1, Smoothing.NONE)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void ofTwoReferencesAsCloseInLengthTheShorterCounts() {
    BleuMatches matches =
        match(List.of(List.of(1, 2, 3)), List.of(List.of(1, 2), List.of(1, 2, 3, 4)));
    assertThat(matches.sentence(0, 1, Smoothing.NONE)).isCloseTo(1, within(EXACT));
    BleuMatches longer = match(List.of(List.of(1, 2, 3)), List.of(List.of(1, 2, 3, 4)));
    assertThat(longer.sentence(0, 1, Smoothing.NONE)).isCloseTo(Math.exp(-1 / 3.0), within(EXACT));
  }

  @Test
  void selfBleuLeavesTheSequenceItselfOut() {
    BleuMatches unlike =
        BleuReferences.matchEachAgainstTheOthers(
            Rows.of(List.of(List.of(1, 1, 2), List.of(3, 4, 5))), 2);
    assertThat(unlike.meanSentence(1, Smoothing.EPSILON)).isZero();
    BleuMatches twins =
        BleuReferences.matchEachAgainstTheOthers(
            Rows.of(List.of(List.of(1, 1, 2), List.of(1, 1, 2))), 2);
    assertThat(twins.meanSentence(2, Smoothing.EPSILON)).isCloseTo(1, within(EXACT));
  }

  @Test
  void needsReferences() {
    TokenRows none = TokenRows.all(Sequences.ofFullLength(new int[0], 3));
    TokenRows one = Rows.of(List.of(List.of(1)));
    assertThatThrownBy(() -> BleuReferences.of(none, 2)).hasMessageContaining("0 references");
    assertThatThrownBy(() -> BleuReferences.matchEachAgainstTheOthers(one, 2))
        .hasMessageContaining("at least 2");
  }

  private static BleuMatches match(List<List<Integer>> hypotheses, List<List<Integer>> references) {
    return BleuReferences.of(Rows.of(references), 4).match(Rows.of(hypotheses));
  }

  // ---- the slow, obvious way ----

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheDefinitionOnRandomInputs(long seed) {
    RandomStream stream = RandomStream.of(seed);
    List<List<Integer>> hypotheses = Rows.random(13, 9, 5, stream);
    List<List<Integer>> references = Rows.random(17, 9, 5, stream);
    BleuMatches fast = BleuReferences.of(Rows.of(references), 5).match(Rows.of(hypotheses));
    BleuMatches self = BleuReferences.matchEachAgainstTheOthers(Rows.of(hypotheses), 5);
    for (int i = 0; i < hypotheses.size(); i++) {
      List<List<Integer>> others = new ArrayList<>(hypotheses);
      List<Integer> hypothesis = others.remove(i);
      for (int n = 1; n <= 5; n++) {
        assertThat(fast.sentence(i, n, Smoothing.EPSILON))
            .as("seed %d, BLEU-%d of %s", seed, n, hypothesis)
            .isCloseTo(definition(hypothesis, references, n), within(EXACT));
        assertThat(self.sentence(i, n, Smoothing.EPSILON))
            .as("seed %d, Self-BLEU-%d of %s", seed, n, hypothesis)
            .isCloseTo(definition(hypothesis, others, n), within(EXACT));
      }
    }
  }

  static double definition(List<Integer> hypothesis, List<List<Integer>> references, int order) {
    double logarithms = 0;
    for (int n = 1; n <= order; n++) {
      int matched = 0;
      for (Map.Entry<List<Integer>, Integer> own : nGrams(hypothesis, n).entrySet()) {
        int most = 0;
        for (List<Integer> reference : references) {
          most = Math.max(most, nGrams(reference, n).getOrDefault(own.getKey(), 0));
        }
        matched += Math.min(own.getValue(), most);
      }
      if (n == 1 && matched == 0) {
        return 0;
      }
      double possible = Math.max(1, hypothesis.size() - n + 1);
      logarithms += Math.log((matched == 0 ? 0.1 : matched) / possible);
    }
    int closest = references.get(0).size();
    for (List<Integer> reference : references) {
      int distance = Math.abs(reference.size() - hypothesis.size());
      int best = Math.abs(closest - hypothesis.size());
      if (distance < best || (distance == best && reference.size() < closest)) {
        closest = reference.size();
      }
    }
    double brevity =
        hypothesis.size() > closest ? 1 : Math.exp(1 - closest / (double) hypothesis.size());
    return brevity * Math.exp(logarithms / order);
  }

  static Map<List<Integer>, Integer> nGrams(List<Integer> tokens, int n) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      counts.merge(tokens.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  // ---- size ----

  @Test
  void tenThousandAgainstTenThousandTakeSeconds() {
    Sequences hypotheses = sequences(10_000, 5000, 11);
    Sequences references = sequences(10_000, 5000, 12);
    long started = System.nanoTime();
    double bleu =
        BleuReferences.of(TokenRows.all(references), 5)
            .match(TokenRows.all(hypotheses))
            .meanSentence(5, Smoothing.EPSILON);
    double self =
        BleuReferences.matchEachAgainstTheOthers(TokenRows.all(hypotheses), 5)
            .meanSentence(5, Smoothing.EPSILON);
    Duration taken = Duration.ofNanos(System.nanoTime() - started);
    assertThat(taken)
        .as("BLEU-5 %f and Self-BLEU-5 %f of sequences of length 20", bleu, self)
        .isLessThan(Duration.ofSeconds(20));
    assertThat(bleu).isBetween(0.0, 1.0);
    assertThat(self).isBetween(0.0, 1.0);
  }

  /** Sequences of 20 tokens whose frequencies fall, as those of words do. */
  private static Sequences sequences(int count, int vocabulary, long seed) {
    float[] uniform = new float[count * 20];
    RandomStream.of(seed).draws(uniform.length).fill(uniform, 0);
    int[] tokens = new int[uniform.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) (vocabulary * Math.pow(uniform[i], 3));
    }
    return Sequences.ofFullLength(tokens, 20);
  }
}
