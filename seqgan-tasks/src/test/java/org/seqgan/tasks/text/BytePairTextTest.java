package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

@DisplayName("The task text with tokens = bpe")
class BytePairTextTest extends TaskContract {
  private static final List<String> ODD =
      List.of("  two  spaces  ", "tab\there", "e\u0301\u00AD\u200B", "naïve 床前明月光", "\u00A0🙂🙃");

  @TempDir private Path folder;

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new TextTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    return open(options(write(Texts.lines(300, 7)), 40, Longer.ERROR), seed);
  }

  private static Task open(TextOptions options, long seed) {
    return new TextTaskProvider().open(DataContext.offline(seed), options);
  }

  private static TextOptions options(Path file, int length, Longer longer) {
    return Texts.options(file, TextUnit.LINES, Tokens.BPE, length, longer, 1000);
  }

  private Path write(String text) {
    return Texts.write(folder.resolve("lines.txt"), text);
  }

  private static List<String> shown(Task task, Sequences set) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < set.count(); i++) {
      shown.add(task.show(set.row(i)));
    }
    return shown;
  }

  @Test
  void everyLineIsThereAsItIs() {
    String text = Texts.lines(40, 1) + String.join("\n", ODD) + "\n";
    try (Task task = open(options(write(text), 60, Longer.ERROR), 1)) {
      List<String> all = new ArrayList<>();
      all.addAll(shown(task, task.data().training()));
      all.addAll(shown(task, task.data().validation()));
      all.addAll(shown(task, task.data().test()));
      assertThat(all).containsExactlyInAnyOrderElementsOf(text.lines().distinct().toList());
      assertThat(task.data().vocabulary().size()).isGreaterThan(257);
      assertThat(task.data().provenance())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("vocabulary: ")
                      .contains(" bytes, pairs of them and the end; 0 of "));
    }
  }

  @Test
  void pairsAreLearntFromTheTrainingLinesAlone() {
    String text =
        Texts.lines(60, 1).lines().distinct().reduce("", (all, line) -> all + line + "\n");
    try (Task task = open(options(write(text), 60, Longer.ERROR), 1)) {
      String heldOut = shown(task, task.data().test()).get(0);
      String trained = shown(task, task.data().training()).get(0);
      try (Task same =
              open(
                  options(
                      write(text.replace(heldOut, "xyxyxyxyxyxyxyxyxyxyxyxyxy")), 60, Longer.ERROR),
                  1);
          Task other =
              open(
                  options(
                      write(text.replace(trained, "xyxyxyxyxyxyxyxyxyxyxyxyxy")), 60, Longer.ERROR),
                  1)) {
        assertThat(same.data().training()).isEqualTo(task.data().training());
        assertThat(same.data().vocabulary()).isEqualTo(task.data().vocabulary());
        assertThat(other.data().training()).isNotEqualTo(task.data().training());
        assertThat(shown(same, same.data().test())).contains("xyxyxyxyxyxyxyxyxyxyxyxyxy");
      }
    }
  }

  @Test
  void longLinesAreCutIntoPiecesOfOneSetAndNothingIsLost() {
    String text = Texts.lines(60, 2).replace(".\n", ", 床前明月光 and so on.\n");
    try (Task task = open(options(write(text), 7, Longer.SPLIT), 1)) {
      List<String> lines = text.lines().distinct().toList();
      List<String> test = shown(task, task.data().test());
      List<String> training = shown(task, task.data().training());
      assertThat(test).doesNotContainAnyElementsOf(training);
      assertThat(training).noneMatch(piece -> piece.contains("\uFFFD"));
      assertThat(training)
          .allSatisfy(piece -> assertThat(lines).anyMatch(line -> line.contains(piece)));
    }
  }

  @Test
  void ofManySequencesThereAreNoMoreThanWereAskedFor() {
    TextOptions options =
        Texts.options(write(Texts.lines(500, 3)), TextUnit.LINES, Tokens.BPE, 4, Longer.SPLIT, 50);
    try (Task task = open(options, 1)) {
      int count =
          task.data().training().count()
              + task.data().validation().count()
              + task.data().test().count();
      assertThat(count).isBetween(20, 50);
      assertThat(open(options, 2).data().training()).isEqualTo(task.data().training());
    }
  }

  @Test
  void anyBeginningCanBeRead() {
    try (Task task = open(1)) {
      for (String beginning : List.of("the ", "zebra", "床", " ", "<unk>")) {
        Optional<int[]> read = task.read(beginning);
        assertThat(task.show(read.orElseThrow())).isEqualTo(beginning);
      }
    }
  }

  @Test
  void aFileIsShownWithThePairsThatItTeaches() {
    Path file = write(Texts.lines(50, 4));
    FileContents.TokenSequences contents =
        (FileContents.TokenSequences) TextContents.read(options(file, 40, Longer.ERROR));
    assertThat(contents.sequences().get(0)).anyMatch(token -> token.length() > 2);
  }

  @Test
  void whatIsTooLittleToLearnFromIsAnError() {
    assertThatThrownBy(() -> open(options(write("one\ntwo\none\n \n"), 8, Longer.ERROR), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected at least 3 different lines")
        .hasMessageContaining("found 2: give more data, or choose other tokens");
    assertThatThrownBy(() -> open(options(write("abcd\nefgh\nijkl\n"), 3, Longer.LEAVE_OUT), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected at least one sequence for");
    assertThatThrownBy(() -> Texts.vocabulary(write("a\n"), Tokens.BPE, 257))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maximum-vocabulary is 257, and tokens is bpe; expected at least 258: the end, 256 bytes and a pair");
  }
}
