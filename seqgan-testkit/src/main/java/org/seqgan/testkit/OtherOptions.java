package org.seqgan.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options that differ in one from some that are given. */
final class OtherOptions {
  private OtherOptions() {}

  /**
   * For every number, truth value and constant among the options, by its name as configurations
   * have it, the same options with another value there; without those that have no other that is
   * allowed.
   */
  static <R extends Record> Map<String, R> of(R record) {
    Map<String, R> all = new LinkedHashMap<>();
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = Arrays.stream(components).map(each -> value(record, each)).toArray();
    for (int i = 0; i < components.length; i++) {
      String name = optionName(components[i].getName());
      int place = i;
      others(values[i])
          .forEach(
              (below, other) ->
                  with(record, values, place, other)
                      .ifPresent(made -> all.put(name + below, made)));
    }
    return all;
  }

  /**
   * Another value of an option, such as most ranges allow: one more, half, or another choice; of a
   * group one for each of its options, by its name in the group.
   */
  private static Map<String, Object> others(Object value) {
    if (value instanceof Record group) {
      Map<String, Object> all = new LinkedHashMap<>();
      of(group).forEach((option, other) -> all.put("." + option, other));
      return all;
    }
    if (value instanceof Integer number) {
      return Map.of("", number + 1);
    }
    if (value instanceof Float number) {
      return Map.of("", number == 0 ? 0.5f : number / 2);
    }
    if (value instanceof Double number) {
      return Map.of("", number == 0 ? 0.5 : number / 2);
    }
    if (value instanceof Boolean truth) {
      return Map.of("", !truth);
    }
    if (value instanceof Enum<?> constant) {
      return Stream.of(constant.getDeclaringClass().getEnumConstants())
          .filter(other -> other != constant)
          .limit(1)
          .collect(Collectors.toMap(other -> "", other -> other));
    }
    return Map.of();
  }

  /** With another value in a place; nothing where the record refuses it. */
  private static <R extends Record> Optional<R> with(
      R record, Object[] values, int place, Object other) {
    Object[] changed = values.clone();
    changed[place] = other;
    Class<?>[] types =
        Arrays.stream(record.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      @SuppressWarnings("unchecked")
      Constructor<R> constructor = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(changed));
    } catch (InvocationTargetException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String optionName(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
