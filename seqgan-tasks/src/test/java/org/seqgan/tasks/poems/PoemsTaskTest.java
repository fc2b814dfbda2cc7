package org.seqgan.tasks.poems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

class PoemsTaskTest extends TaskContract {
  private static final Path CORPUS = Path.of("..", "..", "shared", "data", "poems");

  @TempDir private Path folder;

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new PoemsTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    return open("sample", DataContext.offline(seed));
  }

  private static Task open(String data, DataContext context) {
    return new PoemsTaskProvider()
        .open(context, new PoemsOptions(Path.of(data), PoemLayout.LINES, 0.05, 0.1, 1));
  }

  @Test
  void theSplitIsTheSameForEverySeedOfARun() {
    try (Task one = open(1);
        Task two = open(2)) {
      assertThat(two.data().vocabulary()).isEqualTo(one.data().vocabulary());
      assertThat(two.data().training()).isEqualTo(one.data().training());
      assertThat(two.data().test()).isEqualTo(one.data().test());
    }
  }

  @Test
  void theSampleSaysThatItIsNotTheCorpus() {
    try (Task task = open(1)) {
      assertThat(task.data().provenance())
          .containsExactly(
              "data: built-in sample, written for seqgan, NOT the corpus; fetch the corpus with: seqgan data fetch poems, then task.data=corpus",
              "read: 60 quatrains of 20 characters; removed: 0 that occur before; left out: 0 lines that belong to no quatrain",
              "vocabulary: all %d characters".formatted(task.data().vocabulary().size()),
              "51 training, 3 validation and 6 test quatrains");
      assertThat(task.data().metrics()).startsWith("bleu-2", "nll-gen");
    }
  }

  @Test
  void aPoemIsShownInItsLayout() {
    try (Task lines = open(1);
        Task columns =
            new PoemsTaskProvider()
                .open(
                    DataContext.offline(1),
                    new PoemsOptions(Path.of("sample"), PoemLayout.COLUMNS, 0.05, 0.1, 1))) {
      int[] poem = lines.data().training().row(0);
      assertThat(lines.show(poem)).matches("(.{5}\n){3}.{5}");
      assertThat(columns.show(poem)).matches("(.　.　.　.\n){4}.　.　.　.");
      assertThat(columns.show(poem)).endsWith(lines.show(poem).substring(4, 5));
    }
  }

  @Test
  void theCorpusIsThatOfThePaper() {
    assumeThat(CORPUS).as("the corpus is not on this machine").exists();
    try (Task task = open("corpus", new DataContext(1, Optional.of(CORPUS)))) {
      assertThat(task.data().vocabulary()).isEqualTo(Vocabulary.fixedLength(4769, 0));
      assertThat(task.data().sequenceLength()).isEqualTo(20);
      assertThat(task.data().provenance())
          .contains(
              "read: 16394 quatrains of 20 characters; removed: 401 that occur before; left out: 0 lines that belong to no quatrain",
              "13594 training, 800 validation and 1599 test quatrains");
      assertThat(task.data().provenance().get(0))
          .contains("3104e22ac75f3cc2070da2bf5e2da6d2bef149ad", "MIT");
      assertThat(task.show(new int[] {0, 1, 2, 3, 4, 0})).matches(".{5}\n.");
      assertSetsAreDisjoint(task);
    }
  }

  @Test
  void theCorpusHasToBeFetched() {
    assertThatThrownBy(() -> open("corpus", DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessage("poems was not fetched");
    assertThat(new PoemsTaskProvider().corpus()).isPresent();
  }

  @Test
  void aFileOfOnesOwnIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.txt"),
            "春水绕村流，轻烟上小楼。谁家新燕子，又到旧檐头。\r\n夜雨打空船\n渔灯照水眠\n一声归雁过\n秋在远山前\n\n" + "石路入松深泉声伴鸟音老僧开小户扫叶待知心");
    try (Task task = open(file.toString(), DataContext.offline(1))) {
      assertThat(task.data().training().count()).isEqualTo(1);
      assertThat(task.data().provenance()).startsWith("data: " + file);
    }
  }

  @Test
  void aFileWithoutQuatrainsIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "\nno poem\n");
    assertThatThrownBy(() -> open(file.toString(), DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s has no quatrain: expected 20 characters a line, or lines of 5 or 10 that are 20 together, between blank lines; found 1 other lines, first: %s, line 2 has 6 characters",
            file, file);
  }

  @Test
  void quatrainsWithoutABlankLineBetweenThemAreNone() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "春水绕村流轻烟上小楼\n".repeat(4));
    assertThatThrownBy(() -> open(file.toString(), DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "between blank lines; found 4 other lines, first: %s, line 1 has 10 characters, 40 with the lines around it",
            file);
  }

  @Test
  void anEmptyFileIsAnError() throws IOException {
    Path file = Files.createFile(folder.resolve("mine.txt"));
    assertThatThrownBy(() -> open(file.toString(), DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("found 0 other lines");
  }

  @Test
  void aSingleQuatrainCannotBeDivided() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "春水绕村流轻烟上小楼谁家新燕子又到旧檐头");
    assertThatThrownBy(() -> open(file.toString(), DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("1 different quatrains cannot be divided");
  }

  @Test
  void brokenEncodingIsAnError() throws IOException {
    Path file = Files.write(folder.resolve("mine.txt"), new byte[] {'a', '\n', (byte) 0xB4});
    assertThatThrownBy(() -> open(file.toString(), DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mine.txt, line 2, byte 0xB4 (number 1 of the line): not UTF-8");
  }

  private static void assertSetsAreDisjoint(Task task) {
    Set<String> seen = new HashSet<>();
    for (Sequences set :
        List.of(task.data().training(), task.data().validation(), task.data().test())) {
      for (int i = 0; i < set.count(); i++) {
        assertThat(seen.add(task.show(set.row(i)))).isTrue();
      }
    }
  }

  @Test
  void aBeginningIsReadInItsOrderWithoutItsPunctuation() {
    try (Task task = open(1)) {
      int[] poem = task.data().training().row(0);
      String shown = task.show(poem);
      assertThat(task.read(shown)).contains(poem);
      assertThat(task.read(shown.substring(0, 5) + "，" + shown.substring(6, 7)))
          .contains(Arrays.copyOf(poem, 6));
      assertThatThrownBy(() -> task.read("x"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("token 1, 'x', is not in the vocabulary of ");
    }
  }
}
