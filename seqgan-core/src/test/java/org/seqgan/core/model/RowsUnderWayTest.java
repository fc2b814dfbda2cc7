package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.CountingBackend;

/**
 * A toy policy on the host, whose next token depends on its state and its draw. Its vocabularies
 * are so large that few tokens are worth a look which rows have ended; without an end token, it
 * draws every position, and what follows an end counts for nothing: the slow twin.
 */
@DisplayName("Rows that have ended are not sampled any further")
class RowsUnderWayTest {
  /** After each token, a look is worth it. */
  private static final int HUGE = 1 << 21;

  /** After 32 tokens. */
  private static final int LARGE = 1 << 16;

  private static final int END = 0;
  private static final int USED = 7; // of the vocabulary
  private static final int TIME = 12;
  private static final int BATCH = 37;
  private static final int COPIES = 3;
  private static final Vocabulary ENDING = new Vocabulary(HUGE, 1, OptionalInt.of(END));
  private static final Vocabulary ENDING_SELDOM_SEEN =
      new Vocabulary(LARGE, 1, OptionalInt.of(END));
  private static final Vocabulary ENDLESS = Vocabulary.fixedLength(HUGE, 1);

  /** What was drawn, how many tokens that took, and how often the host waited. */
  private record Outcome<T>(T result, long tokens, int reads) {}

  /** The toy on a backend. */
  private static final class Toy {
    static final List<Integer> WIDTHS = List.of(1, 1);

    final TensorBackend backend;
    long tokens;

    Toy(TensorBackend backend) {
      this.backend = backend;
    }

    /** state = state / 2 + token; beside it stands how many tokens have been read. */
    Tensor step(TensorScope scope, IntTensor ids, List<Tensor> state, int position) {
      assertThat(read(backend, state.get(1)))
          .as("tokens that each row has read before the one of position %d is drawn", position)
          .containsOnly(position);
      scope.affineInPlace(state.get(1), 1, 1);
      float[] values = read(backend, state.get(0));
      int[] read = read(backend, ids);
      for (int row = 0; row < read.length; row++) {
        values[row] = values[row] / 2 + read[row];
      }
      backend.write(values, state.get(0));
      return scope.affine(state.get(0), 1, 0.25f);
    }

    /** The fraction of hidden + draw, shared out among the tokens in use. */
    void draw(TensorScope scope, Tensor hidden, RowsUnderWay.Draws draws, IntTensor out) {
      float[] values = read(backend, hidden);
      Optional<int[]> which = draws.which().map(numbers -> read(backend, numbers));
      int[] drawn = new int[values.length];
      for (int row = 0; row < drawn.length; row++) {
        RandomDraws all = draws.draws();
        float sum = values[row] + all.uniform(which.isPresent() ? which.get()[row] : row);
        drawn[row] = (int) ((sum - Math.floor(sum)) * USED);
      }
      tokens += drawn.length;
      backend.write(drawn, out);
    }

    private static float[] read(TensorBackend backend, Tensor tensor) {
      float[] values = new float[tensor.size()];
      backend.read(tensor, values);
      return values;
    }

    private static int[] read(TensorBackend backend, IntTensor tensor) {
      int[] values = new int[tensor.size()];
      backend.read(tensor, values);
      return values;
    }
  }

  private static Outcome<Sequences> samples(Vocabulary vocabulary) {
    try (TinyModels models = new TinyModels(3, TIME, OptionalInt.empty())) {
      CountingBackend counting = CountingBackend.of(models.backend());
      Toy toy = new Toy(models.backend());
      Samples samples =
          new Samples(counting.backend(), toy::step, Toy.WIDTHS, vocabulary, BATCH, TIME);
      int reads =
          counting
              .during(
                  () -> {
                    // In two parts, as large numbers of samples are.
                    var draws = RandomStream.of(3).table(BATCH, TIME);
                    samples.sample(0, 20, toy::draw, draws);
                    samples.sample(20, BATCH, toy::draw, draws);
                  })
              .reads();
      return new Outcome<>(samples.sequences(), toy.tokens, reads);
    }
  }

  private static Outcome<Completions> completions(Sequences batch, Vocabulary vocabulary) {
    return completions(batch, vocabulary, 1 << 28);
  }

  private static Outcome<Completions> completions(
      Sequences batch, Vocabulary vocabulary, long budget) {
    try (TinyModels models = new TinyModels(3, TIME, OptionalInt.empty(), budget)) {
      CountingBackend counting = CountingBackend.of(models.backend());
      Toy toy = new Toy(models.backend());
      RollOuts rollOuts =
          new RollOuts(counting.backend(), toy::step, Toy.WIDTHS, batch, COPIES, vocabulary);
      Completions[] made = new Completions[1];
      int reads =
          counting.during(() -> made[0] = rollOuts.run(toy::draw, RandomStream.of(4))).reads();
      return new Outcome<>(made[0], toy.tokens, reads);
    }
  }

  private static Sequences ended(Sequences drawnToTheLastPosition) {
    return Sequences.ofSampled(drawnToTheLastPosition.tokens(), TIME, OptionalInt.of(END));
  }

  private static Sequences all(Completions completions) {
    return completions.rows(0, completions.rowCount());
  }

  @Test
  void samplesAreThoseOfABatchThatIsDrawnToTheLastPosition() {
    Sequences expected = ended(samples(ENDLESS).result());
    assertThat(expected.lengths()).contains(1, 2, TIME);
    assertThat(samples(ENDING).result()).isEqualTo(expected);
    assertThat(samples(ENDING_SELDOM_SEEN).result()).isEqualTo(expected);
  }

  @Test
  void samplesTakeAsManyDrawsAsTheyHaveTokens() {
    Outcome<Sequences> outcome = samples(ENDING);
    long tokens = outcome.result().tokenCount();
    assertThat(tokens).isLessThan(BATCH * TIME * 2 / 3);
    assertThat(outcome.tokens()).isEqualTo(tokens);
    assertThat(samples(ENDING_SELDOM_SEEN).tokens()).isBetween(tokens, tokens + BATCH * TIME / 4);
    assertThat(samples(ENDLESS).tokens()).isEqualTo(BATCH * TIME);
  }

  @Test
  void completionsAreThoseOfABatchThatIsDrawnToTheLastPosition() {
    Sequences batch = samples(ENDING).result();
    Sequences endless = Sequences.ofFullLength(batch.tokens(), TIME);
    Sequences expected = ended(all(completions(endless, ENDLESS).result()));
    assertThat(all(completions(batch, ENDING).result())).isEqualTo(expected);
    assertThat(all(completions(batch, ENDING_SELDOM_SEEN).result())).isEqualTo(expected);
    assertThat(all(completions(batch, ENDING, 2_000).result()))
        .as("some of the copies after others")
        .isEqualTo(expected);
  }

  @Test
  void completionsTakeAsManyDrawsAsTheyAddTokens() {
    Sequences batch = samples(ENDING).result();
    Outcome<Completions> outcome = completions(batch, ENDING);
    Sequences rows = all(outcome.result());
    long added = 0;
    for (int row = 0; row < rows.count(); row++) {
      added += Math.max(0, rows.length(row) - outcome.result().prefixLength(row));
    }
    assertThat(outcome.tokens()).isEqualTo(added);
    assertThat(added).isLessThan(COPIES * BATCH * TIME * (TIME - 1) / 4);
  }

  @Test
  void nothingIsDrawnAfterTheEndOfABatch() {
    int[] tokens = new int[2 * TIME];
    Arrays.fill(tokens, END);
    Sequences batch = Sequences.of(tokens, new int[] {1, 1}, TIME);
    Outcome<Completions> outcome = completions(batch, ENDING);
    assertThat(outcome.tokens()).isZero();
    assertThat(all(outcome.result()).lengths()).containsOnly(1);
  }

  @Test
  void whereNothingEndsOrLittleIsDrawnTheHostWaitsOnce() {
    assertThat(RowsUnderWay.isWorthALook(ENDLESS, Integer.MAX_VALUE)).isFalse();
    assertThat(RowsUnderWay.isWorthALook(ENDING_SELDOM_SEEN, 31)).isFalse();
    assertThat(RowsUnderWay.isWorthALook(ENDING_SELDOM_SEEN, 32)).isTrue();
    assertThat(samples(ENDLESS).reads()).as("reads of two parts").isEqualTo(2);
    Sequences batch = samples(ENDLESS).result();
    assertThat(completions(batch, ENDLESS).reads()).isEqualTo(1);
  }
}
