package org.seqgan.core.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "100,10,32,60",
    "9999,10,32,60",
    "10000,10,64,60",
    "13116,20,64,38",
    "100000,32,64,4"
  })
  void moreDataGetAWiderModelAndFewerEpochs(int sequences, int length, int width, int epochs) {
    Schedule schedule = new Schedule(sequences, length, 1000);
    assertThat(schedule.width()).isEqualTo(width);
    assertThat(schedule.epochs()).isEqualTo(epochs);
  }

  @Test
  void noFilterAndNoNGramIsLongerThanASequence() {
    Schedule one = new Schedule(50, 1, 9);
    assertThat(one.filterWidths()).containsExactly(1);
    assertThat(one.metrics()).containsExactly("task", "nll-gen", "distinct-sequences", "copied");
    Schedule three = new Schedule(50, 3, 9);
    assertThat(new Schedule(50, 2, 9).metrics()).contains("self-bleu-2");
    assertThat(three.filterWidths()).containsExactly(1, 2, 3);
    assertThat(three.metrics()).contains("task", "self-bleu-3");
    assertThat(new Schedule(50, 40, 9).filterWidths()).containsExactly(1, 2, 3, 4, 6, 10);
  }

  @ParameterizedTest
  @CsvSource({"1,4", "80,10", "100000,64"})
  void anEpochHasSeveralBatches(int sequences, int batchSize) {
    assertThat(new Schedule(sequences, 5, 9).batchSize()).isEqualTo(batchSize);
  }

  @ParameterizedTest
  @CsvSource({"20,16", "21,8", "40,8", "41,4"})
  void longSequencesGetFewerRollOuts(int length, int rollOuts) {
    assertThat(new Schedule(500, length, 9).rollOuts()).isEqualTo(rollOuts);
  }
}
