package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.TextLines;
import org.seqgan.testkit.DataContext;

/** A column of a table in place of lines. */
class TextTableTest {
  private static final String TABLE =
      "id,text,label\n1,\"one, \"\"two\"\"\",x\n2,\"three\nfour\",y\n3,,z\n";

  @TempDir private Path folder;

  @Test
  void aColumnIsChosenByItsNameOrItsNumber() {
    assertThat(texts(table("t.csv", TABLE, "text")))
        .containsExactly("one, \"two\"", "three\nfour", "");
    assertThat(texts(table("t.csv", TABLE, "2")))
        .containsExactly("one, \"two\"", "three\nfour", "");
    assertThat(texts(table("t.csv", TABLE, "3"))).containsExactly("x", "y", "z");
    assertThat(texts(Texts.table(write("t.csv", "1,a\n2,b\n"), TextFormat.CSV, "2", false)))
        .containsExactly("a", "b");
  }

  @Test
  void aNameThatIsANumberComesBeforeTheNumber() {
    assertThat(texts(table("t.csv", "2,1\na,b\nc,d\n", "2"))).containsExactly("a", "c");
  }

  @Test
  void theFormatIsToldByTheFirstFileWhereNobodySaysIt() {
    assertThat(texts(table("t.tsv", "id\ttext\n1\ta b\n2\tc\n", "text")))
        .containsExactly("a b", "c");
    assertThat(texts(table("t.csv", "id;text\n1;a,b\n2;c\n", "text"))).containsExactly("a,b", "c");
    assertThat(texts(table("t.jsonl", "{\"id\":1,\"text\":\"a\"}\r\r{\"text\":null}\r", "text")))
        .containsExactly("a", "");
    assertError(
        table("t.txt", "just\nsome\ntext\n", "text"),
        Kind.CONFIGURATION,
        "t.txt: expected a table, since task.column is 'text', and cannot tell which from its name and first lines; choose task.format, such as csv or json-lines");
  }

  @Test
  void eachFileOfAFolderHasItsOwnHeader() {
    write("a.txt", "id,text\n1,a\n2,b\n");
    write("b.txt", "text,id\nc,3\n");
    assertThat(texts(Texts.table(folder, TextFormat.CSV, "text", true)))
        .containsExactly("a", "b", "c");
    write("c.txt", "id,words\n1,a\n");
    assertError(
        Texts.table(folder, TextFormat.CSV, "text", true),
        Kind.DATA,
        "c.txt, line 1: expected a column 'text' (task.column), found id, words, numbers from 1 to 2");
  }

  @Test
  void aWrongColumnIsAnErrorThatNamesTheColumns() {
    assertError(
        table("t.csv", TABLE, "txt"),
        Kind.DATA,
        "t.csv, line 1: expected a column 'txt' (task.column), found id, text, label, numbers from 1 to 3");
    assertError(table("t.csv", TABLE, "4"), Kind.DATA, "expected a column '4'");
    assertError(table("t.csv", TABLE, "0"), Kind.DATA, "expected a column '0'");
    assertError(
        Texts.table(write("n.csv", "a,b\nc,d\n"), TextFormat.CSV, "a", false),
        Kind.DATA,
        "n.csv, line 1: expected a column 'a' (task.column), found numbers from 1 to 2");
    assertError(
        table("t.csv", "text,text\na,b\n", "text"),
        Kind.DATA,
        "t.csv, line 1: 2 columns are called 'text'; choose one of text, text by its number, from 1 to 2");
    assertError(
        table("t.jsonl", "{\"text\":\"a\"}\n{\"txt\":\"b\"}\n", "text", TextFormat.JSON_LINES),
        Kind.DATA,
        "t.jsonl, line 2: expected a column 'text' (task.column), found txt");
    assertError(
        table("t.jsonl", "{\"text\":\"a\"}\n{\"text\":[\"b\"]}\n", "text", TextFormat.JSON_LINES),
        Kind.DATA,
        "t.jsonl, line 2: expected a string for \"text\", found an array");
    assertError(
        table("t.jsonl", "{\"text\":\"a\"}\n{}\n", "text", TextFormat.JSON_LINES),
        Kind.DATA,
        "t.jsonl, line 2: expected a column 'text' (task.column), found none");
  }

  @Test
  void aTableThatIsNoneIsAnErrorWithItsLine() {
    assertError(
        table("t.csv", "id,text\n1,a\n2\n", "text", TextFormat.CSV),
        Kind.DATA,
        "t.csv, line 3: 1 field, expected 2 as in line 1");
    assertError(
        table("t.csv", "id,text\n1,\"a\n2,b\n", "text", TextFormat.CSV),
        Kind.DATA,
        "t.csv, line 2: a field begins with a quote here that is not closed before the file ends");
    assertError(
        table("t.jsonl", "{\"text\":\"a\"}\nb\n", "text", TextFormat.JSON_LINES),
        Kind.DATA,
        "t.jsonl, line 2, column 1: expected an object of JSON");
  }

  @Test
  void aColumnHasToBeChosen() {
    TextOptions options = Texts.format(write("t.csv", TABLE), TextFormat.CSV);
    assertError(
        options,
        Kind.CONFIGURATION,
        "t.csv: task.format is csv, expected a column of it in task.column, one of id, text, label");
    assertThatThrownBy(() -> Texts.table(folder, TextFormat.TEXT, "text", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column is 'text', and format is text, which has none; choose the format of a table");
    assertThatThrownBy(() -> Texts.table(folder, TextUnit.PARAGRAPHS, TextFormat.CSV, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unit is paragraphs, which a table does not have; with a column take unit = lines");
  }

  @Test
  void trainingSaysWhatItReads() {
    Task task = open(Texts.table(Texts.resource("15-table.csv"), TextFormat.AUTO, "text", true));
    assertThat(task.data().provenance())
        .contains(
            "column text of a table (csv, the first record is its header)",
            "1 file with 61 lines",
            "60 records, none of them longer than 100 tokens",
            "60 sequences, 0 that repeat another removed");
    assertThat(task.show(task.data().training().row(0))).matches("[a-z ]+\\., “so” they say");
  }

  @Test
  void trainingSaysThatLinesLookLikeATable() {
    Path file = Texts.resource("15-table.csv");
    assertThat(open(Texts.format(file, TextFormat.AUTO)).data().provenance())
        .contains(
            "looks like a table (csv) with the columns id, text, label, and is read as lines of text; choose a column with task.column, or say task.format=text");
    assertThat(open(Texts.format(file, TextFormat.TEXT)).data().provenance())
        .noneMatch(line -> line.contains("table ("));
  }

  @Test
  void aColumnGivesTheSameSequencesAsTheSameTextsInLines() {
    StringBuilder table = new StringBuilder("id\ttext\n");
    String lines = Texts.lines(100, 5);
    lines.lines().forEach(line -> table.append("1\t\"").append(line).append("\"\n"));
    Task fromTable = open(table("t.tsv", table.toString(), "text"));
    Task fromLines =
        open(
            Texts.options(
                write("t.txt", lines), TextUnit.LINES, Tokens.WORDS, 100, Longer.ERROR, 100_000));
    assertThat(fromTable.data().training()).isEqualTo(fromLines.data().training());
    assertThat(fromTable.data().test()).isEqualTo(fromLines.data().test());
  }

  private static Task open(TextOptions options) {
    return new TextTaskProvider().open(DataContext.offline(1), options);
  }

  private TextOptions table(String name, String text, String column) {
    return table(name, text, column, TextFormat.AUTO);
  }

  private TextOptions table(String name, String text, String column, TextFormat format) {
    return Texts.table(write(name, text), format, column, true);
  }

  private Path write(String name, String text) {
    return Texts.write(folder.resolve(name), text);
  }

  private static void assertError(TextOptions options, Kind kind, String message) {
    assertThatThrownBy(() -> texts(options))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  private static List<String> texts(TextOptions options) {
    List<Path> files = TextLines.files(options.data(), options.fileEnding());
    List<String> texts = new ArrayList<>();
    Passages.read(files, TextLayout.of(options, files), passage -> texts.add(passage.text()));
    return texts;
  }
}
