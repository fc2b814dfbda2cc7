package org.seqgan.api.signature;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The signatures of one class that others may use. */
final class TypeSignature {
  private final Class<?> type;
  private final String name;

  TypeSignature(Class<?> type) {
    this.type = type;
    this.name = type.getTypeName();
  }

  /** The type that a line is of. */
  static String typeOf(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  /** Whether those outside its package can use it. */
  static boolean isOffered(Class<?> type) {
    return isOffered(type.getModifiers());
  }

  private static boolean isOffered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  List<String> promises() {
    List<String> lines = new ArrayList<>();
    lines.add("is " + access(type.getModifiers()) + kind() + variables(type.getTypeParameters()));
    supertypes().forEach(supertype -> lines.add("is a " + supertype));
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field)) {
        lines.add("has " + access(field.getModifiers()) + field.getName() + ": " + of(field));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        lines.add(
            "has " + access(constructor.getModifiers()) + "new(" + parameters(constructor) + ")");
      }
    }
    methods().forEach(method -> lines.add("has " + access(method.getModifiers()) + of(method)));
    return named(lines);
  }

  List<String> demands() {
    List<String> lines = new ArrayList<>();
    if (!type.isEnum() && !type.isRecord()) {
      lines.addAll(limits());
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        thrown(constructor).forEach(e -> lines.add("new(" + parameters(constructor) + ")" + e));
      }
    }
    for (Method method : methods()) {
      thrown(method).forEach(e -> lines.add(of(method) + e));
      if (isOpen() && Modifier.isAbstract(method.getModifiers()) && !hasDefault(method)) {
        lines.add("asks for " + of(method));
      }
      if (isOpen() && isFinalFirst(method)) {
        lines.add("keeps " + of(method));
      }
    }
    return named(lines);
  }

  /** What others may not make of it, and what they can count on when they tell its kinds apart. */
  private List<String> limits() {
    if (type.isSealed()) {
      return Arrays.stream(type.getPermittedSubclasses())
          .map(permitted -> "may be a " + permitted.getTypeName())
          .toList();
    }
    return Modifier.isFinal(type.getModifiers()) ? List.of("is final") : List.of();
  }

  private List<String> named(List<String> lines) {
    return lines.stream().map(line -> name + " " + line).toList();
  }

  /** Whether others may extend or implement it. */
  private boolean isOpen() {
    boolean constructed =
        type.isInterface()
            || Arrays.stream(type.getDeclaredConstructors()).anyMatch(TypeSignature::isVisible);
    return constructed && !type.isSealed() && !Modifier.isFinal(type.getModifiers());
  }

  private static boolean isFinalFirst(Method method) {
    return Modifier.isFinal(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
  }

  /** Of an annotation's element. */
  private static boolean hasDefault(Method method) {
    return method.getDefaultValue() != null;
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "annotation";
    } else if (type.isInterface()) {
      return "interface";
    } else if (type.isEnum()) {
      return "enum";
    } else if (type.isRecord()) {
      return "record";
    }
    return Modifier.isAbstract(type.getModifiers()) ? "abstract class" : "class";
  }

  /** What it extends and implements; through those that others cannot name, what these do. */
  private Set<String> supertypes() {
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> from : hiddenAbove()) {
      Type superclass = from.getGenericSuperclass();
      Stream.concat(Stream.ofNullable(superclass), Arrays.stream(from.getGenericInterfaces()))
          .filter(type -> !(type instanceof Class<?> plain) || isOffered(plain))
          .map(Type::getTypeName)
          .filter(name -> !name.equals(Object.class.getName()))
          .forEach(names::add);
    }
    return names;
  }

  /** The type, and those above it that only its own package knows: their members are its own. */
  private List<Class<?>> hiddenAbove() {
    List<Class<?>> types = new ArrayList<>(List.of(type));
    for (int i = 0; i < types.size(); i++) {
      Class<?> from = types.get(i);
      Stream.concat(Stream.ofNullable(from.getSuperclass()), Arrays.stream(from.getInterfaces()))
          .filter(above -> !isOffered(above) && !types.contains(above))
          .forEach(types::add);
    }
    return types;
  }

  private List<Method> methods() {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Class<?> from : hiddenAbove()) {
      for (Method method : from.getDeclaredMethods()) {
        if (isVisible(method)) {
          methods.putIfAbsent(
              method.getName() + Arrays.toString(method.getParameterTypes()), method);
        }
      }
    }
    return List.copyOf(methods.values());
  }

  private static boolean isVisible(Member member) {
    return isOffered(member.getModifiers()) && !member.isSynthetic();
  }

  private static String access(int modifiers) {
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "");
  }

  private static String of(Field field) {
    return field.getGenericType().getTypeName();
  }

  private String of(Method method) {
    return variables(method.getTypeParameters())
        + method.getName()
        + "("
        + parameters(method)
        + "): "
        + method.getGenericReturnType().getTypeName();
  }

  /** Types of parameters; of a record's components their names too, for their order is its own. */
  private String parameters(Executable executable) {
    if (type.isRecord() && executable instanceof Constructor<?> && isCanonical(executable)) {
      return Arrays.stream(type.getRecordComponents())
          .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
          .collect(joining(", "));
    }
    String types =
        Arrays.stream(executable.getGenericParameterTypes())
            .map(Type::getTypeName)
            .collect(joining(", "));
    return executable.isVarArgs() ? types.replaceFirst("\\[]$", "...") : types;
  }

  private boolean isCanonical(Executable constructor) {
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return Arrays.equals(constructor.getParameterTypes(), components);
  }

  private static Stream<String> thrown(Executable executable) {
    return Arrays.stream(executable.getExceptionTypes())
        .filter(
            thrown ->
                !RuntimeException.class.isAssignableFrom(thrown)
                    && !Error.class.isAssignableFrom(thrown))
        .map(thrown -> " throws " + thrown.getTypeName());
  }

  private static String variables(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(
            variable ->
                variable.getName()
                    + Arrays.stream(variable.getBounds())
                        .map(Type::getTypeName)
                        .collect(joining(" & ", " extends ", "")))
        .collect(joining(", ", "<", ">"));
  }
}
