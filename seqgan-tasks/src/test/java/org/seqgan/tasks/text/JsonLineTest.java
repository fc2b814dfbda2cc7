package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines.Line;

class JsonLineTest {
  @Test
  void stringsAreKeptAndOtherValuesAreNamed() {
    Map<String, JsonLine.Value> members =
        parse(
            " {\"a\": \"x\", \"b\":-1.5e+3 ,\"c\":true,\"d\":null,\"e\":{\"a\":[]},\"f\":[1,\"y\",{}],\"\":\"\"} ");
    assertThat(members.keySet()).containsExactly("a", "b", "c", "d", "e", "f", "");
    assertThat(text(members, "a")).isEqualTo("x");
    assertThat(text(members, "")).isEmpty();
    assertThat(members.values().stream().map(JsonLine.Value::kind))
        .containsExactly(
            "a string", "a number", "true", "null", "an object", "an array", "a string");
    assertThat(parse("{}")).isEmpty();
    assertThat(parse("{ }")).isEmpty();
  }

  @Test
  void escapesAreWhatTheyStandFor() {
    assertThat(text(parse("{\"a\":\"\\\"\\\\\\/\\n\\r\\t\\f\\u00e9\\u5C71\\ud83d\\ude00é\"}"), "a"))
        .isEqualTo("\"\\/\n\r\t\fé山\uD83D\uDE00é");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1] | 1: expected an object of JSON, which begins with {, found [",
        "{\"a\" 1} | 6: expected a colon, found 1",
        "{\"a\":1 | 7: expected a comma or }, found the end of the line",
        "{\"a\":1,} | 8: expected the name of a member in quotes, found }",
        "{a:1} | 2: expected the name of a member in quotes, found a",
        "{\"a\":01} | 7: expected a comma or }, found 1",
        "{\"a\":+1} | 6: expected a value of JSON, found +",
        "{\"a\":tru} | 6: expected a value of JSON, found t",
        "{\"a\":[1,]} | 9: expected a value of JSON, found ]",
        "{\"a\":\"x} | 9: expected a quote at the end of a string, found the end of the line",
        "{\"a\":\"\\x\"} | 7: expected an escape of JSON behind a backslash, found \\",
        "{\"a\":\"\\u00g0\"} | 7: expected four hex digits behind \\u, found \\",
        "{\"a\":\"\\ud83d\"} | 7: expected both halves of a character beyond U+FFFF, found \\",
        "{\"a\":\"\\ude00\\ud83d\"} | 7: expected both halves of a character beyond U+FFFF",
        "{\"a\":\"\\u0000\"} | 7: U+0000 is a control character, which no text has",
        "{\"a\":\"\\b\"} | 7: U+0008 is a control character, which no text has",
        "{\"a\":1,\"a\":2} | 8: the name \"a\" stands here for the second time",
        "{} {} | 4: expected the end of the line behind the object, found {"
      })
  void whatIsNoObjectIsAnErrorWithItsColumn(String line, String error) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageStartingWith("a.jsonl, line 3, column " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsAnErrorAndNoOverflow(String opening) {
    assertThatThrownBy(() -> parse("{\"a\":" + opening.repeat(100_000)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected values that are nested at most 100 deep");
  }

  @Test
  void aTabWithinAStringHasToBeEscaped() {
    assertThatThrownBy(() -> parse("{\"a\":\"x\ty\"}"))
        .hasMessageContaining("column 8: expected control characters of a string as escapes");
  }

  private static String text(Map<String, JsonLine.Value> members, String name) {
    JsonLine.Value value = members.get(name);
    assertThat(value).as(name).isNotNull();
    return value.text().orElseThrow();
  }

  private static Map<String, JsonLine.Value> parse(String line) {
    return JsonLine.parse(new Line("a.jsonl", 3, line));
  }
}
