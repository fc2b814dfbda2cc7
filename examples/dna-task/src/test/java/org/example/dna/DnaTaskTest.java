package org.example.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.DataContext;

class DnaTaskTest {
  @TempDir private Path folder;

  @Test
  void windowsAreThePiecesOfEveryRecordAndWhatIsLeftOutIsCounted() throws IOException {
    Task task =
        open(DnaOptions.Pieces.WINDOWS, 4, ">one\nACGTacgg\nTTTTC\n; a remark\n\n>two\nACGT\n");
    assertThat(shown(task)).containsExactlyInAnyOrder("ACGT", "ACGG", "TTTT");
    assertThat(task.data().vocabulary().endToken()).isEmpty();
    assertThat(task.data().provenance().get(0)).contains("2 records of ", "17 bases");
    assertThat(task.data().provenance().get(1))
        .isEqualTo(
            "dna: 3 different windows of 4 bases; left out: 1 bases at the ends of records, 1"
                + " repetitions");
  }

  @Test
  void recordsEndWhereTheyEnd() throws IOException {
    Task task = open(DnaOptions.Pieces.RECORDS, 4, ">a\nA\n>b\nCCCC\n>c\nGG\n>d\nTTTTT\n");
    assertThat(shown(task)).containsExactlyInAnyOrder("A", "CCCC", "GG");
    assertThat(task.data().vocabulary().endToken()).hasValue(4);
    assertThat(task.data().provenance().get(1)).contains("left out: 1 longer ones");
  }

  @Test
  void aWrongLetterIsNamedWithItsLine() {
    assertThatThrownBy(() -> open(DnaOptions.Pieces.WINDOWS, 4, ">one\nACGT\nACNT\n"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageContaining("mine.fasta:3: expected A, C, G or T, found 'N' at position 3");
  }

  @Test
  void textsThatAreNotFastaAreRefused() {
    assertThatThrownBy(() -> open(DnaOptions.Pieces.WINDOWS, 4, "ACGT\n"))
        .hasMessageContaining("mine.fasta:1: expected a line that begins with '>'");
    assertThatThrownBy(() -> open(DnaOptions.Pieces.WINDOWS, 4, ">a\nACGT\n>b\n>c\nACGT\n"))
        .hasMessageContaining("mine.fasta:3: expected bases below this line");
    assertThatThrownBy(() -> open(DnaOptions.Pieces.WINDOWS, 4, "\n"))
        .hasMessageContaining("expected a record");
    assertThatThrownBy(() -> open(DnaOptions.Pieces.WINDOWS, 9, ">a\nACGT\n"))
        .hasMessageContaining("expected at least 3 sequences to divide, found 0 different windows");
  }

  @Test
  void aMissingFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.fasta");
    assertThatThrownBy(() -> open(nowhere, DnaOptions.Pieces.WINDOWS, 4))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found no file " + nowhere);
  }

  private Task open(DnaOptions.Pieces pieces, int length, String text) throws IOException {
    return open(Files.writeString(folder.resolve("mine.fasta"), text), pieces, length);
  }

  private static Task open(Path file, DnaOptions.Pieces pieces, int length) {
    return new DnaTaskProvider()
        .open(DataContext.offline(1), new DnaOptions(Optional.of(file), pieces, length, 0.3, 0.3));
  }

  private static List<String> shown(Task task) {
    List<String> shown = new ArrayList<>();
    for (Sequences set : List.of(task.data().training(), task.data().validation(), task.data().test())) {
      for (int i = 0; i < set.count(); i++) {
        shown.add(task.show(set.row(i)));
      }
    }
    return shown;
  }
}
