package org.seqgan.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main class of a project of {@code examples}, as {@code mvn compile exec:java} runs it, but
 * without Maven: in this process and its working directory.
 *
 * @param classes the project, compiled
 * @param name of the class, as its pom says
 */
record ExampleMain(Path classes, String name) {
  private static final Pattern MAIN = Pattern.compile("<exec.mainClass>(.+)</exec.mainClass>");

  /**
   * Compiles a project.
   *
   * @param work a folder for its classes
   */
  static ExampleMain of(Path project, Path work) throws IOException {
    Matcher main = MAIN.matcher(Files.readString(project.resolve("pom.xml")));
    if (!main.find()) {
      throw new AssertionError(project.resolve("pom.xml") + " names no exec.mainClass");
    }
    Path classes = Files.createDirectories(work.resolve("classes of " + project.getFileName()));
    PluginJar.compile(
        project.resolve("src/main/java"), classes, System.getProperty("java.class.path"));
    return new ExampleMain(classes, main.group(1));
  }

  void run(List<String> arguments) throws Exception {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ExampleMain.class.getClassLoader())) {
      loader
          .loadClass(name)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
    }
  }
}
