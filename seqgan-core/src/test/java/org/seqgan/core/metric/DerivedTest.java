package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;

class DerivedTest {
  private static final List<Sequences> COMPUTED = new ArrayList<>();

  /** Adds a number to the number of sequences. */
  private record CountPlus(int more) implements Derived<Integer> {
    @Override
    public Integer compute(Sequences data) {
      COMPUTED.add(data);
      return data.count() + more;
    }
  }

  private static Sequences two() {
    return Sequences.ofFullLength(new int[] {1, 2, 3, 4}, 2);
  }

  @Test
  void whatIsAskedForAgainIsComputedOnce() {
    Sequences data = two();
    assertThat(Derived.of(data, new CountPlus(1))).isEqualTo(3);
    assertThat(Derived.of(data, new CountPlus(1))).isEqualTo(3);
    assertThat(COMPUTED.stream().filter(each -> each == data)).hasSize(1);
  }

  @Test
  void anotherRecipeAndOtherDataAreComputedForThemselves() {
    Sequences data = two();
    Sequences equal = two();
    assertThat(Derived.of(data, new CountPlus(1))).isEqualTo(3);
    assertThat(Derived.of(data, new CountPlus(2))).isEqualTo(4);
    assertThat(Derived.of(equal, new CountPlus(2))).isEqualTo(4);
    assertThat(COMPUTED.stream().filter(each -> each == data)).hasSize(2);
    assertThat(COMPUTED.stream().filter(each -> each == equal)).hasSize(1);
  }
}
