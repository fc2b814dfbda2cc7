package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;

class DelimitedTest {
  /** The examples of RFC 4180, section 2, rules 1 to 7. */
  @Test
  void theExamplesOfTheStandardAreReadAsItSays() {
    assertThat(rows(TextFormat.CSV, "aaa,bbb,ccc\nzzz,yyy,xxx"))
        .containsExactly(List.of("aaa", "bbb", "ccc"), List.of("zzz", "yyy", "xxx"));
    assertThat(rows(TextFormat.CSV, "\"aaa\",\"bbb\",\"ccc\"\nzzz,yyy,xxx"))
        .containsExactly(List.of("aaa", "bbb", "ccc"), List.of("zzz", "yyy", "xxx"));
    assertThat(rows(TextFormat.CSV, "\"aaa\",\"b\nbb\",\"ccc\"\nzzz,yyy,xxx"))
        .containsExactly(List.of("aaa", "b\nbb", "ccc"), List.of("zzz", "yyy", "xxx"));
    assertThat(rows(TextFormat.CSV, "\"aaa\",\"b\"\"bb\",\"ccc\""))
        .containsExactly(List.of("aaa", "b\"bb", "ccc"));
  }

  @Test
  void spacesBelongToAFieldAndAFieldMayBeEmpty() {
    assertThat(rows(TextFormat.CSV, " a , b\n,\n\"\",\n\"\"\"\",\",\""))
        .containsExactly(
            List.of(" a ", " b"), List.of("", ""), List.of("", ""), List.of("\"", ","));
  }

  @Test
  void linesWithoutACharacterAreNoRecordsButWithinQuotesTheyAre() {
    assertThat(rows(TextFormat.CSV, "a,b\n\n\nc,\"d\n\n\ne\"\n\n"))
        .containsExactly(List.of("a", "b"), List.of("c", "d\n\n\ne"));
  }

  @Test
  void aRecordBeginsWhereItsFirstLineIs() {
    List<Integer> starts = new ArrayList<>();
    read(TextFormat.CSV, "a\n\"b\n\nc\"\n\nd", row -> starts.add(row.start().number()));
    assertThat(starts).containsExactly(1, 2, 6);
  }

  @Test
  void otherDelimitersAreReadByTheSameRules() {
    assertThat(rows(TextFormat.CSV_SEMICOLON, "1,5;\"a;b\"\n2,5;c"))
        .containsExactly(List.of("1,5", "a;b"), List.of("2,5", "c"));
    assertThat(rows(TextFormat.TSV, "a b\t\"c\td\"")).containsExactly(List.of("a b", "c\td"));
    assertThat(rows(TextFormat.TSV_UNQUOTED, "\"a\t5\" b\t\"\"\nc\td\te"))
        .containsExactly(List.of("\"a", "5\" b", "\"\""), List.of("c", "d", "e"));
  }

  @Test
  void whatTheRulesDoNotAllowIsAnErrorWithItsPlace() {
    assertError("a,b\nc\nd,e", "t.csv, line 2: 1 field, expected 2 as in line 1");
    assertError("\n\"a\nb\",c\nd,e,f", "t.csv, line 4: 3 fields, expected 2 as in line 2");
    assertError(
        "a,b c\"d\"",
        "t.csv, line 1, column 6: a quote within a field that has none around it; expected a table by the rules of RFC 4180");
    assertError(
        "\"a\" ,b",
        "t.csv, line 1, column 4: text behind the quote that closes a field; expected a table by the rules of RFC 4180");
    assertError("山,\"a\"b", "t.csv, line 1, column 6: text behind the quote");
    assertError(
        "a,b\nc,\"d\ne,f",
        "t.csv, line 2: a field begins with a quote here that is not closed before the file ends");
  }

  private static void assertError(String text, String error) {
    assertThatThrownBy(() -> rows(TextFormat.CSV, text))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageStartingWith(error)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aQuoteThatIsNeverClosedIsFoundBeforeTheFileIsInMemory() {
    Delimited delimited = Delimited.of(TextFormat.CSV, row -> {});
    delimited.accept(new Line("t.csv", 1, "a,\"b"));
    assertThatThrownBy(
            () -> {
              for (int i = 2; i < TextLines.MAXIMUM_BYTES; i++) {
                delimited.accept(new Line("t.csv", i, "x".repeat(1000)));
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessage(
            "t.csv, line 1: a field begins with a quote here that is not closed within 1048576 characters");
  }

  @RepeatedTest(20)
  void whatIsWrittenByTheRulesIsReadBack() {
    long seed = System.nanoTime();
    RandomStream stream = RandomStream.of(seed);
    int width = 2 + stream.nextInt(3);
    List<List<String>> rows =
        IntStream.range(0, 1 + stream.nextInt(20))
            .mapToObj(i -> IntStream.range(0, width).mapToObj(j -> field(stream)).toList())
            .toList();
    String text =
        rows.stream()
            .map(row -> row.stream().map(DelimitedTest::quoted).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    assertThat(rows(TextFormat.CSV, text)).as("seed %d", seed).isEqualTo(rows);
  }

  private static String field(RandomStream stream) {
    return IntStream.range(0, stream.nextInt(6))
        .mapToObj(i -> "a ,\"\n山;".substring(i = stream.nextInt(7), i + 1))
        .collect(Collectors.joining());
  }

  private static String quoted(String field) {
    return "\"" + field.replace("\"", "\"\"") + "\"";
  }

  private static List<List<String>> rows(TextFormat format, String text) {
    List<List<String>> rows = new ArrayList<>();
    read(format, text, row -> rows.add(row.fields()));
    return rows;
  }

  private static void read(TextFormat format, String text, Consumer<Delimited.Row> sink) {
    Delimited delimited = Delimited.of(format, sink);
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      delimited.accept(new Line("t.csv", i + 1, lines[i]));
    }
    delimited.finish();
  }
}
