package org.seqgan.testkit.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.operation.Linear;

/** Every operation of the API, with the problems that it is tried with. */
public final class OperationCatalog {
  private static final String CLASS = ".class";

  private OperationCatalog() {}

  /**
   * The problems of every operation, by its class, in the order of names.
   *
   * @throws IllegalStateException if an operation has none
   */
  public static Map<Class<?>, OperationProblems> problems() {
    Map<Class<?>, OperationProblems> problems = new LinkedHashMap<>();
    operations().forEach(operation -> problems.put(operation, problemsOf(operation)));
    return problems;
  }

  /** Every operation: the records in the package of the operations, in the order of names. */
  public static List<Class<?>> operations() {
    try {
      URI home = Linear.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(home);
      if (Files.isDirectory(root)) {
        return operationsIn(root);
      }
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        return operationsIn(jar.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the API has no place", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Class<?>> operationsIn(Path root) throws IOException {
    String packageName = Linear.class.getPackageName();
    try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(CLASS) && !name.contains("-"))
          .sorted()
          .<Class<?>>map(
              name -> load(packageName + "." + name.substring(0, name.length() - CLASS.length())))
          .filter(found -> found.isRecord() && Operation.class.isAssignableFrom(found))
          .toList();
    }
  }

  private static OperationProblems problemsOf(Class<?> operation) {
    String name =
        OperationProblems.class.getPackageName() + "." + operation.getSimpleName() + "Problems";
    try {
      return (OperationProblems) load(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " cannot be made", e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "expected a class " + name + ", found none; every operation needs one", e);
    }
  }
}
