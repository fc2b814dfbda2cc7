package org.seqgan.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options that differ in one from some that are given. */
final class OtherOptions {
  private OtherOptions() {}

  /**
   * For every number, truth value and constant among the options, by its name as configurations
   * have it, the same options with other values there; without those that have no other that is
   * allowed.
   */
  static <R extends Record> Map<String, List<R>> of(R record) {
    Map<String, List<R>> all = new LinkedHashMap<>();
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = Arrays.stream(components).map(each -> value(record, each)).toArray();
    for (int i = 0; i < components.length; i++) {
      String name = optionName(components[i].getName());
      int place = i;
      others(values[i])
          .forEach(
              (below, others) -> {
                List<R> made =
                    others.stream().flatMap(other -> with(record, values, place, other)).toList();
                if (!made.isEmpty()) {
                  all.put(name + below, made);
                }
              });
    }
    return all;
  }

  /**
   * Other values of an option, such as most ranges allow: one more, half, or another choice; of a
   * group those of its options, each by its name in the group.
   */
  private static Map<String, List<?>> others(Object value) {
    if (value instanceof Record group) {
      return of(group).entrySet().stream()
          .collect(
              Collectors.toMap(
                  option -> "." + option.getKey(),
                  Map.Entry::getValue,
                  (one, other) -> one,
                  LinkedHashMap::new));
    }
    if (value instanceof Integer number) {
      return Map.of("", List.of(number + 1));
    }
    if (value instanceof Float number) {
      return Map.of("", List.of(number == 0 ? 0.5f : number / 2));
    }
    if (value instanceof Double number) {
      return Map.of("", List.of(number == 0 ? 0.5 : number / 2));
    }
    if (value instanceof Boolean truth) {
      return Map.of("", List.of(!truth));
    }
    if (value instanceof Enum<?> constant) {
      return Map.of(
          "",
          Stream.of(constant.getDeclaringClass().getEnumConstants())
              .filter(other -> other != constant)
              .limit(1)
              .toList());
    }
    return Map.of();
  }

  /** With another value in a place; nothing where the record refuses it. */
  private static <R extends Record> Stream<R> with(
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
      return Stream.of(constructor.newInstance(changed));
    } catch (InvocationTargetException e) {
      return Stream.empty();
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
