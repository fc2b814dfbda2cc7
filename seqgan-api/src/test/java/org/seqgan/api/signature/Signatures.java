package org.seqgan.api.signature;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
      if (!later.promises.contains(promise)) {
        broken.add("gone: " + promise);
      }
    }
    for (String demand : later.demands) {
      if (!demands.contains(demand) && hasType(TypeSignature.typeOf(demand))) {
        broken.add("newly asked: " + demand);
      }
    }
    return broken;
  }

  private boolean hasType(String name) {
    SortedSet<String> from = promises.tailSet(name + " ");
    return !from.isEmpty() && TypeSignature.typeOf(from.first()).equals(name);
  }
}
