package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;

class ReservoirTest {
  @Test
  void fewItemsAreAllKeptInOrder() {
    Reservoir<Integer> reservoir = new Reservoir<>(3, RandomStream.of(1));
    reservoir.add(7);
    reservoir.add(8);
    assertThat(reservoir.items()).containsExactly(7, 8);
    assertThat(reservoir.seen()).isEqualTo(2);
  }

  /**
   * Each of 20 items is in a sample of 5 with probability 1/4: 1,000 of 4,000 times, with a
   * standard deviation of sqrt(4000 * 1/4 * 3/4) = 27.
   */
  @Test
  void everyItemIsKeptAsOften() {
    int[] kept = new int[20];
    for (int trial = 0; trial < 4000; trial++) {
      Reservoir<Integer> reservoir = new Reservoir<>(5, RandomStream.of(trial));
      for (int item = 0; item < kept.length; item++) {
        reservoir.add(item);
      }
      assertThat(reservoir.items()).hasSize(5).doesNotHaveDuplicates();
      reservoir.items().forEach(item -> kept[item]++);
    }
    for (int times : kept) {
      assertThat(times).isBetween(1000 - 5 * 27, 1000 + 5 * 27);
    }
  }
}
