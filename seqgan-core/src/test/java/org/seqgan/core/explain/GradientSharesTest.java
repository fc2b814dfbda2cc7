package org.seqgan.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.core.model.TinyModels;

@DisplayName("The policy gradient by position")
class GradientSharesTest {
  private static final int TIME = 4;

  private final TinyModels models = new TinyModels(5, TIME, OptionalInt.empty());
  private final Generator generator = models.generator(1);
  private final Sequences batch =
      Sequences.of(new int[] {1, 2, 3, 3, 2, 1, 1, 1}, new int[] {3, 2}, TIME);

  @AfterEach
  void close() {
    generator.close();
    models.close();
  }

  private static TokenValues weights(float... values) {
    return new TokenValues(2, TIME, values);
  }

  @Test
  void isOfPositionsThatASequenceHasAndAddsUp() {
    List<Explanation.Position> positions =
        GradientShares.of(generator, batch, weights(1, 0.5f, 0.25f, 0, 1, 0.5f, 0, 0), 1f);
    assertThat(positions).extracting(Explanation.Position::position).containsExactly(1, 2, 3);
    assertThat(positions.stream().mapToDouble(Explanation.Position::share).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(positions).allMatch(each -> each.norm() > 0);
  }

  @Test
  void isTheNormOfAStepOnThatPositionAlone() {
    List<Explanation.Position> positions =
        GradientShares.of(generator, batch, weights(1, -2, 3, 0, 0, 1, 0, 0), 1f);
    double expected =
        generator.trainPolicyGradient(batch, weights(0, -2, 0, 0, 0, 1, 0, 0)).gradientNorm();
    assertThat(positions.get(1).norm()).isEqualTo(expected);
  }

  @Test
  void isThatOfThePolicysTemperature() {
    TokenValues weights = weights(1, -2, 3, 0, 0, 1, 0, 0);
    double atOne = GradientShares.of(generator, batch, weights, 1f).get(1).norm();
    double atHalf = GradientShares.of(generator, batch, weights, 0.5f).get(1).norm();
    double expected =
        generator.trainPolicyGradient(batch, weights(0, -2, 0, 0, 0, 1, 0, 0), 0.5f).gradientNorm();
    assertThat(atHalf).isEqualTo(expected).isNotEqualTo(atOne);
  }

  @Test
  void isNothingWhereNothingIsWeighed() {
    assertThat(GradientShares.of(generator, batch, weights(0, 0, 0, 0, 0, 0, 0, 0), 1f))
        .allMatch(each -> each.norm() == 0 && each.share() == 0)
        .hasSize(3);
    assertThat(GradientShares.of(generator, batch, weights(0, 1, 0, 0, 0, 0, 0, 0), 1f))
        .extracting(Explanation.Position::share)
        .containsExactly(0.0, 1.0, 0.0);
  }

  @Test
  void leavesTheParametersAsTheyWere() {
    NamedArrays parameters = generator.parameters();
    GradientShares.of(generator, batch, weights(1, 1, 1, 0, 1, 1, 0, 0), 1f);
    assertSame(generator.parameters(), parameters);
  }

  private static void assertSame(NamedArrays found, NamedArrays expected) {
    assertThat(found.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(Arrays.equals(found.get(name).values(), expected.get(name).values()))
          .as(name)
          .isTrue();
    }
  }
}
