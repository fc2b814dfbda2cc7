package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/** What every discriminator must do. Extend it and implement {@link #create}. */
public abstract class DiscriminatorContract {
  private static final int TIME = 6;
  private static final int BATCH = 32;
  private static final Vocabulary VOCABULARY = new Vocabulary(9, 0, OptionalInt.of(8));
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  private TensorBackend backend;

  /**
   * A new discriminator with initial parameters, the same for the same seed. Its step size should
   * be such that it learns in {@link #trainingSteps()} to tell small token ids from large ones.
   */
  protected abstract Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed);

  /** How many batches of 32 sequences the toy problem may take. */
  protected int trainingSteps() {
    return 200;
  }

  /** The backend to run on: the reference backend unless overridden. The contract closes it. */
  protected TensorBackend openBackend() {
    return new ReferenceBackend(ReferenceOptions.defaults());
  }

  @BeforeEach
  final void openTheBackend() {
    backend = openBackend();
  }

  @AfterEach
  final void closedDiscriminatorsLeaveNothing() {
    try (TensorBackend closing = backend) {
      assertThat(closing.memory().liveTensors()).as("tensors left").isZero();
      assertThat(closing.memory().liveBytes()).as("bytes left").isZero();
    }
  }

  private Discriminator create(long seed) {
    return create(backend, VOCABULARY, TIME, seed);
  }

  private static RandomStream stream(long step) {
    return RandomStream.of(7).split("dropout", step);
  }

  // ---- probabilities ----

  @Test
  final void givesAProbabilityForEachSequence() {
    try (Discriminator discriminator = create(1)) {
      for (int count : new int[] {1, 3, 13, 67}) {
        float[] probabilities = discriminator.probabilityReal(toyBatch(count, 1));
        assertThat(probabilities).hasSize(count);
        for (float probability : probabilities) {
          assertThat(probability).isBetween(0f, 1f);
        }
      }
    }
  }

  @Test
  final void theProbabilityOfASequenceDoesNotDependOnItsBatch() {
    try (Discriminator discriminator = create(2)) {
      Sequences batch = toyBatch(13, 2);
      float[] together = discriminator.probabilityReal(batch);
      for (int i = 0; i < batch.count(); i++) {
        float[] alone = discriminator.probabilityReal(batch.slice(i, i + 1));
        assertThat(alone[0]).as("sequence %d", i).isCloseTo(together[i], ROUNDING);
      }
    }
  }

  @Test
  final void paddingDoesNotMatter() {
    Sequences batch = toyBatch(BATCH, 3);
    Sequences changed = otherwisePadded(batch);
    try (Discriminator one = create(3);
        Discriminator other = create(3)) {
      assertThat(other.probabilityReal(changed)).isEqualTo(one.probabilityReal(batch));
      Step expected = one.train(batch, alternating(), stream(3));
      assertThat(other.train(changed, alternating(), stream(3))).isEqualTo(expected);
      ModelChecks.assertSame(one.parameters(), other.parameters());
    }
  }

  /** The same sequences from an array in which no token follows them. */
  private static Sequences otherwisePadded(Sequences batch) {
    int[] otherPadding = batch.tokens().clone();
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(otherPadding, i * TIME + batch.length(i), (i + 1) * TIME, -1);
    }
    return Sequences.of(otherPadding, batch.lengths(), TIME);
  }

  @Test
  final void completionsAreJudgedLikeTheirRows() {
    try (Discriminator discriminator = create(4)) {
      Completions completions = toyCompletions(5, 3, 4);
      int rows = completions.rowCount();
      float[] expected = discriminator.probabilityReal(completions.rows(0, rows));
      assertThat(discriminator.probabilityReal(completions)).containsExactly(expected, ROUNDING);
    }
  }

  /** Sequences with tokens at random for what was drawn, end tokens among them. */
  private static Completions toyCompletions(int count, int copies, long seed) {
    Numbers numbers = new Numbers(seed);
    int[][] drawn = new int[TIME - 1][];
    for (int s = 1; s < TIME; s++) {
      drawn[s - 1] = numbers.ids(s * copies * count, VOCABULARY.size());
    }
    Sequences sequences =
        Sequences.ofSampled(
            numbers.ids(count * TIME, VOCABULARY.size()), TIME, VOCABULARY.endToken());
    return new Completions(sequences, copies, drawn, VOCABULARY.endToken());
  }

  // ---- training ----

  @Test
  final void learnsToTellSmallTokensFromLargeOnes() {
    try (Discriminator discriminator = create(5)) {
      boolean[] real = alternating();
      double firstLoss = 0;
      Step last = Step.of(0, 0);
      for (int step = 0; step < trainingSteps(); step++) {
        last = discriminator.train(toyBatch(BATCH, 100 + step), real, stream(step));
        assertThat(last.loss()).isFinite();
        assertThat(last.gradientNorm()).isFinite().isNotNegative();
        firstLoss = step == 0 ? last.loss() : firstLoss;
      }
      assertThat(last.loss()).as("loss of the last step").isLessThan(firstLoss);
      float[] probabilities = discriminator.probabilityReal(toyBatch(BATCH, 99));
      int right = 0;
      for (int i = 0; i < BATCH; i++) {
        right += (probabilities[i] > 0.5f) == real[i] ? 1 : 0;
      }
      assertThat(right).as("right of %d unseen sequences", BATCH).isGreaterThan(BATCH * 9 / 10);
    }
  }

  private static boolean[] alternating() {
    boolean[] real = new boolean[BATCH];
    for (int i = 0; i < BATCH; i += 2) {
      real[i] = true;
    }
    return real;
  }

  /** Sequences of many lengths: tokens 0 to 3 in even rows, which are real, and 4 to 7 in odd. */
  private static Sequences toyBatch(int count, long seed) {
    Numbers numbers = new Numbers(seed);
    int[] lengths = numbers.lengths(count, TIME);
    int[] tokens = numbers.ids(count * TIME, 4);
    for (int i = 0; i < count; i++) {
      // A sequence of one token would be the end token alone, and tell nothing.
      lengths[i] = Math.max(2, lengths[i]);
      for (int t = 0; t < TIME; t++) {
        int at = i * TIME + t;
        boolean ended = lengths[i] < TIME && t >= lengths[i] - 1;
        tokens[at] = ended ? 8 : tokens[at] + (i % 2 == 0 ? 0 : 4);
      }
    }
    return Sequences.of(tokens, lengths, TIME);
  }

  @Test
  final void trainingIsRepeatable() {
    try (Discriminator first = create(6);
        Discriminator second = create(6)) {
      ModelChecks.assertSame(first.parameters(), second.parameters());
      for (int step = 0; step < 3; step++) {
        Sequences batch = toyBatch(BATCH, step);
        Step expected = first.train(batch, alternating(), stream(step));
        assertThat(second.train(batch, alternating(), stream(step))).isEqualTo(expected);
      }
      ModelChecks.assertSame(first.parameters(), second.parameters());
    }
  }

  @Test
  final void resumesTrainingExactly() {
    try (Discriminator trained = create(7);
        Discriminator fresh = create(8)) {
      Sequences batch = toyBatch(BATCH, 7);
      ModelChecks.assertResumesExactly(
          trained, fresh, model -> ((Discriminator) model).train(batch, alternating(), stream(1)));
    }
  }

  // ---- parameters ----

  @Test
  final void parametersRoundTrip() {
    try (Discriminator from = create(9);
        Discriminator to = create(10)) {
      ModelChecks.assertParametersRoundTrip(from, to);
      Sequences batch = toyBatch(13, 9);
      assertThat(to.probabilityReal(batch)).isEqualTo(from.probabilityReal(batch));
    }
  }

  @Test
  final void rejectsParametersOfAnotherModel() {
    try (Discriminator discriminator = create(11)) {
      ModelChecks.assertRejectsOtherParameters(discriminator);
    }
  }
}
