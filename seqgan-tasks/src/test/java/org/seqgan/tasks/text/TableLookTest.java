package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;

class TableLookTest {
  @TempDir private Path folder;

  @Test
  void theNameAndOneDelimiterMakeATable() {
    assertTable("t.csv", "a,b\none,two\n", TextFormat.CSV, true, "a", "b");
    assertTable("t.CSV", "1;x y\n2;z\n", TextFormat.CSV_SEMICOLON, false, "1", "2");
    assertTable("t.tsv", "id\ttext\n1\tsome words\n", TextFormat.TSV, true, "id", "text");
    assertTable(
        "t.tab", "id\ttext\n1\tsay \"no\" twice\n", TextFormat.TSV_UNQUOTED, true, "id", "text");
    assertTable("t.csv", "a\tb\n1\t2\n", TextFormat.TSV, true, "a", "b");
    assertTable("t.csv", "text\n\"a, b\"\n\"c\"\n", TextFormat.CSV, false, "1");
  }

  @Test
  void anyOtherNameNeedsMoreRecordsAndASign() {
    assertTable("t.txt", rows("%d\tsome words"), TextFormat.TSV, false, "1", "2");
    assertTable("t.txt", "no,word\n" + rows("%d,some words"), TextFormat.CSV, true, "no", "word");
    assertTable("t.txt", rows("\"%d\",\"a, b\""), TextFormat.CSV, false, "1", "2");
    assertThat(look("t.txt", "1,a\n2,b\n3,c\n")).as("few").isEmpty();
    assertThat(look("t.txt", rows("red and white, %d of them"))).as("prose").isEmpty();
    assertThat(look("t.txt", rows("one; two, three"))).as("prose").isEmpty();
  }

  @Test
  void whatHasNotTheSameNumberOfFieldsIsNone() {
    assertThat(look("t.csv", "a,b\none\n")).isEmpty();
    assertThat(look("t.csv", "one\ntwo\n")).as("one column without quotes").isEmpty();
    assertThat(look("t.csv", "a,b\n")).as("one record").isEmpty();
    assertThat(look("t.csv", "")).isEmpty();
    assertThat(look("t.txt", "a line\nanother line\n".repeat(10))).isEmpty();
  }

  @Test
  void objectsInLinesAreATableOfTheirMembers() {
    assertTable(
        "t.txt",
        "{\"id\": 1, \"a\": \"x\", \"text\": \"long\"}\n\n{\"id\": 2, \"text\": \"words\", \"b\": \"very long words\"}\n",
        TextFormat.JSON_LINES,
        true,
        "id",
        "a",
        "text",
        "b");
    assertThat(look("t.txt", "{\"text\": \"a\"}\n{\"text\": null}\n"))
        .map(TableLook::column)
        .contains("text");
    assertThat(look("t.jsonl", "{\"id\": 1}\n")).as("no strings").isEmpty();
    assertThat(look("t.jsonl", "{\"a\": \"x\"}\n{\"a\": }\n")).as("no JSON").isEmpty();
  }

  @Test
  void theColumnIsTheOneWithTheLongestTextsAndNumbersAreNone() {
    assertThat(look("t.csv", "id,text,x\n12345678901234567890,ab,a\n23456789012345678901,cd,b\n"))
        .hasValueSatisfying(
            look -> {
              assertThat(look.column()).isEqualTo("text");
              assertThat(look.length()).isEqualTo(2);
              assertThat(look.description())
                  .isEqualTo("a table (csv) with the columns id, text, x");
            });
    assertThat(look("t.csv", "1,ab\n2,cd\n").orElseThrow().description())
        .isEqualTo("a table (csv, without a header) with the columns 1, 2");
  }

  @Test
  void manyColumnsAreNotAllShown() {
    String row = IntStream.range(0, 30).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    assertThat(look("t.csv", row + "\n" + row.replace("c", "")).orElseThrow().columnList())
        .endsWith("c18, c19 and 10 more");
  }

  @Test
  void aRecordThatGoesOnBeyondTheFirstLinesDoesNotMatter() {
    String text = "id,text\n" + "1,word\n".repeat(198) + "2,\"begins\nends\"\n";
    assertThat(look("t.csv", text)).map(TableLook::columns).contains(List.of("id", "text"));
  }

  @Test
  void whatIsNoTextIsAnError() {
    assertThatThrownBy(() -> look("t.csv", "a,b\n1,\0\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv, line 2, byte 0x00");
  }

  private void assertTable(
      String name, String text, TextFormat format, boolean header, String... columns) {
    assertThat(look(name, text))
        .as(name)
        .hasValueSatisfying(
            look -> {
              assertThat(look.format()).isEqualTo(format);
              assertThat(look.header()).as("header").isEqualTo(header);
              assertThat(look.columns()).containsExactly(columns);
            });
  }

  private Optional<TableLook> look(String name, String text) {
    return TableLook.at(Texts.write(folder.resolve(name), text));
  }

  private static String rows(String row) {
    return IntStream.range(0, 8)
        .mapToObj(i -> row.formatted(i) + "\n")
        .collect(Collectors.joining());
  }
}
