package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;

class SplitTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @Test
  void everyItemIsInOneSet() {
    Split<Integer> split = split(ITEMS, 0.1, 0.2, 1);
    assertThat(split.training()).hasSize(70);
    assertThat(split.validation()).hasSize(10);
    assertThat(split.test()).hasSize(20);
    List<Integer> all = new ArrayList<>(split.training());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertThat(all).containsExactlyInAnyOrderElementsOf(ITEMS).isNotEqualTo(ITEMS);
  }

  @Test
  void aSeedGivesOneSplit() {
    assertThat(split(ITEMS, 0.1, 0.1, 5)).isEqualTo(split(ITEMS, 0.1, 0.1, 5));
    assertThat(split(ITEMS, 0.1, 0.1, 5)).isNotEqualTo(split(ITEMS, 0.1, 0.1, 6));
  }

  @Test
  void threeItemsAreEnough() {
    Split<Integer> split = split(List.of(1, 2, 3), 0.01, 0.01, 1);
    assertThat(split.training()).hasSize(1);
    assertThat(split.validation()).hasSize(1);
    assertThat(split.test()).hasSize(1);
  }

  @Test
  void twoItemsAreNot() {
    assertThatThrownBy(() -> split(List.of(1, 2), 0.1, 0.1, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2 different numbers cannot be divided");
  }

  private static Split<Integer> split(
      List<Integer> items, double validation, double test, long seed) {
    return Split.of(items, validation, test, "numbers", seed);
  }
}
