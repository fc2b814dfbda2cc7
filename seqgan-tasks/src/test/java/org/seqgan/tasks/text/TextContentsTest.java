package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileContents.LeftOut;

/** What {@code seqgan data show} says of text. */
class TextContentsTest {
  @TempDir private Path folder;

  @Test
  void sequencesAreInTheOrderOfTheFileAndWhatIsInNoneIsNamed() {
    Path file = write("a b\r\r\u200B\rc\na b c d e f g h i\n \r\na b\n");
    assertThat(read(Texts.options(file)))
        .isEqualTo(
            new FileContents.TokenSequences(
                List.of(List.of("a", "b"), List.of("c")),
                List.of(
                    at(file, 2, "blank"),
                    at(file, 3, "no visible character"),
                    at(
                        file,
                        5,
                        "9 tokens, expected at most sequence-length 8; training stops here (longer = error)"),
                    at(file, 6, "blank"),
                    at(file, 7, "repeats the sequence of %s, line 1".formatted(file)))));
  }

  @Test
  void longOnesAreCutOrLeftOutAsInTraining() {
    Path file = write("a b c d\ne\n");
    assertThat(read(Texts.options(file, TextUnit.LINES, Tokens.WORDS, 3, Longer.LEAVE_OUT, 3)))
        .isEqualTo(
            new FileContents.TokenSequences(
                List.of(List.of("e")),
                List.of(at(file, 1, "4 tokens, expected at most sequence-length 3"))));
    assertThat(read(Texts.options(file, TextUnit.LINES, Tokens.WORDS, 3, Longer.SPLIT, 3)))
        .isEqualTo(
            new FileContents.TokenSequences(
                List.of(List.of("a", "b", "c"), List.of("d"), List.of("e")), List.of()));
  }

  @Test
  void blankLinesBetweenParagraphsAreNotLeftOut() {
    Path file = write("a\nb\n\n\nc\n");
    assertThat(read(Texts.options(file, TextUnit.PARAGRAPHS, Tokens.WORDS, 3, Longer.ERROR, 3)))
        .isEqualTo(
            new FileContents.TokenSequences(List.of(List.of("a", "b"), List.of("c")), List.of()));
  }

  @Test
  void ofATableTheColumnIsShown() {
    Path file = Texts.write(folder.resolve("t.csv"), "id,text\n1,\"a, b\"\n\n2,\n");
    assertThat(read(Texts.table(file, TextFormat.AUTO, "text", true)))
        .isEqualTo(
            new FileContents.TokenSequences(
                List.of(List.of("a", ",", "b")),
                List.of(
                    at(file, 1, "the header of the table"),
                    at(file, 3, "blank"),
                    new LeftOut(file + ", line 4, field text", "no visible character"))));
  }

  @Test
  void theSmallInputsAreReadAsTheyAreMeant() {
    FileContents.TokenSequences returns =
        sequences(Texts.options(Texts.resource("12-cr-line-ends.txt")));
    assertThat(returns.sequences()).hasSize(60);
    assertThat(returns.sequences().get(59))
        .isEqualTo(List.of("runs", "house", "a", "likes", "dog", "."));
    FileContents.TokenSequences molecules =
        sequences(Texts.pattern(Texts.resource("13-smiles.smi"), Tokens.PATTERN, Smiles.PATTERN));
    assertThat(molecules.sequences()).hasSize(206);
    assertThat(molecules.sequences().get(2))
        .isEqualTo(List.of("C", "#", "N", "C", "#", "N", "c", "1", "c", "c", "c", "c", "c", "1"));
    FileContents.TokenSequences table =
        sequences(Texts.table(Texts.resource("15-table.csv"), TextFormat.AUTO, "text", true));
    assertThat(table.sequences()).hasSize(60);
    assertThat(String.join(" ", table.sequences().get(0)))
        .isEqualTo("house blue cat sees . , “ so ” they say");
    assertThat(table.leftOut()).hasSize(1);
  }

  @Test
  void aLineInWhichThePatternLeavesACharacterIsAnErrorWithItsColumn() {
    Path file = write("CCO\nC C\n");
    assertThatThrownBy(() -> read(Texts.pattern(file, Tokens.PATTERN, Smiles.PATTERN)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ", line 2, column 2: U+0020 is in no token; expected task.pattern to match every character: add an alternative, such as |. for any other");
    assertThatThrownBy(() -> Texts.pattern(file, Tokens.WORDS, "C|."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pattern is given, and tokens is words; choose tokens = pattern");
  }

  @Test
  void filesForOtherTasksAreNotReadAsText() throws IOException {
    assertThat(reader("a.mid", "MThd")).isEmpty();
    assertThat(reader("a.pkl", "404: Not Found")).isEmpty();
    assertThat(reader("a.safetensors", "no text")).isEmpty();
    assertThat(reader("a.smi", "CCO")).isPresent();
    assertThatThrownBy(() -> reader("a.txt", "%PDF-1.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.txt: expected text in UTF-8, found a PDF document");
  }

  private Optional<DataReader<TextOptions>> reader(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return new TextTaskProvider().reader(TextContentsTest::noSafetensors, file);
  }

  private static NamedArrays noSafetensors(Path file) {
    throw new AssertionError("text has no arrays");
  }

  private static LeftOut at(Path file, int line, String why) {
    return new LeftOut("%s, line %d".formatted(file, line), why);
  }

  private static FileContents.TokenSequences sequences(TextOptions options) {
    return (FileContents.TokenSequences) read(options);
  }

  private static FileContents read(TextOptions options) {
    return new TextTaskProvider()
        .reader(TextContentsTest::noSafetensors, options.data())
        .orElseThrow()
        .read(options);
  }

  private Path write(String text) {
    return Texts.write(folder.resolve("lines.txt"), text);
  }
}
