package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.TextLines;
import org.seqgan.testkit.DataContext;

class TextTaskTest {
  @TempDir private Path folder;

  @Test
  void everyDifferentLineIsInOneSetAndBlankOnesAreCounted() {
    TextOptions options = Texts.options(write("\uFEFFone\r\n\r\ntwo two\r\n \r\n3 3 3\r\none\r\n"));
    assertThat(sequences(options)).containsExactlyInAnyOrder("one", "two two", "3 3 3");
    assertThat(open(options).data().provenance())
        .contains(
            "1 file with 6 lines, 2 of them blank and skipped",
            "4 sequences, 1 that repeats another removed",
            "1 for training, 1 for validation, 1 for test");
  }

  @Test
  void aLineEndsWithTheEndTokenWhereItIsShorterThanALongOne() {
    Task task = open(Texts.options(write("a\na b\na b c\na b c d e f g h\n")));
    List<Integer> lengths = new ArrayList<>();
    for (Sequences set : sets(task)) {
      for (int i = 0; i < set.count(); i++) {
        lengths.add(set.length(i));
      }
    }
    assertThat(lengths).containsExactlyInAnyOrder(2, 3, 4, 8);
  }

  @Test
  void aLongLineIsAnErrorUnlessSaidOtherwise() {
    Path file = write("a b\nb c\nc d\na b c d e f g h i\n");
    assertError(
        () -> open(Texts.options(file)),
        "lines.txt, line 4: 9 tokens, expected at most sequence-length 8");
    TextOptions leaveOut =
        Texts.options(file, TextUnit.LINES, Tokens.WORDS, 8, Longer.LEAVE_OUT, 100);
    assertThat(sequences(leaveOut)).containsExactlyInAnyOrder("a b", "b c", "c d");
    assertThat(open(leaveOut).data().provenance())
        .contains("4 lines, 1 of them longer than 8 tokens and left out");
    TextOptions split = Texts.options(file, TextUnit.LINES, Tokens.WORDS, 8, Longer.SPLIT, 100);
    assertThat(sequences(split)).contains("a b c d e f g h", "i");
    assertThat(open(split).data().provenance())
        .contains("4 lines, 1 of them longer than 8 tokens and split into 2 sequences");
  }

  @Test
  void paragraphsArePartedByBlankLinesAndByFiles() {
    Texts.write(folder.resolve("a.txt"), "one\ntwo\n\nthree\n");
    Texts.write(folder.resolve("b.txt"), "four\nfive six");
    Texts.write(folder.resolve("c.md"), "not read");
    TextOptions options =
        Texts.options(folder, TextUnit.PARAGRAPHS, Tokens.WORDS, 8, Longer.ERROR, 100);
    assertThat(sequences(options)).containsExactlyInAnyOrder("one two", "three", "four five six");
    assertThat(open(options).data().provenance())
        .contains("2 files with 6 lines, 1 of them blank and skipped");
  }

  @Test
  void ofMoreSequencesSomeAreDrawnTheSameForEverySeedOfARun() {
    Path file = write(Texts.lines(2000, 3));
    TextOptions few = Texts.options(file, TextUnit.LINES, Tokens.WORDS, 8, Longer.ERROR, 50);
    Task task = open(few);
    assertThat(task.data().provenance())
        .anySatisfy(
            line ->
                assertThat(line).startsWith("2,000 sequences, of which 50 were drawn at random"));
    assertThat(task.data().training()).isEqualTo(open(few, 2).data().training());
  }

  @Test
  void aSequenceMayBeOneToken() {
    Path file = write("a\nb\nc\nd\n");
    Task task = open(Texts.options(file, TextUnit.LINES, Tokens.BPE, 1, Longer.ERROR, 100));
    assertThat(task.data().sequenceLength()).isEqualTo(1);
    assertThat(task.data().metrics()).containsExactly("nll-gen");
    assertThat(task.data().training().length(0)).isEqualTo(1);
  }

  @Test
  void aCharacterIsWhatAReaderSeesAndIsShownAsItWas() {
    String line = "👩‍🚀 é नी م";
    Path file = write(line + "\n1 " + line + "\n2 " + line + "\n3 " + line + "\n");
    Task task = open(Texts.options(file, TextUnit.LINES, Tokens.CHARACTERS, 9, Longer.ERROR, 100));
    assertThat(task.show(task.data().training().row(0))).endsWith(line);
  }

  @Test
  void aWordThatTrainingDoesNotHaveIsUnknown() {
    Task task = open(Texts.options(write("one\ntwo two\nthree three three\n")));
    assertThat(task.show(task.data().test().row(0))).matches("<unk>( <unk>)*");
    assertThat(task.show(task.data().training().row(0)))
        .isIn("one", "two two", "three three three");
    assertThat(task.data().provenance())
        .contains("vocabulary: 3 words and marks; 0 of 3 training tokens are <unk>");
  }

  @Test
  void linesThatDifferInUnknownWordsAloneAreInOneSet() {
    StringBuilder text = new StringBuilder();
    for (int i = 32; i < 64; i++) {
      text.append("a ").append(i).append('\n');
      text.append(
          Integer.toBinaryString(i).replaceAll("", " ").replace('0', 'a').replace('1', 'b'));
      text.append('\n');
    }
    Task task = open(Texts.vocabulary(write(text.toString()), Tokens.WORDS, 4));
    List<Set<String>> sets = sets(task).stream().map(set -> shown(task, set)).toList();
    assertThat(sets.get(0)).contains("a <unk>").doesNotContainAnyElementsOf(sets.get(1));
    assertThat(sets.get(2))
        .doesNotContainAnyElementsOf(sets.get(0))
        .doesNotContainAnyElementsOf(sets.get(1));
    assertThat(task.data().provenance())
        .contains(
            "64 sequences, 0 that repeat another removed",
            "52 for training, 4 for validation, 3 for test; removed from validation and test: 5 that differ from one of an earlier set in <unk> alone");
  }

  private static Set<String> shown(Task task, Sequences set) {
    return IntStream.range(0, set.count())
        .mapToObj(i -> task.show(set.row(i)))
        .collect(Collectors.toSet());
  }

  @Test
  void dataThatCannotBeUsedAreAClearError() {
    assertError(
        () -> open(Texts.options(write("same\nsame\nsame\n"))),
        "expected at least 3 different sequences, for training, validation and test, found 1 in 3 lines");
    assertError(
        () -> open(Texts.options(write("one\ntwo\nthree\n"))),
        "expected at least one sequence for test that no other set has, found none once rare tokens are <unk>");
    assertError(() -> open(Texts.options(write(""))), "found 0 in 0 lines: give more data");
    assertError(() -> open(Texts.options(folder.resolve("none.txt"))), "none.txt is neither");
    assertError(() -> open(Texts.options(write("a\nb\0\n"))), "line 2, byte 0x00 (number 2");
    Path empty = folder.resolve("empty");
    assertThat(empty.toFile().mkdir()).isTrue();
    assertError(() -> open(Texts.options(empty)), "has no file that ends in .txt");
  }

  private Path write(String text) {
    return Texts.write(folder.resolve("lines.txt"), text);
  }

  private static void assertError(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(UserException.class).hasMessageContaining(message);
  }

  private static Task open(TextOptions options) {
    return open(options, 1);
  }

  private static Task open(TextOptions options, long seed) {
    return new TextTaskProvider().open(DataContext.offline(seed), options);
  }

  private static List<Sequences> sets(Task task) {
    return List.of(task.data().training(), task.data().validation(), task.data().test());
  }

  /** The tokens of all sequences, with spaces between. */
  private static List<String> sequences(TextOptions options) {
    List<Path> files = TextLines.files(options.data(), options.fileEnding());
    Split<String> split = TextSample.draw(files, TextLayout.of(options, files), options).split();
    return Stream.of(split.training(), split.validation(), split.test())
        .flatMap(List::stream)
        .map(sequence -> String.join(" ", TextSample.tokens(sequence)))
        .toList();
  }

  @Test
  void aBeginningIsReadAsTheDataAreAndNothingStandsInForAToken() {
    Path file = write("the old man\nthe old dog\nthe man\nold dog\n");
    Task words = open(Texts.options(file));
    int[] read = words.read("  the   old").orElseThrow();
    assertThat(words.show(read)).isEqualTo("the old");
    assertThatThrownBy(() -> words.read("the older"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("token 2, 'older', is not in the vocabulary of");
    Task characters =
        open(Texts.options(file, TextUnit.LINES, Tokens.CHARACTERS, 16, Longer.ERROR, 100));
    assertThat(characters.read("the ").orElseThrow()).hasSize(4);
  }
}
