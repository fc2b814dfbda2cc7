package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;

class EncodedSplitTest {
  private static final int TIME = 3;

  private static Sequences rows(int[]... rows) {
    return Sequences.ofUnequalRows(List.of(rows), TIME, 0);
  }

  private static int[] row(int... tokens) {
    return tokens;
  }

  @Test
  void aSequenceOfAnEarlierSetIsRemovedFromALaterOne() {
    EncodedSplit split =
        EncodedSplit.of(
            rows(row(2, 1), row(3)),
            rows(row(2, 1), row(2, 1, 1), row(4, 1)),
            rows(row(4, 1), row(3), row(2), row(5, 1), row(2, 1)),
            "my.txt");
    assertThat(split.training()).isEqualTo(rows(row(2, 1), row(3)));
    assertThat(split.validation()).isEqualTo(rows(row(2, 1, 1), row(4, 1)));
    assertThat(split.test()).isEqualTo(rows(row(2), row(5, 1)));
    assertThat(split.removed()).isEqualTo(4);
    assertThat(split.removedNote())
        .isEqualTo(
            "; removed from validation and test: 4 that differ from one of an earlier set in <unk> alone");
  }

  @Test
  void aSequenceThatASetRepeatsStays() {
    Sequences training = rows(row(2, 1), row(2, 1));
    Sequences validation = rows(row(3, 1), row(3, 1));
    Sequences test = rows(row(1), row(1));
    EncodedSplit split = EncodedSplit.of(training, validation, test, "my.txt");
    assertThat(split).isEqualTo(new EncodedSplit(training, validation, test, 0));
    assertThat(split.removedNote()).isEmpty();
  }

  @Test
  void aSetOfWhichNothingIsLeftIsAnError() {
    assertThatThrownBy(() -> EncodedSplit.of(rows(row(1)), rows(row(1)), rows(row(1, 1)), "my.txt"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "my.txt: expected at least one sequence for validation that no other set has, found none once rare tokens are <unk>: give more data or a smaller minimum-count");
    assertThatThrownBy(
            () -> EncodedSplit.of(rows(row(2)), rows(row(1)), rows(row(1), row(2)), "my.txt"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("for test that no other set has");
  }
}
