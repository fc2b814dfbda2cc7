package org.seqgan.site;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The javadoc of all modules in one tree, by the tool of the JDK.
 *
 * @param folder where it is written
 */
record Javadoc(Path folder) {
  /** A public type: its name, its package, and its page below {@link #folder}. */
  record Type(String name, String packageName, String page) {}

  /**
   * Writes it. What the sources need is taken from the class path of this process.
   *
   * @param root the folder of the checkout
   */
  void write(Path root, String version) throws IOException {
    ToolProvider tool =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IOException("expected a JDK, found a Java without javadoc"));
    List<String> words = new ArrayList<>(List.of("-d", folder.toString(), "-quiet"));
    words.addAll(List.of("-encoding", "UTF-8", "-docencoding", "UTF-8", "-charset", "UTF-8"));
    words.addAll(
        List.of("-Xdoclint:none", "-notimestamp", "--add-modules", "jdk.incubator.vector"));
    words.addAll(List.of("-windowtitle", "seqgan " + version, "-doctitle", "seqgan " + version));
    words.addAll(List.of("-group", "For plugins", "org.seqgan.api*"));
    words.addAll(List.of("-group", "Contracts for their tests", "org.seqgan.testkit*"));
    words.addAll(List.of("-group", "The framework", "org.seqgan.core*"));
    words.addAll(
        List.of("-group", "Plugins that are built in", "org.seqgan.backend*:org.seqgan.tasks*"));
    words.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    words.addAll(List.of("-sourcepath", sources(root), "-subpackages", "org.seqgan"));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    if (tool.run(out, out, words.toArray(String[]::new)) != 0) {
      throw new IOException("javadoc failed:\n" + said);
    }
  }

  private static String sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Every type that has a page, in the order of the pages. */
  List<Type> types() throws IOException {
    List<Type> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".html") && Character.isUpperCase(name.charAt(0))) {
          String page = folder.relativize(file).toString().replace('\\', '/');
          String packageName = page.substring(0, page.lastIndexOf('/')).replace('/', '.');
          types.add(new Type(name.replaceFirst("\\.html$", ""), packageName, page));
        }
      }
    }
    return types;
  }
}
