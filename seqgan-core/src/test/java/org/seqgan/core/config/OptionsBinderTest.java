package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.Option;

final class OptionsBinderTest {
  @Test
  void bindsOptionsGivenByCode() {
    assertThat(
            OptionsBinder.bind(
                FakePlugins.LstmOptions.class, Map.of("hidden-size", 64), "task lines"))
        .isEqualTo(new FakePlugins.LstmOptions(32, 64));
  }

  @Test
  void checksOptionsGivenByCodeLikeThoseOfAFile() {
    assertThatThrownBy(
            () ->
                OptionsBinder.bind(
                    FakePlugins.LstmOptions.class, Map.of("hiden-size", 64), "task lines"))
        .isInstanceOf(UserException.class)
        .hasMessage("task lines: hiden-size: unknown key; did you mean hidden-size?");
    assertThatThrownBy(
            () ->
                OptionsBinder.bind(
                    FakePlugins.LstmOptions.class, Map.of("hidden-size", 1.5), "task lines"))
        .hasMessage("task lines: hidden-size: expected a whole number of at least 1, found 1.5");
    assertThatThrownBy(
            () ->
                OptionsBinder.bind(
                    FakePlugins.LstmOptions.class,
                    Map.of("hidden-size", new Object()),
                    "task lines"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("task lines: ");
  }

  record Unannotated(int size) {}

  record OddType(@Option(description = "odd") Object thing) {}

  record OddDefault(@Option(description = "odd", defaultValue = "many") int size) {}

  @Test
  void aWrongDeclarationNamesTheRecordAndTheComponent() {
    assertThatThrownBy(() -> OptionsBinder.defaults(Unannotated.class))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Unannotated")
        .hasMessageContaining("component 'size': it carries no @Option");
    assertThatThrownBy(() -> OptionsBinder.defaults(OddType.class))
        .hasMessageContaining("component 'thing': an option cannot be of type java.lang.Object");
    assertThatThrownBy(() -> OptionsBinder.defaults(OddDefault.class))
        .hasMessageContaining("default: size: expected a whole number");
  }

  @Test
  void tablesListKeysTypesDefaultsAndRanges() {
    List<OptionRow> rows = OptionRow.of(FakePlugins.TaskOptions.class);

    assertThat(rows)
        .extracting(OptionRow::key)
        .containsExactly(
            "file", "parameters", "title", "vocabulary-size", "split", "shares", "lower-case");
    assertThat(rows.get(0)).isEqualTo(new OptionRow("file", "path", "required", "", "the lines"));
    assertThat(rows.get(1).defaultValue()).isEqualTo("null");
    assertThat(rows.get(2).defaultValue()).isEqualTo("\"\"");
    assertThat(rows.get(4)).isEqualTo(new OptionRow("split", "number", "0.9", "0 to 1", "split"));
    assertThat(rows.get(5).type()).isEqualTo("list of whole number");
  }

  @Test
  void tablesShowTheDefaultsOfANestedRecordAsItsOwnerChangesThem() {
    assertThat(OptionRow.of(FakePlugins.CnnOptions.class))
        .filteredOn(row -> row.key().equals("optimizer.learning-rate"))
        .singleElement()
        .extracting(OptionRow::defaultValue)
        .isEqualTo("0.1");
    assertThat(OptionRow.of(FakePlugins.BackendOptions.class))
        .extracting(OptionRow::defaultValue)
        .containsExactly("0", "512m", "{lstm = on}");
  }
}
