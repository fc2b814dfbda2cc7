package org.seqgan.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmOptions;

@DisplayName("What a step costs at the sizes of the paper")
class ArithmeticTest {
  private static final double GIGA = 1e9;
  private static final double MEGA = 1e6;

  /** The defaults of both models are the paper's sizes. */
  private final Arithmetic paper =
      new Arithmetic(
          new OptionsBinder().bind(LstmOptions.class, Map.of()),
          new OptionsBinder().bind(CnnOptions.class, Map.of()),
          5000,
          20);

  @Test
  void countsParameters() {
    assertThat(paper.generatorParameters()).isEqualTo(333_320);
    assertThat(paper.discriminatorParameters()).isEqualTo(7_045_402);
  }

  /** Weights twice, and of each parameter 24 bytes for Adam; the sparse backward pass. */
  @Test
  void aDiscriminatorStep() {
    Cost cost = paper.trainDiscriminator(64);
    assertThat(cost.operations() / GIGA).isCloseTo(5.19, within(0.01));
    assertThat(cost.leastOperations() / GIGA).isCloseTo(3.45, within(0.01));
    assertThat(cost.leastBytes()).isEqualTo(4.0 * (2 * 6_725_402 + 6 * 7_045_402));
    assertThat(cost.leastBytes() / MEGA).isCloseTo(223, within(1.0));
  }

  @Test
  void aScore() {
    assertThat(paper.score(19_520).operations() / GIGA).isCloseTo(527, within(1.0));
    assertThat(paper.score(19_520).leastBytes()).isEqualTo(4.0 * 6_725_402);
    assertThat(paper.score(64))
        .isEqualTo(
            new Cost(paper.score(64).operations(), paper.score(64).operations(), 4.0 * 6_725_402));
  }

  @Test
  void theGenerator() {
    assertThat(paper.trainGenerator(64).operations() / GIGA).isCloseTo(1.29, within(0.01));
    assertThat(paper.trainGenerator(64).leastBytes()).isEqualTo(4.0 * (2 * 173_320 + 8 * 333_320));
    assertThat(paper.sample(10_000, 10).operations() / GIGA).isCloseTo(67.3, within(0.1));
    assertThat(paper.sample(10_000, 10).leastBytes()).isEqualTo(10 * 4.0 * 173_320);
  }

  /** A batch, 194,560 tokens of roll-outs, 19,520 scores, and the update. */
  @Test
  void anAdversarialStep() {
    Cost cost = paper.generatorStep(64, 16);
    double rollOuts = 194_560 * (2.0 * 64 * 128 + 2.0 * 32 * 5000);
    double expected =
        paper.sample(64, 1).operations()
            + rollOuts
            + paper.score(19_520).operations()
            + paper.trainGenerator(64).operations();
    assertThat(cost.operations()).isCloseTo(expected, within(1.0));
    assertThat(cost.leastBytes()).isLessThan(paper.trainDiscriminator(64).leastBytes());
  }

  @Test
  void theFloorIsTheLongerOfComputingAndMoving() {
    Figure figure = new Figure("some", 1, 0.5, 0.5, 0.5, 8e9, 4e9, 2e9);
    assertThat(figure.floorSeconds(new Ceilings(40, 100))).isEqualTo(0.1);
    assertThat(figure.floorSeconds(new Ceilings(400, 10))).isEqualTo(0.2);
    assertThat(figure.gigabytes()).isEqualTo(4);
    assertThat(figure.gigaflops()).isEqualTo(16);
  }
}
