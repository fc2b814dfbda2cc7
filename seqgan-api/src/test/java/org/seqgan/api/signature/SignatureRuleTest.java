package org.seqgan.api.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule is tried on interfaces of its own, compiled before and after each change. */
@DisplayName("A change of the interfaces")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureRuleTest {
  private static final int RELEASED = 4;
  private static final Pattern COLUMNS = Pattern.compile("\\s\\|\\s");

  private static final String BREAKING =
      """
      a method goes                  | public class A { public int f() { return 1; } } | public class A {} | gone: p.A has f(): int
      a method is hidden             | public class A { public void f() {} } | public class A { void f() {} } | gone: p.A has f(): void
      a parameter's type changes     | public class A { public void f(int i) {} } | public class A { public void f(long i) {} } | gone: p.A has f(int): void
      a type argument changes        | public class A { public void f(java.util.List<String> l) {} } | public class A { public void f(java.util.List<Integer> l) {} } | gone: p.A has f(java.util.List<java.lang.String>): void
      what is returned changes       | public class A { public int f() { return 1; } } | public class A { public long f() { return 1; } } | gone: p.A has f(): int
      a type is hidden               | public class A {} | class A {} | gone: p.A has new()
      an inner type goes             | public class A { public static class B {} } | public class A {} | gone: p.A$B has new()
      a supertype goes               | public abstract class A implements Runnable {} | public abstract class A {} | gone: p.A is a java.lang.Runnable
      a hidden supertype loses one   | public class A extends B {} class B { public void f() {} } | public class A extends B {} class B {} | gone: p.A has f(): void
      a constant of an enum goes     | public enum A { B, C } | public enum A { B } | gone: p.A has static C: p.A
      a record's components swap     | public record A(int b, int c) {} | public record A(int c, int b) {} | gone: p.A has new(int b, int c)
      a record gets a component      | public record A(int b) {} | public record A(int b, int c) {} | gone: p.A has new(int b)
      an interface asks for more     | public interface A {} | public interface A { int f(); } | newly asked: p.A asks for f(): int
      a default goes                 | public interface A { default int f() { return 1; } } | public interface A { int f(); } | newly asked: p.A asks for f(): int
      a class becomes final          | public class A {} | public final class A {} | newly asked: p.A is final
      a method becomes final         | public class A { public void f() {} } | public class A { public final void f() {} } | newly asked: p.A keeps f(): void
      a sealed type gets a case      | public sealed interface A { record B() implements A {} } | public sealed interface A { record B() implements A {} record C() implements A {} } | newly asked: p.A may be a p.A$C
      an exception must be caught    | public interface A { void f(); } | public interface A { void f() throws java.io.IOException; } | newly asked: p.A f(): void throws java.io.IOException
      an annotation asks for more    | public @interface A {} | public @interface A { int f(); } | newly asked: p.A asks for f(): int
      a new supertype asks for more  | public class A { public interface B { int f(); } } | public class A { public interface B extends C {} public interface C { int f(); int g(); } } | newly asked: p.A$B asks for g(): int
      """;

  private static final String HARMLESS =
      """
      a method comes                 | public class A {} | public class A { public void f() {} }
      a default comes                | public interface A {} | public interface A { default int f() { return 1; } }
      a method gets a default        | public interface A { int f(); } | public interface A { default int f() { return 1; } }
      a type comes, with all it asks | public interface A {} | public interface A { interface B { int f(); } }
      a sealed interface has more    | public sealed interface A { record B() implements A { public int f() { return 1; } } } | public sealed interface A { int f(); record B() implements A { public int f() { return 1; } } }
      what is hidden changes         | public class A { private int i; void f() {} } class B {} | public class A { private long i; }
      a parameter is renamed         | public class A { public void f(int i) {} } | public class A { public void f(int j) {} }
      an unchecked exception is said | public interface A { void f(); } | public interface A { void f() throws IllegalStateException; }
      an annotation has a default    | public @interface A {} | public @interface A { int f() default 1; }
      a method moves to a supertype  | public class A { public interface B { int f(); } } | public class A { public interface B extends C {} public interface C { int f(); } }
      a supertype asks what is there | public class A { public interface B { default int f() { return 1; } } } | public class A { public interface B extends C { default int f() { return 1; } } public interface C { int f(); } }
      """;

  private Signatures before;
  private Signatures after;

  /**
   * A type before and after a change.
   *
   * @param number of its package, {@code pNUMBER}
   * @param broken what is said of it, empty where it breaks nobody; there the package is {@code p}
   */
  private record Change(int number, String name, String before, String after, String broken) {
    @Override
    public String toString() {
      return name;
    }

    /** The signatures of its own package, of those of all. */
    Signatures in(Signatures all) {
      return new Signatures(only(all.promises()), only(all.demands()));
    }

    private SortedSet<String> only(SortedSet<String> lines) {
      String own = "p" + number + ".";
      return lines.stream()
          .filter(line -> line.startsWith(own))
          .map(line -> line.replace(own, "p."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  static List<Change> breaking() {
    return changes(BREAKING, 0);
  }

  static List<Change> harmless() {
    return changes(HARMLESS, breaking().size());
  }

  private static List<Change> changes(String table, int first) {
    List<Change> changes = new ArrayList<>();
    for (String row : table.lines().toList()) {
      List<String> cells = Stream.of(COLUMNS.split(row + " | ", 5)).map(String::strip).toList();
      changes.add(
          new Change(
              first + changes.size(), cells.get(0), cells.get(1), cells.get(2), cells.get(3)));
    }
    return changes;
  }

  @BeforeAll
  void compile(@TempDir Path folder) throws IOException {
    before = compiled(folder.resolve("before"), Change::before);
    after = compiled(folder.resolve("after"), Change::after);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaking")
  void thatBreaksPluginsRaisesTheVersion(Change change) {
    ReleasedApi released = new ReleasedApi(RELEASED, change.in(before));
    Signatures later = change.in(after);
    assertThat(released.fault(RELEASED, later))
        .get()
        .asString()
        .contains("raise ApiVersion.CURRENT to 5", "\n  " + change.broken());
    assertThat(released.fault(RELEASED + 1, later)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void thatBreaksNobodyKeepsIt(Change change) {
    ReleasedApi released = new ReleasedApi(RELEASED, change.in(before));
    assertThat(change.in(before).promises()).isNotEmpty();
    assertThat(released.fault(RELEASED, change.in(after))).isEmpty();
  }

  @Test
  void neverLowersTheVersion() {
    assertThat(new ReleasedApi(RELEASED, before).fault(RELEASED - 1, before))
        .get()
        .isEqualTo("ApiVersion.CURRENT is 3; the last release has 4");
  }

  private static Signatures compiled(Path work, Function<Change, String> types) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Change change : Stream.concat(breaking().stream(), harmless().stream()).toList()) {
      String name = "p" + change.number();
      Path folder = Files.createDirectories(work.resolve(name));
      sources.add(
          Files.writeString(
              folder.resolve("A.java"), "package " + name + "; " + types.apply(change)));
    }
    Path classes = Files.createDirectories(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("the tests need a JDK").isNotNull();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options = List.of("-proc:none", "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      return Signatures.in(classes, loader);
    }
  }
}
