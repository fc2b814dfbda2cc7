package org.seqgan.api.signature;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public and protected signatures of some classes, taken apart by whom a change of them hurts.
 * Each line begins with the name of its type and a space.
 *
 * @param promises what there is to call, to read and to extend: whoever uses one of these is broken
 *     when it goes
 * @param demands what is asked of those who implement, extend or catch: they are broken when one of
 *     these comes
 */
record Signatures(SortedSet<String> promises, SortedSet<String> demands) {
  private static final String CLASS = ".class";
  private static final String ASKS = " asks for ";
  private static final String HAS = " has ";
  private static final String IS_A = " is a ";

  Signatures {
    promises = new TreeSet<>(promises);
    demands = new TreeSet<>(demands);
  }

  /** Of classes and of those that they contain. */
  static Signatures of(Collection<Class<?>> classes) {
    SortedSet<String> promises = new TreeSet<>();
    SortedSet<String> demands = new TreeSet<>();
    for (Class<?> type : classes) {
      collect(type, promises, demands);
    }
    return new Signatures(promises, demands);
  }

  /**
   * Of all classes in a place.
   *
   * @param place a folder of class files, or a jar
   * @param loader which finds them there
   */
  static Signatures in(Path place, ClassLoader loader) throws IOException {
    if (Files.isDirectory(place)) {
      return of(load(place, loader));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return of(load(jar.getPath("/"), loader));
    }
  }

  private static List<Class<?>> load(Path root, ClassLoader loader) throws IOException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        // Classes within classes are found through those that contain them.
        if (name.endsWith(CLASS) && !name.contains("$") && !name.endsWith("-info" + CLASS)) {
          String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          classes.add(Class.forName(type, false, loader));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("the loader does not find what lies in " + root, e);
    }
    return classes;
  }

  private static void collect(
      Class<?> type, SortedSet<String> promises, SortedSet<String> demands) {
    if (!TypeSignature.isOffered(type)) {
      return;
    }
    TypeSignature signature = new TypeSignature(type);
    promises.addAll(signature.promises());
    demands.addAll(signature.demands());
    Arrays.stream(type.getDeclaredClasses()).forEach(inner -> collect(inner, promises, demands));
  }

  /** What in a later state of these classes breaks those who were compiled against this one. */
  List<String> brokenBy(Signatures later) {
    List<String> broken = new ArrayList<>();
    for (String promise : promises) {
      if (later.with(promise).noneMatch(later.promises::contains)) {
        broken.add("gone: " + promise);
      }
    }
    for (String type : types()) {
      Stream.concat(Stream.of(type), later.supertypes(type).stream())
          .flatMap(from -> later.demandsOf(from, from.equals(type)))
          .map(demand -> type + demand)
          .filter(demand -> with(demand).noneMatch(demands::contains))
          .filter(demand -> !later.answers(demand))
          .forEach(demand -> broken.add("newly asked: " + demand));
    }
    return broken;
  }

  /** A line of a type, and the same of all its supertypes, since members are inherited. */
  private Stream<String> with(String line) {
    String type = TypeSignature.typeOf(line);
    return Stream.concat(
        Stream.of(line),
        supertypes(type).stream().map(above -> above + line.substring(type.length())));
  }

  private SortedSet<String> types() {
    return promises.stream()
        .map(TypeSignature::typeOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a type asks, without its name; of a supertype only the methods that it wants. */
  private Stream<String> demandsOf(String type, boolean own) {
    String asked = type + (own ? " " : ASKS);
    return demands.stream()
        .filter(demand -> demand.startsWith(asked))
        .map(demand -> demand.substring(type.length()));
  }

  /** Whether a type does itself what a supertype asks. */
  private boolean answers(String demand) {
    if (demands.contains(demand) || !demand.contains(ASKS)) {
      return false;
    }
    return promises.contains(demand.replace(ASKS, HAS));
  }

  /** All types above one, of those that are here. */
  private Set<String> supertypes(String type) {
    Set<String> above = new LinkedHashSet<>();
    String is = type + IS_A;
    for (String line : promises.tailSet(is)) {
      if (!line.startsWith(is)) {
        break;
      }
      String name = line.substring(is.length()).replaceFirst("<.*", "");
      if (above.add(name)) {
        above.addAll(supertypes(name));
      }
    }
    return above;
  }
}
