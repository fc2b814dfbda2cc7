package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Proposal;

class TextProposalTest {
  @TempDir private Path folder;

  @Test
  void shortLinesAreTakenAsTheyAre() {
    Proposal proposal = propose("lines.txt", Texts.lines(100, 1));
    assertThat(Texts.choices(proposal))
        .containsEntry("data", folder.resolve("lines.txt").toString())
        .containsEntry("unit", "lines")
        .containsEntry("tokens", "words")
        .containsEntry("longer", "error")
        .containsEntry("minimum-count", 2)
        .doesNotContainKeys("letter-case", "file-ending");
    assertThat(proposal.sequenceLength()).isEqualTo(7);
    assertThat(proposal.findings())
        .contains(
            "1 file with 100 lines",
            "encoding: UTF-8 (all of it ASCII); letters: Latin 100%",
            "only %d sequences to learn from: expect copies of them (score copied)"
                .formatted(proposal.trainingSequences()));
  }

  @Test
  void aFewLongLinesAreLeftOutAndManyAreSplit() {
    String few = Texts.lines(97, 1) + "word ".repeat(60) + "\n" + "other ".repeat(50) + "\n";
    assertThat(choices("few.txt", few)).containsEntry("longer", "leave-out");
    String many = IntStream.range(0, 40).mapToObj(i -> longLine(i)).collect(Collectors.joining());
    assertThat(choices("many.txt", many))
        .containsEntry("longer", "split")
        .containsEntry("sequence-length", 32);
  }

  @Test
  void oneLongLineIsCutIntoSequences() {
    String text = Texts.lines(300, 5).replace('\n', ' ');
    Proposal proposal = propose("one.txt", text);
    assertThat(Texts.choices(proposal))
        .containsEntry("longer", "split")
        .containsEntry("tokens", "words");
    assertThat(proposal.trainingSequences()).isGreaterThan(30);
  }

  @Test
  void filledLinesWithBlankOnesBetweenAreParagraphs() {
    StringBuilder page = new StringBuilder();
    RandomStream stream = RandomStream.of(4);
    for (int i = 0; i < 30; i++) {
      StringBuilder line = new StringBuilder();
      for (int lines = 0; lines < 3; ) {
        line.append(Texts.line(stream)).append(' ');
        if (line.length() > 60) {
          page.append(line).append('\n');
          line.setLength(0);
          lines++;
        }
      }
      page.append("the end.\n\n");
    }
    assertThat(choices("page.txt", page.toString())).containsEntry("unit", "paragraphs");
    assertThat(choices("verse.txt", Texts.lines(40, 1).replaceAll("(?m)(.*\\n.*\\n)", "$1\n")))
        .containsEntry("unit", "lines");
  }

  @Test
  void scriptsWithoutSpacesAreTakenAsCharacters() {
    String chinese = words(200, "山水天風月花鳥雲雨雪", 5, "");
    assertThat(choices("zh.txt", chinese)).containsEntry("tokens", "characters");
    assertThat(choices("th.txt", words(200, "กขคงจฉชซ", 8, "")))
        .containsEntry("tokens", "characters");
    assertThat(choices("spaced.txt", words(200, "山水天風月花鳥雲雨雪", 5, " ")))
        .as("corpora that have a space after each character")
        .containsEntry("tokens", "words");
  }

  @Test
  void wordsThatHardlyRepeatAreTakenAsCharacters() {
    Map<String, Object> choices = choices("names.txt", words(300, "abcdefghijklm", 6, ""));
    assertThat(choices).containsEntry("tokens", "characters").containsEntry("minimum-count", 2);
    assertThat(choices("rare.txt", "a\nb\nc\nd\ne\n")).containsEntry("minimum-count", 1);
  }

  @Test
  void moleculesAreTakenApartByTheirPattern() {
    Proposal proposal = Texts.propose(Texts.resource("13-smiles.smi"));
    assertThat(Texts.choices(proposal))
        .containsEntry("tokens", "pattern")
        .containsEntry("sequence-length", 32)
        .doesNotContainKey("letter-case");
    assertThat(reason(proposal, "tokens"))
        .isEqualTo(
            "the default pattern: Cl, Br, %12 and what stands in brackets are one token each");
    assertThat(proposal.findings())
        .contains("1 file with 206 lines")
        .anySatisfy(
            line -> assertThat(line).startsWith("looks like molecules in SMILES, whose tokens"));
  }

  @Test
  void linesWithoutASpaceAreTakenAsCharacters() {
    Proposal proposal = propose("names.txt", words(300, "abcdefghijklm", 6, ""));
    assertThat(Texts.choices(proposal)).containsEntry("tokens", "characters");
    assertThat(reason(proposal, "tokens")).isEqualTo("no line has a space in it");
  }

  @Test
  void manyWordsThatHardlyRepeatAreTakenAsBytesAndPairs() {
    String rare = words(60_000, "abcdefghijklm", 6, "");
    List<String> all = rare.lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.size(); i += 20) {
      text.append(String.join(" ", all.subList(i, i + 20))).append(".\n");
    }
    Proposal proposal = propose("rare-words.txt", text.toString());
    assertThat(Texts.choices(proposal))
        .containsEntry("tokens", "bpe")
        .containsEntry("minimum-count", 2)
        .containsEntry("maximum-vocabulary", 2000);
    assertThat(reason(proposal, "tokens"))
        .matches("as words, [0-9.]+% of the training data would become <unk>");
    assertThat(proposal.vocabularySize()).isEqualTo(2000);
    assertThat(proposal.findings())
        .anySatisfy(line -> assertThat(line).startsWith("length in bytes and pairs: "));
  }

  @Test
  void wordsThatRepeatAreTakenAsCharactersTooWhereHardlyALineHasASpace() {
    String alone = "alpha\nbeta\ngamma\n".repeat(30);
    Proposal few = propose("few.txt", alone + "alpha beta\nbeta gamma\ndelta\n");
    assertThat(Texts.choices(few)).containsEntry("tokens", "characters");
    assertThat(reason(few, "tokens")).isEqualTo("only 2 of 93 lines have a space in them");
    assertThat(few.findings())
        .contains(
            "tokens of several characters can be described: tokens = pattern, and a regular expression as pattern");
    assertThat(choices("many.txt", Texts.lines(60, 1) + alone)).containsEntry("tokens", "words");
  }

  @Test
  void linesMayEndInReturns() {
    Proposal proposal = Texts.propose(Texts.resource("12-cr-line-ends.txt"));
    assertThat(proposal.findings()).contains("1 file with 60 lines");
    assertThat(proposal.sequenceLength()).isEqualTo(7);
  }

  @Test
  void separatorsThatEndNoLineAndLostCharactersAreSaid() {
    String text = Texts.lines(40, 1) + "a\u2028b\u0085c\u2029d e\n" + "los\uFFFDt it\n";
    assertThat(propose("odd.txt", text).findings())
        .contains(
            "1 file with 42 lines; 3 characters that end no line here (U+0085, U+2028, U+2029), taken as white space; 1 character that an earlier conversion lost (U+FFFD)");
  }

  @Test
  void aTableIsSaidToBeOneAndTheColumnWithTheLongestTextsIsTaken() {
    Proposal proposal = Texts.propose(Texts.resource("15-table.csv"));
    assertThat(proposal.findings())
        .startsWith(
            "looks like a table (csv) with the columns id, text, label; read is column text",
            "1 file with 61 lines",
            "60 records, none of them longer than 13 tokens");
    assertThat(Texts.choices(proposal))
        .containsEntry("format", "csv")
        .containsEntry("column", "text")
        .containsEntry("header", true)
        .containsEntry("unit", "lines")
        .containsEntry("tokens", "words");
    assertThat(reason(proposal, "unit")).isEqualTo("each record by itself");
  }

  @Test
  void aTableOfCharactersIsLookedAtByItsColumn() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"id\": %d, \"poem\": \"春水%d绕村流\"}\n".formatted(i, i))
            .collect(Collectors.joining());
    assertThat(choices("poems.jsonl", rows))
        .containsEntry("format", "json-lines")
        .containsEntry("column", "poem")
        .containsEntry("tokens", "characters")
        .doesNotContainKey("header");
  }

  @Test
  void aDocumentOfJsonIsReadAsLinesAndSaidToBeOne() {
    String document =
        "[\n" + "  {\"text\": \"a b c\"},\n".repeat(30) + "  {\"text\": \"d e\"}\n]\n";
    assertThat(propose("all.json", document).findings())
        .contains(
            "looks like one document of JSON, and is read as lines of text; to read a member of its objects, write an object a line (JSON lines)");
  }

  @Test
  void aByteThatTextDoesNotHaveIsNamedWithItsLine() {
    assertThatThrownBy(() -> Texts.propose(Texts.resource("14-nul-byte.txt")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("14-nul-byte.txt, line 51, byte 0x00 (number 8 of the line)");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    Path picture = Files.write(folder.resolve("a.txt"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertThatThrownBy(() -> Texts.propose(picture))
        .isInstanceOf(UserException.class)
        .hasMessage(picture + ": expected text in UTF-8, found a PNG image");
    assertThatThrownBy(() -> Texts.propose(folder))
        .as("the text of the folder")
        .hasMessageContaining("a.txt: expected text in UTF-8, found a PNG image");
  }

  @Test
  void inAFolderTheTextIsFound() throws IOException {
    Files.writeString(folder.resolve("a.txt"), Texts.lines(50, 1));
    Files.writeString(folder.resolve("b.TXT"), Texts.lines(50, 2));
    Files.write(folder.resolve("c.png"), new byte[] {0, 1, 2});
    Files.writeString(folder.resolve(".hidden"), "hidden");
    Proposal proposal = Texts.propose(folder);
    assertThat(Texts.choices(proposal)).containsEntry("file-ending", ".txt");
    assertThat(proposal.findings()).contains("2 files with 100 lines");
    assertThat(proposal.choices().toString()).contains("2 files of the folder; 1 others");
  }

  @Test
  void withoutTxtTheEndingOfMostFilesIsTaken() throws IOException {
    Files.writeString(folder.resolve("a.md"), Texts.lines(50, 1));
    Files.writeString(folder.resolve("b.md"), Texts.lines(50, 2));
    Files.writeString(folder.resolve("c.rst"), Texts.lines(50, 3));
    assertThat(Texts.choices(Texts.propose(folder))).containsEntry("file-ending", ".md");
  }

  @Test
  void musicIsDeclinedAndAFolderWithoutText() throws IOException {
    for (String name : new String[] {"a.mid", "b.MIDI", "c.abc"}) {
      assertThat(Texts.tryToPropose(Files.writeString(folder.resolve(name), "X:1\n"))).isEmpty();
    }
    Files.writeString(folder.resolve("LICENSE"), "of the tunes\n");
    assertThat(Texts.tryToPropose(folder)).as("more music than text").isEmpty();
    assertThat(Texts.tryToPropose(Files.createDirectory(folder.resolve("none")))).isEmpty();
  }

  @Test
  void textOfWhichNothingCanBeMadeIsAClearError() throws IOException {
    assertError("", "expected lines of text, found none that is not blank");
    assertError(" \n\n", "expected lines of text, found none that is not blank");
    assertError("same\n".repeat(9), "found 1 in 9 lines");
    assertError("just one line", "found 1 in 1 line: give more data");
    assertError("\u200B\n", "found no visible character");
    Path wide = folder.resolve("wide.txt");
    Files.write(wide, "\uFEFFwide\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> Texts.propose(wide))
        .hasMessageContaining("found text in UTF-16; convert it");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "ok\ncaf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Texts.propose(latin)).hasMessageContaining("latin.txt, line 2");
  }

  private void assertError(String text, String message) {
    assertThatThrownBy(() -> propose("bad.txt", text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bad.txt: ")
        .hasMessageContaining(message);
  }

  private Proposal propose(String name, String text) {
    return Texts.propose(Texts.write(folder.resolve(name), text));
  }

  private static String reason(Proposal proposal, String key) {
    return proposal.choices().stream()
        .filter(choice -> choice.key().equals(key))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private Map<String, Object> choices(String name, String text) {
    return Texts.choices(propose(name, text));
  }

  private static String longLine(int seed) {
    return Texts.lines(20, seed).replace('\n', ' ') + "\n";
  }

  private static String words(int lines, String alphabet, int length, String between) {
    RandomStream stream = RandomStream.of(11);
    return IntStream.range(0, lines)
        .mapToObj(
            i ->
                IntStream.range(0, length)
                    .mapToObj(j -> alphabet.substring(j = stream.nextInt(alphabet.length()), j + 1))
                    .collect(Collectors.joining(between)))
        .collect(Collectors.joining("\n"));
  }
}
