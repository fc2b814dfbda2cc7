package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator transformer drops features in training alone, and refuses sizes")
class TransformerModelTest {
  private static final int TIME = 4;
  private static final Sequences BATCH =
      Sequences.ofFullLength(new int[] {2, 0, 1, 4, 3, 3, 0, 1}, TIME);

  private final ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());

  @AfterEach
  void close() {
    backend.close();
  }

  private Generator transformer(TransformerOptions options, int time) {
    return new TransformerGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                Vocabulary.fixedLength(5, 0),
                time,
                RandomStream.of(1),
                ModelSetting.NO_TRAINING,
                ModelSetting.NO_TRAINING),
            options);
  }

  @Test
  void dropoutIsForTrainingAlone() {
    try (Generator whole = transformer(new TransformerOptions(6, 3, 2, 8, 1f, 0.5f), TIME);
        Generator dropping = transformer(new TransformerOptions(6, 3, 2, 8, 0.5f, 0.5f), TIME)) {
      dropping.setParameters(whole.parameters());
      float[] expected = whole.logProbabilities(BATCH).values();
      assertThat(dropping.logProbabilities(BATCH).values()).isEqualTo(expected);
      double loss = -whole.logProbabilities(BATCH).sum() / BATCH.tokenCount();
      assertThat((double) whole.trainMaximumLikelihood(BATCH, 1f, RandomStream.of(2)).loss())
          .isCloseTo(loss, Offset.offset(1e-5));
      assertThat((double) dropping.trainMaximumLikelihood(BATCH, 1f, RandomStream.of(2)).loss())
          .isNotCloseTo(loss, Offset.offset(1e-3));
    }
  }

  @Test
  void headsThatDoNotDivideAreRefused() {
    assertThatThrownBy(() -> new TransformerOptions(6, 4, 2, 8, 1f, 0.5f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heads must divide model-size, found 4 heads for a model-size of 6");
  }

  @Test
  void keysThatOneArrayDoesNotHoldAreRefused() {
    assertThatThrownBy(() -> transformer(new TransformerOptions(8192, 2, 2, 8, 1f, 0.5f), 1 << 20))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "generator.model-size: expected at most 511 for sequences of 1,048,576 tokens");
  }
}
