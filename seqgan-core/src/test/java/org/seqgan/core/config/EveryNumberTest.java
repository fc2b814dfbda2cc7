package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.core.health.HealthOptions;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.CheckpointOptions;
import org.seqgan.core.training.EvaluationOptions;

/** Of all options of the program and of all plugins that come with it. */
@DisplayName("What is no number is refused, naming key and range")
class EveryNumberTest {
  private static final List<String> NONE =
      List.of("1e999", "-1e999", "1e400", "NaN", "\"NaN\"", "Infinity", "99999999999999999999e999");

  private static final ConfigParseOptions ORIGIN =
      ConfigParseOptions.defaults().setOriginDescription("a.conf");

  /** An option that is a number, or a list of numbers. */
  private record Number(
      Class<? extends Record> options, String key, String required, boolean list) {
    @Override
    public String toString() {
      return options.getName() + " " + key;
    }
  }

  static Stream<Number> numbers() {
    List<Class<? extends Record>> all =
        new ArrayList<>(
            List.of(
                Sections.Top.class,
                HealthOptions.class,
                EvaluationOptions.class,
                CheckpointOptions.class));
    PluginRegistry.discover(EveryNumberTest.class.getClassLoader())
        .plugins()
        .forEach(
            plugin -> all.add(plugin.provider().about().optionsType().asSubclass(Record.class)));
    List<Number> numbers = new ArrayList<>();
    for (Class<? extends Record> options : all) {
      RecordSchema schema = RecordSchema.of(options);
      Map<String, OptionType> found = new LinkedHashMap<>();
      collect(schema, "", found);
      found.forEach(
          (key, type) ->
              numbers.add(
                  new Number(options, key, required(schema), type instanceof OptionType.Several)));
    }
    return numbers.stream().distinct();
  }

  private static void collect(RecordSchema schema, String prefix, Map<String, OptionType> found) {
    for (RecordSchema.Component component : schema.components()) {
      String key = Words.path(prefix, component.key());
      if (component.slot() instanceof RecordSchema.Group group) {
        collect(group.schema(), key, found);
      } else if (component.slot() instanceof RecordSchema.Leaf leaf && isNumber(leaf.type())) {
        found.put(key, leaf.type());
      }
    }
  }

  private static boolean isNumber(OptionType type) {
    return type instanceof OptionType.WholeNumber
        || type instanceof OptionType.RealNumber
        || type instanceof OptionType.Several list && isNumber(list.element())
        || type instanceof OptionType.Maybe maybe && isNumber(maybe.content());
  }

  private static String required(RecordSchema schema) {
    StringBuilder text = new StringBuilder();
    schema.components().stream()
        .filter(component -> component.option().required())
        .forEach(component -> text.append(component.key()).append(" = x\n"));
    return text.toString();
  }

  @Test
  void thereAreManyOfEveryKind() {
    assertThat(numbers()).hasSizeGreaterThan(80);
    assertThat(numbers().filter(Number::list)).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isRefusedInOneLine(Number number) {
    for (String none : NONE) {
      String value = number.list ? "[" + none + "]" : none;
      String text = number.required + number.key + " = " + value;
      assertThatThrownBy(
              () ->
                  new RecordBinder("section")
                      .bind(number.options, ConfigFactory.parseString(text, ORIGIN).root()))
          .as(text)
          .isInstanceOfSatisfying(
              UserException.class,
              e -> assertThat(e.kind()).isEqualTo(UserException.Kind.CONFIGURATION))
          .hasMessageMatching(
              "a\\.conf:\\d: section\\.%s%s: expected (a (whole )?number from \\S+ to \\S+|at (least|most) \\S+), found \\S+"
                  .formatted(number.key, number.list ? "\\[0]" : ""));
    }
  }
}
