package org.seqgan.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;
import org.seqgan.core.registry.Spelling;

/**
 * Binds configuration to records whose components carry {@link Option}. Strict: an unknown key, a
 * value of the wrong type or out of range is a {@link UserException} that names the place, the key,
 * what was expected and what was found. Immutable.
 */
public final class OptionsBinder {
  /**
   * Binds plain values, such as those that a task gives for its oracle.
   *
   * @param values by key
   */
  public <R extends Record> R bind(Class<R> type, Map<String, Object> values) {
    ConfigObject object = ConfigFactory.parseMap(values, type.getSimpleName()).root();
    return bind(type, object, "", new ArrayList<>());
  }

  /** Binds an object found at a path; what was bound is added to {@code resolved}. */
  <R extends Record> R bind(
      Class<R> type, ConfigObject given, String path, List<ResolvedValue> resolved) {
    RecordComponent[] components = type.getRecordComponents();
    rejectUnknown(components, given, path);
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = component(components[i], given, path, resolved);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw at(given, path.isEmpty() ? type.getSimpleName() : path, wrong.getMessage());
      }
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static void rejectUnknown(RecordComponent[] components, ConfigObject given, String path) {
    List<String> known =
        Arrays.stream(components).map(c -> OptionTable.hyphenated(c.getName())).toList();
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw unknownKey(entry.getValue(), join(path, entry.getKey()), entry.getKey(), known);
      }
    }
  }

  static UserException unknownKey(ConfigValue value, String path, String key, List<String> known) {
    String hint =
        Spelling.suggestion(key, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse(
                known.isEmpty()
                    ? "there are no options here"
                    : "known here are " + String.join(", ", Spelling.closestFirst(key, known)));
    return HoconText.error(
        HoconText.place(value.origin()) + ": unknown key '" + path + "'; " + hint);
  }

  private Object component(
      RecordComponent component, ConfigObject given, String path, List<ResolvedValue> resolved) {
    Option option = OptionTable.option(component);
    String key = OptionTable.hyphenated(component.getName());
    String fullKey = join(path, key);
    ConfigValue value = given.get(key);
    if (value != null && value.valueType() == ConfigValueType.NULL) {
      value = null;
    }
    Class<?> raw = component.getType();
    if (isNestedRecord(raw)) {
      return nested(raw.asSubclass(Record.class), option, value, fullKey, resolved);
    }
    if (value == null && option.required()) {
      throw HoconText.error("'" + fullKey + "' must be given: " + option.description());
    }
    boolean isDefault = value == null;
    if (isDefault && option.defaultValue().isEmpty()) {
      resolved.add(
          new ResolvedValue(fullKey, Optional.empty(), HoconText.DEFAULT, option.description()));
      return absent(raw);
    }
    ConfigValue found = value == null ? HoconText.value(option.defaultValue()) : value;
    Object bound = convert(found, component.getGenericType(), option, fullKey);
    resolved.add(
        new ResolvedValue(
            fullKey,
            Optional.of(render(found, bound)),
            isDefault ? HoconText.DEFAULT : HoconText.place(found.origin()),
            option.description()));
    return bound;
  }

  private Object nested(
      Class<? extends Record> type,
      Option option,
      @org.jspecify.annotations.Nullable ConfigValue value,
      String key,
      List<ResolvedValue> resolved) {
    ConfigObject given = ConfigFactory.empty().root();
    if (value != null) {
      if (!(value instanceof ConfigObject object)) {
        throw wrongType(value, key, "a group of options { ... }");
      }
      given = object;
    }
    if (!option.defaultValue().isEmpty()) {
      Config defaults = HoconText.parse(option.defaultValue(), HoconText.DEFAULT);
      given = given.withFallback(defaults.root());
    }
    return bind(type, given, key, resolved);
  }

  private static boolean isNestedRecord(Class<?> type) {
    return type.isRecord() && type != ByteSize.class;
  }

  private static Object absent(Class<?> type) {
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == String.class) {
      return "";
    }
    throw new IllegalArgumentException("an option of type " + type + " needs a default");
  }

  /** Paths are written out in full, so that a run can be repeated from another folder. */
  private static String render(ConfigValue value, Object bound) {
    Object plain = bound instanceof Optional<?> optional ? optional.orElse(null) : bound;
    return plain instanceof Path path
        ? ConfigUtil.quoteString(path.toAbsolutePath().normalize().toString())
        : value.render(ConfigRenderOptions.concise());
  }

  // ---- conversion ----

  private Object convert(ConfigValue value, Type type, Option option, String key) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return Optional.of(convert(value, arguments[0], option, key));
      }
      if (generic.getRawType() == List.class) {
        return list(value, arguments[0], option, key);
      }
      if (generic.getRawType() == Map.class) {
        return map(value, (Class<?>) arguments[0], arguments[1], option, key);
      }
    }
    if (type instanceof Class<?> raw) {
      return single(value, raw, option, key);
    }
    throw new IllegalArgumentException("options of type " + type + " are not supported");
  }

  private List<Object> list(ConfigValue value, Type element, Option option, String key) {
    if (!(value instanceof ConfigList list)) {
      throw wrongType(value, key, "a list of " + OptionTable.typeName(element));
    }
    List<Object> converted = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      converted.add(convert(list.get(i), element, option, key + "[" + i + "]"));
    }
    return List.copyOf(converted);
  }

  private Map<Object, Object> map(
      ConfigValue value, Class<?> keyType, Type valueType, Option option, String key) {
    if (!(value instanceof ConfigObject object)) {
      throw wrongType(value, key, "a group { name = ... }");
    }
    List<String> known = constants(keyType);
    Map<Object, Object> converted = new LinkedHashMap<>();
    for (String name : object.keySet().stream().sorted().toList()) {
      int index = known.indexOf(name);
      if (index < 0) {
        throw unknownKey(object.get(name), join(key, name), name, known);
      }
      converted.put(
          keyType.getEnumConstants()[index],
          convert(object.get(name), valueType, option, join(key, name)));
    }
    return Map.copyOf(converted);
  }

  private static List<String> constants(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants())
        .map(constant -> OptionTable.constantName((Enum<?>) constant))
        .toList();
  }

  private static Object single(ConfigValue value, Class<?> type, Option option, String key) {
    if (type == int.class || type == Integer.class) {
      return (int) wholeNumber(value, option, key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return wholeNumber(value, option, key, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == float.class || type == Float.class) {
      return (float) number(value, option, key);
    }
    if (type == double.class || type == Double.class) {
      return number(value, option, key);
    }
    if (type == boolean.class || type == Boolean.class) {
      return onOff(value, key);
    }
    if (type == ByteSize.class) {
      return bytes(value, key);
    }
    if (type.isEnum()) {
      return constant(value, type, key);
    }
    if (value.valueType() != ConfigValueType.STRING) {
      throw wrongType(value, key, type == Path.class ? "a path" : "text");
    }
    String text = (String) value.unwrapped();
    if (type == Path.class) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw at(value, key, "expected a path, found \"" + text + "\": " + e.getReason());
      }
    }
    if (type == String.class) {
      return text;
    }
    throw new IllegalArgumentException("options of type " + type + " are not supported");
  }

  private static long wholeNumber(
      ConfigValue value, Option option, String key, long least, long most) {
    if (value.valueType() != ConfigValueType.NUMBER) {
      throw wrongType(value, key, "a whole number");
    }
    Number number = (Number) value.unwrapped();
    if (number.doubleValue() != Math.rint(number.doubleValue())) {
      throw wrongType(value, key, "a whole number");
    }
    double exact = number.doubleValue();
    if (exact < least || exact > most) {
      throw wrongType(value, key, "a whole number from " + least + " to " + most);
    }
    requireRange(value, exact, option, key);
    return number.longValue();
  }

  private static double number(ConfigValue value, Option option, String key) {
    if (value.valueType() != ConfigValueType.NUMBER) {
      throw wrongType(value, key, "a number");
    }
    double number = ((Number) value.unwrapped()).doubleValue();
    requireRange(value, number, option, key);
    return number;
  }

  private static void requireRange(ConfigValue value, double number, Option option, String key) {
    if (number < option.min()) {
      throw wrongType(value, key, "at least " + OptionTable.number(option.min()));
    }
    if (number > option.max()) {
      throw wrongType(value, key, "at most " + OptionTable.number(option.max()));
    }
  }

  private static boolean onOff(ConfigValue value, String key) {
    return switch (String.valueOf(value.unwrapped()).toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw wrongType(value, key, "on or off");
    };
  }

  private static ByteSize bytes(ConfigValue value, String key) {
    try {
      return new ByteSize(value.atKey("size").getBytes("size"));
    } catch (ConfigException | IllegalArgumentException e) {
      throw wrongType(value, key, "an amount of memory such as 512m or 2g");
    }
  }

  private static Object constant(ConfigValue value, Class<?> type, String key) {
    List<String> known = constants(type);
    int index = known.indexOf(String.valueOf(value.unwrapped()));
    if (index < 0) {
      throw wrongType(value, key, "one of " + String.join(", ", known));
    }
    return type.getEnumConstants()[index];
  }

  // ---- errors ----

  private static UserException wrongType(ConfigValue value, String key, String expected) {
    return at(
        value,
        key,
        "expected " + expected + ", found " + value.render(ConfigRenderOptions.concise()));
  }

  private static UserException at(ConfigValue value, String key, String message) {
    return HoconText.error(HoconText.place(value.origin()) + ": " + key + ": " + message);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
