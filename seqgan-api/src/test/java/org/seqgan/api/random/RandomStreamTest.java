package org.seqgan.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void theSameSeedAndPathGiveTheSameNumbers() {
    RandomStream first = RandomStream.of(42).split("roll-out").split("round", 3);
    RandomStream second = RandomStream.of(42).split("roll-out").split("round", 3);
    for (int i = 0; i < 10; i++) {
      assertThat(first.nextUniform()).isEqualTo(second.nextUniform());
    }
  }

  @Test
  void splittingDoesNotDependOnWhatWasDrawn() {
    RandomStream untouched = RandomStream.of(42);
    RandomStream drawnFrom = RandomStream.of(42);
    drawnFrom.draws(1000);
    assertThat(drawnFrom.split("dropout").draws(5)).isEqualTo(untouched.split("dropout").draws(5));
    assertThat(drawnFrom.split("dropout", 2).draws(5))
        .isEqualTo(untouched.split("dropout", 2).draws(5));
  }

  @Test
  void splittingTakesNoNumbers() {
    RandomStream stream = RandomStream.of(42);
    RandomDraws before = stream.draws(3);
    stream.split("dropout");
    RandomDraws after = stream.draws(3);
    assertThat(after.first()).isEqualTo(before.first() + 3);
    assertThat(after.key()).isEqualTo(before.key());
  }

  @Test
  void seedsPurposesAndIndicesLeadToDifferentStreams() {
    Set<Long> keys = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      RandomStream root = RandomStream.of(seed);
      keys.add(root.draws(1).key());
      for (String purpose : new String[] {"", "a", "b", "ab", "ba"}) {
        keys.add(root.split(purpose).draws(1).key());
        for (int index = 0; index < 10; index++) {
          keys.add(root.split(purpose, index).draws(1).key());
        }
      }
    }
    assertThat(keys).hasSize(10 * (1 + 5 + 50));
  }

  @Test
  void wholeNumbersAreUniformInTheirRange() {
    int bound = 7;
    int draws = 70_000;
    int[] counts = new int[bound];
    RandomStream stream = RandomStream.of(1);
    for (int i = 0; i < draws; i++) {
      counts[stream.nextInt(bound)]++;
    }
    double chiSquared =
        IntStream.of(counts).mapToDouble(c -> Math.pow(c - 10_000, 2) / 10_000).sum();
    // 0.99999 quantile of chi-squared with 6 degrees of freedom.
    assertThat(chiSquared).isLessThan(33.1);
  }

  @Test
  void wholeNumbersCoverTheLargestBound() {
    RandomStream stream = RandomStream.of(2);
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      int value = stream.nextInt(Integer.MAX_VALUE);
      assertThat(value).isBetween(0, Integer.MAX_VALUE - 1);
      sum += value;
    }
    double mean = sum / 10_000.0 / Integer.MAX_VALUE;
    // Five standard deviations of the mean of 10,000 uniform numbers.
    assertThat(mean).isBetween(0.5 - 0.0145, 0.5 + 0.0145);
    assertThat(stream.nextInt(1)).isZero();
    assertThatThrownBy(() -> stream.nextInt(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPermutationHasEveryNumberOnceAndEveryOrderAsOften() {
    RandomStream stream = RandomStream.of(3);
    assertThat(stream.permutation(100))
        .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
    int[] firsts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      firsts[stream.permutation(3)[0]]++;
    }
    for (int count : firsts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  @Test
  void aTableGivesEachRowAndColumnItsNumberHoweverTheRowsAreCut() {
    DrawTable table = RandomStream.of(4).table(10, 6);
    RandomDraws whole = table.column(2, 0, 10);
    for (int cut = 0; cut <= 10; cut++) {
      RandomDraws top = table.column(2, 0, cut);
      RandomDraws bottom = table.column(2, cut, 10);
      for (int row = 0; row < 10; row++) {
        float inPart = row < cut ? top.uniform(row) : bottom.uniform(row - cut);
        assertThat(inPart).as("row %d, cut at %d", row, cut).isEqualTo(whole.uniform(row));
      }
    }
    assertThatThrownBy(() -> table.column(6, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aTableUsesEveryCounterOnceAndTheStreamGoesOnBehindIt() {
    RandomStream stream = RandomStream.of(5);
    stream.draws(3);
    DrawTable table = stream.table(4, 5);
    Set<Long> counters = new HashSet<>();
    for (int column = 0; column < 5; column++) {
      RandomDraws draws = table.column(column, 0, 4);
      for (int row = 0; row < 4; row++) {
        counters.add(draws.first() + row * draws.stride());
      }
    }
    assertThat(counters).hasSize(20).contains(3L, 22L);
    assertThat(stream.draws(1).first()).isEqualTo(23);
  }
}
