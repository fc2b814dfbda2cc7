package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;

@DisplayName("Options are bound strictly")
class OptionsBinderTest {
  enum Colour {
    DEEP_RED,
    BLUE
  }

  record Inner(
      @Option(description = "i", defaultValue = "7") int innerCount,
      @Option(description = "r", defaultValue = "0.5", min = 0, max = 1) double rate) {}

  record Everything(
      @Option(description = "w", defaultValue = "3", min = 1, max = 9) int wholeNumber,
      @Option(description = "l", defaultValue = "5000000000") long large,
      @Option(description = "f", defaultValue = "1e-8") float small,
      @Option(description = "s", defaultValue = "on") boolean onOff,
      @Option(description = "t", defaultValue = "") String text,
      @Option(description = "p", defaultValue = "") Optional<Path> file,
      @Option(description = "m", defaultValue = "512m") ByteSize memory,
      @Option(description = "c", defaultValue = "blue") Colour colour,
      @Option(description = "n", defaultValue = "[1, 2]", min = 1) List<Integer> numbers,
      @Option(description = "x", defaultValue = "") Map<Colour, Boolean> switches,
      @Option(description = "o", defaultValue = "{inner-count = 8}") Inner inner) {
    Everything {
      if (wholeNumber == 5) {
        throw new IllegalArgumentException("five is not allowed here");
      }
    }
  }

  private static Everything bind(String text) {
    ConfigParseOptions origin = ConfigParseOptions.defaults().setOriginDescription("test.conf");
    return new RecordBinder("all")
        .bind(Everything.class, ConfigFactory.parseString(text, origin).root());
  }

  @Test
  void defaultsApplyWhereNothingIsGiven() {
    assertThat(bind(""))
        .isEqualTo(
            new Everything(
                3,
                5_000_000_000L,
                1e-8f,
                true,
                "",
                Optional.empty(),
                new ByteSize(512L << 20),
                Colour.BLUE,
                List.of(1, 2),
                Map.of(),
                new Inner(8, 0.5)));
  }

  @Test
  void everyTypeIsRead() {
    Everything bound =
        bind(
            """
            whole-number = 4, large = -1, small = 0.25, on-off = off, text = "a b", file = x/y, memory = 2g
            colour = deep-red, numbers = [3], switches { deep-red = off }, inner.rate = 1
            """);
    assertThat(bound)
        .isEqualTo(
            new Everything(
                4,
                -1,
                0.25f,
                false,
                "a b",
                Optional.of(Path.of("x/y")),
                new ByteSize(2L << 30),
                Colour.DEEP_RED,
                List.of(3),
                Map.of(Colour.DEEP_RED, false),
                new Inner(8, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole-numbr = 3 | test.conf:1: unknown key 'all.whole-numbr'; did you mean 'whole-number'?",
        "whole-number = 10 | test.conf:1: all.whole-number: expected at most 9, found 10",
        "whole-number = 0 | test.conf:1: all.whole-number: expected at least 1, found 0",
        "whole-number = 1.5 | test.conf:1: all.whole-number: expected a whole number from 1 to 9, found 1.5",
        "whole-number = 5000000000 | expected a whole number from",
        "whole-number = \"4\" | expected a whole number from 1 to 9, found \"4\"",
        "whole-number = 5 | five is not allowed here",
        "small = fast | all.small: expected a number from -3.402823e+38 to 3.402823e+38, found \"fast\"",
        "on-off = perhaps | all.on-off: expected on or off",
        "text = 3 | all.text: expected text, found 3",
        "file = [a] | all.file: expected a path, found",
        "memory = much | all.memory: expected an amount of memory such as 512m or 2g",
        "colour = red | all.colour: expected one of deep-red, blue, found \"red\"",
        "numbers = 3 | all.numbers: expected a list of whole number, found 3",
        "numbers = [1, 0] | all.numbers[1]: expected at least 1, found 0",
        "switches.green = on | unknown key 'all.switches.green'",
        "inner = 3 | all.inner: expected a group of options",
        "inner.inner-cont = 3 | unknown key 'all.inner.inner-cont'; did you mean 'inner-count'?",
      })
  void whatIsWrongIsSaidInOneLine(String text, String message) {
    assertThatThrownBy(() -> bind(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("[^\\n]*");
  }

  @Test
  void thePlaceIsTheLineOfTheValue() {
    assertThatThrownBy(() -> bind("\n\n  colour = red"))
        .hasMessageStartingWith("test.conf:3: all.colour:");
  }

  @Test
  void plainValuesBindToo() {
    assertThat(new OptionsBinder().bind(Inner.class, Map.of("inner-count", 2)))
        .isEqualTo(new Inner(2, 0.5));
  }

  @Test
  void aValueOfATypeThatConfigurationDoesNotKnowIsAnError() {
    assertThatThrownBy(
            () -> new OptionsBinder().bind(Inner.class, Map.of("inner-count", new Object())))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Inner: ");
    assertThatThrownBy(() -> new OptionsBinder().bind(Inner.class, Map.of("inner-cuont", 2)))
        .hasMessage("Inner: unknown key 'inner-cuont'; did you mean 'inner-count'?");
  }

  record Unannotated(int size) {}

  record OddType(@Option(description = "odd") Object thing) {}

  record OddDefault(@Option(description = "odd", defaultValue = "many") int size) {}

  @Test
  void aWrongDeclarationNamesTheRecordAndTheComponent() {
    assertThatThrownBy(() -> new OptionsBinder().bind(Unannotated.class, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Unannotated")
        .hasMessageContaining("component 'size': it carries no @Option");
    assertThatThrownBy(() -> new OptionsBinder().bind(OddType.class, Map.of()))
        .hasMessageContaining("component 'thing': an option cannot be of type java.lang.Object");
    assertThatThrownBy(() -> new OptionsBinder().bind(OddDefault.class, Map.of()))
        .hasMessageContaining("default: size: expected a whole number");
  }

  @Test
  void tablesListKeysTypesDefaultsAndRanges() {
    List<OptionTable.Row> rows = OptionTable.of(FakePlugins.TaskOptions.class);

    assertThat(rows)
        .extracting(OptionTable.Row::key)
        .containsExactly(
            "file", "parameters", "title", "vocabulary-size", "split", "shares", "lower-case");
    assertThat(rows.get(0)).isEqualTo(new OptionTable.Row("file", "path", "", "", "the lines"));
    assertThat(rows.get(1).defaultValue()).isEmpty();
    assertThat(rows.get(2).defaultValue()).isEqualTo("\"\"");
    assertThat(rows.get(4))
        .isEqualTo(new OptionTable.Row("split", "number", "0.9", "0 to 1", "split"));
    assertThat(rows.get(5).type()).isEqualTo("list of whole number");
  }

  @Test
  void tablesShowTheDefaultsOfANestedRecordAsItsOwnerChangesThem() {
    assertThat(OptionTable.of(FakePlugins.CnnOptions.class))
        .filteredOn(row -> row.key().equals("optimizer.learning-rate"))
        .singleElement()
        .extracting(OptionTable.Row::defaultValue)
        .isEqualTo("0.1");
    assertThat(OptionTable.of(FakePlugins.BackendOptions.class))
        .extracting(OptionTable.Row::defaultValue)
        .containsExactly("0", "512m", "{lstm = on}");
  }
}
