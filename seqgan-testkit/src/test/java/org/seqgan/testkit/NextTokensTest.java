package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;

@DisplayName("Distributions of the next token")
class NextTokensTest {
  private final List<Integer> rowsAsked = new ArrayList<>();
  private final List<Integer> sequencesAsked = new ArrayList<>();

  /** A policy whose every value is the token before the cell, so that cells can be told apart. */
  private Policy policy(int vocabularySize) {
    return (Policy)
        Proxy.newProxyInstance(
            Policy.class.getClassLoader(),
            new Class<?>[] {Policy.class},
            (proxy, method, arguments) -> {
              Sequences sequences = (Sequences) arguments[0];
              int[] cells = (int[]) arguments[1];
              NextTokens.requireCells(sequences, cells);
              rowsAsked.add(cells.length);
              sequencesAsked.add(sequences.count());
              float[] values = new float[cells.length * vocabularySize];
              for (int i = 0; i < values.length; i++) {
                values[i] = sequences.tokens()[cells[i / vocabularySize]];
              }
              return new NextTokens(vocabularySize, values);
            });
  }

  private static Sequences numbered(int count, int time) {
    return Sequences.ofFullLength(IntStream.range(0, count * time).toArray(), time);
  }

  private List<Integer> shown(int vocabularySize, Sequences sequences, int[] cells) {
    List<Integer> shown = new ArrayList<>();
    NextTokens.forEach(
        policy(vocabularySize),
        sequences,
        cells,
        part -> {
          for (int row = 0; row < part.count(); row++) {
            shown.add((int) part.log(row, vocabularySize - 1));
          }
        });
    return shown;
  }

  @Test
  void comeInPartsThatAreNotTooLarge() {
    Sequences sequences = numbered(100, 30);
    int[] cells = NextTokens.everyCell(sequences);
    assertThat(shown(40_000, sequences, cells))
        .isEqualTo(Arrays.stream(sequences.tokens()).boxed().toList());
    assertThat(rowsAsked).as("16 MB at a time").allMatch(rows -> rows * 40_000L <= 1 << 22);
    assertThat(rowsAsked.size()).isLessThan(40);
  }

  @Test
  void askForTheSequencesOfTheirCellsAlone() {
    Sequences sequences = numbered(10_000, 4);
    int[] cells = {4 * 9_000 + 3, 4 * 9_001, 2, 1};
    assertThat(shown(3, sequences, cells)).containsExactly(36_003, 36_004, 2, 1);
    assertThat(sequencesAsked).containsExactly(2, 1);
  }

  @Test
  void areEmptyForNoCells() {
    assertThat(shown(3, numbered(2, 2), new int[0])).isEmpty();
    assertThat(rowsAsked).isEmpty();
  }

  @Test
  void addUpToOneWhateverTheLogits() {
    NextTokens next = NextTokens.ofLogits(2, new float[] {1000, 1000, -1e30f, 0, 3, 1});
    assertThat(next.count()).isEqualTo(3);
    assertThat(next.log(0, 1)).isCloseTo((float) -Math.log(2), Offset.offset(1e-6f));
    assertThat(next.log(1, 1)).isZero();
    assertThat(Math.exp(next.log(2, 0)) + Math.exp(next.log(2, 1)))
        .isCloseTo(1, Offset.offset(1e-6));
  }

  @Test
  void haveACellForEachTokenAndNoOther() {
    Sequences sequences = Sequences.of(new int[] {1, 2, 2, 1, 1, 1}, new int[] {2, 3}, 3);
    assertThat(NextTokens.everyCell(sequences)).containsExactly(0, 1, 3, 4, 5);
    assertThatThrownBy(() -> NextTokens.requireCells(sequences, new int[] {0, 2}))
        .hasMessage("cell 2 is position 2 of sequence 0, which has 2 tokens");
    assertThatThrownBy(() -> NextTokens.requireCells(sequences, new int[] {6}))
        .hasMessage("cell 6 is outside of Sequences[2, 3]");
  }
}
