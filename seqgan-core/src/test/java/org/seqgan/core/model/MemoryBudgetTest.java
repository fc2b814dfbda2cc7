package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;

@DisplayName("The backend's budget of memory")
class MemoryBudgetTest {
  private static final long AMPLE = 1 << 28;
  private static final long TIGHT = 20_000;
  private static final int BATCH = 40;
  private static final int COPIES = 7;
  private static final int TIME = 6;

  /** What came out, and the most bytes that tensors took. */
  private record Outcome<T>(T result, long peakBytes) {}

  @Test
  void cutsRollOutsWithoutChangingATokenOfThem() {
    Outcome<int[]> ample = rollOuts(AMPLE);
    Outcome<int[]> tight = rollOuts(TIGHT);
    assertThat(tight.result()).isEqualTo(ample.result());
    assertThat(tight.peakBytes()).isLessThan(ample.peakBytes() / 3);
  }

  private static Outcome<int[]> rollOuts(long budget) {
    try (TinyModels models = new TinyModels(9, TIME, OptionalInt.empty(), budget);
        Generator generator = models.generator(3)) {
      Sequences batch = generator.sample(BATCH, Decoding.SAMPLE, RandomStream.of(5));
      Completions completions =
          generator.complete(batch, COPIES, Decoding.SAMPLE, RandomStream.of(6));
      int[] tokens = completions.rows(0, completions.rowCount()).tokens();
      return new Outcome<>(tokens, models.backend().memory().peakBytes());
    }
  }

  @Test
  void cutsBatchesThatAreScoredWithoutChangingAScore() {
    Outcome<float[]> ample = scores(AMPLE);
    Outcome<float[]> tight = scores(TIGHT);
    assertThat(tight.result()).containsExactly(ample.result());
    assertThat(tight.peakBytes()).isLessThan(ample.peakBytes() / 3);
  }

  private static Outcome<float[]> scores(long budget) {
    try (TinyModels models = new TinyModels(9, TIME, OptionalInt.empty(), budget);
        Discriminator discriminator = models.discriminator(3)) {
      int[] tokens = new int[1_000 * TIME];
      RandomStream random = RandomStream.of(4);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = random.nextInt(9);
      }
      float[] scores = discriminator.probabilityReal(Sequences.ofFullLength(tokens, TIME));
      return new Outcome<>(scores, models.backend().memory().peakBytes());
    }
  }
}
