package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.registry.Spelling;

/** How the value of an option is read from HOCON and written back. */
sealed interface OptionType {
  /** A short name for a table. */
  String label();

  /** What is expected, for a message. */
  String expected();

  /** Reads a value without coercion. */
  Object read(ConfigValue value) throws WrongValueException;

  /** Writes a value as HOCON that reads back as the same value; empty if there is none. */
  Optional<String> write(Object value);

  /** The default of an annotation, as if it stood in a file. */
  default ConfigValue literal(String text) {
    return Hocon.value(text, Place.DEFAULT);
  }

  /** The limits of numbers, in words; empty if there are none. */
  default String range() {
    return "";
  }

  /** {@code int} and {@code long}. */
  record WholeNumber(boolean isLong, Range limits) implements OptionType {
    @Override
    public String label() {
      return "whole number";
    }

    @Override
    public String expected() {
      return "a whole number " + limits.words(isLong ? Long.MAX_VALUE : Integer.MAX_VALUE);
    }

    @Override
    public String range() {
      return limits.text();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      Object found = value.unwrapped();
      if (!(found instanceof Integer || found instanceof Long)) {
        throw WrongValueException.of(expected(), value);
      }
      long number = ((Number) found).longValue();
      if (!isLong && number != (int) number) {
        throw WrongValueException.of(expected(), value);
      }
      limits.check((double) number, value);
      if (isLong) {
        return number;
      }
      return (int) number;
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(value.toString());
    }
  }

  /** {@code float} and {@code double}. */
  record RealNumber(boolean isDouble, Range limits) implements OptionType {
    @Override
    public String label() {
      return "number";
    }

    @Override
    public String expected() {
      return "a number " + limits.words(isDouble ? Double.MAX_VALUE : Float.MAX_VALUE);
    }

    @Override
    public String range() {
      return limits.text();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      if (value.valueType() != ConfigValueType.NUMBER) {
        throw WrongValueException.of(expected(), value);
      }
      double number = ((Number) value.unwrapped()).doubleValue();
      limits.check(number, value);
      if (!Double.isFinite(isDouble ? number : (float) number)) {
        throw WrongValueException.of(expected(), value);
      }
      if (isDouble) {
        return number;
      }
      return (float) number;
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(value.toString().replace(".0E", "e").replace('E', 'e'));
    }
  }

  /** {@code boolean}. */
  record Flag() implements OptionType {
    @Override
    public String label() {
      return "on | off";
    }

    @Override
    public String expected() {
      return "on or off";
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      Object found = value.unwrapped();
      if (found instanceof Boolean) {
        return found;
      }
      if ("on".equals(found) || "off".equals(found)) {
        return "on".equals(found);
      }
      throw WrongValueException.of(expected(), value);
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(value.toString());
    }
  }

  /** {@link String}. */
  record Text() implements OptionType {
    @Override
    public String label() {
      return "text";
    }

    @Override
    public String expected() {
      return "text";
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      return text(value, expected());
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(Hocon.text(value.toString()));
    }

    @Override
    public ConfigValue literal(String text) {
      return Hocon.textValue(text);
    }
  }

  /**
   * {@link Path}; written in full, so that a run can be repeated from another folder.
   *
   * @param words values that are no paths
   */
  record FilePath(List<String> words) implements OptionType {
    @Override
    public String label() {
      return "path";
    }

    @Override
    public String expected() {
      return "a path";
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      String text = text(value, expected());
      try {
        if (!text.isBlank()) {
          return Path.of(text);
        }
      } catch (InvalidPathException e) {
        throw WrongValueException.of(expected(), value, e.getReason());
      }
      throw WrongValueException.of(expected(), value);
    }

    @Override
    public Optional<String> write(Object value) {
      Path path = (Path) value;
      return Optional.of(
          words.contains(path.toString())
              ? path.toString()
              : Hocon.text(path.toAbsolutePath().normalize().toString()));
    }

    @Override
    public ConfigValue literal(String text) {
      return Hocon.textValue(text);
    }
  }

  /** {@link ByteSize}. */
  record Memory(Range limits) implements OptionType {
    private static final String UNITS = "kmgt";

    @Override
    public String label() {
      return "amount of memory";
    }

    @Override
    public String expected() {
      return "an amount of memory such as 512m or 2g";
    }

    @Override
    public String range() {
      return limits.text();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      Object found = value.unwrapped();
      long bytes;
      if (found instanceof Integer || found instanceof Long) {
        bytes = ((Number) found).longValue();
      } else if (found instanceof String) {
        bytes = parse(value);
      } else {
        throw WrongValueException.of(expected(), value);
      }
      if (bytes < 0) {
        throw WrongValueException.of(expected(), value);
      }
      limits.check((double) bytes, value);
      return new ByteSize(bytes);
    }

    private long parse(ConfigValue value) throws WrongValueException {
      try {
        return value.atKey("size").getBytes("size");
      } catch (ConfigException e) {
        throw WrongValueException.of(expected(), value);
      }
    }

    @Override
    public Optional<String> write(Object value) {
      long amount = ((ByteSize) value).bytes();
      int unit = -1;
      while (amount > 0 && amount % 1024 == 0 && unit < UNITS.length() - 1) {
        amount /= 1024;
        unit++;
      }
      return Optional.of(
          unit < 0 ? Long.toString(amount) : amount + UNITS.substring(unit, unit + 1));
    }

    @Override
    public ConfigValue literal(String text) {
      return Hocon.textValue(text);
    }
  }

  /** {@link Duration}; a unit is required, because a bare number could be of any. */
  record LengthOfTime(Range limits) implements OptionType {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

    /** From the longest, each a multiple of the next. */
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
      UNITS.put("d", Duration.ofDays(1));
      UNITS.put("h", Duration.ofHours(1));
      UNITS.put("m", Duration.ofMinutes(1));
      UNITS.put("s", Duration.ofSeconds(1));
      UNITS.put("ms", Duration.ofMillis(1));
    }

    @Override
    public String label() {
      return "length of time";
    }

    @Override
    public String expected() {
      return "a length of time such as 30s, 5m or 2h";
    }

    @Override
    public String range() {
      return limits.text();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      if (!(value.unwrapped() instanceof String text)) {
        throw WrongValueException.of(expected(), value);
      }
      Matcher matcher = AMOUNT.matcher(text.strip());
      if (!matcher.matches()) {
        throw WrongValueException.of(expected(), value);
      }
      Duration time = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
      limits.check(time.toMillis() / 1e3, value);
      return time;
    }

    @Override
    public Optional<String> write(Object value) {
      long millis = ((Duration) value).toMillis();
      if (millis == 0) {
        return Optional.of("0s");
      }
      return UNITS.entrySet().stream()
          .filter(unit -> millis % unit.getValue().toMillis() == 0)
          .map(unit -> millis / unit.getValue().toMillis() + unit.getKey())
          .findFirst();
    }

    @Override
    public ConfigValue literal(String text) {
      return Hocon.textValue(text);
    }
  }

  /** An enum. */
  record Word(List<? extends Enum<?>> constants) implements OptionType {
    List<String> words() {
      return constants.stream().map(Words::word).toList();
    }

    @Override
    public String label() {
      return String.join(" | ", words());
    }

    @Override
    public String expected() {
      return (constants.size() == 1 ? "" : "one of ") + String.join(", ", words());
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      if (!(value.unwrapped() instanceof String found)) {
        throw WrongValueException.of(expected(), value);
      }
      Optional<? extends Enum<?>> match =
          constants.stream().filter(constant -> Words.word(constant).equals(found)).findFirst();
      if (match.isPresent()) {
        return match.get();
      }
      Optional<String> near = Spelling.suggestion(found, words());
      throw near.isPresent()
          ? WrongValueException.of(expected(), value, "did you mean " + near.get() + "?")
          : WrongValueException.of(expected(), value);
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(Words.word((Enum<?>) value));
    }

    @Override
    public ConfigValue literal(String text) {
      return Hocon.textValue(text);
    }
  }

  /** {@link List}. */
  record Several(OptionType element) implements OptionType {
    @Override
    public String label() {
      return "list of " + element.label();
    }

    @Override
    public String expected() {
      return "a list of " + element.label();
    }

    @Override
    public String range() {
      return element.range();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      if (!(value instanceof ConfigList list)) {
        throw WrongValueException.of(expected(), value);
      }
      List<Object> elements = new ArrayList<>();
      for (ConfigValue item : list) {
        try {
          elements.add(element.read(item));
        } catch (WrongValueException e) {
          throw e.inElement(elements.size());
        }
      }
      return List.copyOf(elements);
    }

    @Override
    public Optional<String> write(Object value) {
      return Optional.of(
          ((List<?>) value)
              .stream()
                  .map(item -> element.write(item).orElseThrow())
                  .collect(Collectors.joining(", ", "[", "]")));
    }
  }

  /** {@link Optional}; {@code null} is empty, so that an upper layer can take a value back. */
  record Maybe(OptionType content) implements OptionType {
    @Override
    public String label() {
      return content.label() + ", or not set";
    }

    @Override
    public String expected() {
      return content.expected();
    }

    @Override
    public String range() {
      return content.range();
    }

    @Override
    public Object read(ConfigValue value) throws WrongValueException {
      return value.valueType() == ConfigValueType.NULL
          ? Optional.empty()
          : Optional.of(content.read(value));
    }

    @Override
    public Optional<String> write(Object value) {
      return ((Optional<?>) value).flatMap(content::write);
    }

    @Override
    public ConfigValue literal(String text) {
      return text.isEmpty()
          ? ConfigValueFactory.fromAnyRef(null, Place.DEFAULT)
          : content.literal(text);
    }
  }

  private static String text(ConfigValue value, String expected) throws WrongValueException {
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    boolean scalar =
        value.valueType() == ConfigValueType.NUMBER || value.valueType() == ConfigValueType.BOOLEAN;
    if (!scalar) {
      throw WrongValueException.of(expected, value);
    }
    if (Place.of(value).isCommandLine()) {
      // A shell strips quotes, so 5 is the only way to write the text "5" there.
      return value.render();
    }
    throw WrongValueException.of(expected, value, "write it in double quotes");
  }

  /** All constants of an enum, in order. */
  static Word word(Class<?> type) {
    return new Word(Arrays.stream(type.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList());
  }
}
