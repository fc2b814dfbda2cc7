package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the jar of a plugin, as a build tool would. */
final class PluginJar {
  private PluginJar() {}

  /** A jar that names a provider whose class the program can see. */
  static void naming(Class<?> provider, Class<?> service, Path jar) throws IOException {
    write(
        jar, Map.of("META-INF/services/" + service.getName(), provider.getName().getBytes(UTF_8)));
  }

  /**
   * A jar of one provider, compiled from its source.
   *
   * @param type the name of its class, which is in no package
   * @param work an empty folder
   */
  static void compiled(String type, String source, Class<?> service, Path work, Path jar)
      throws IOException {
    Path sources = Files.createDirectories(work.resolve("sources"));
    Path classes = Files.createDirectories(work.resolve("classes"));
    Files.writeString(sources.resolve(type + ".java"), source);
    compile(sources, classes, System.getProperty("java.class.path"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(service.getName()), type);
    of(jar, classes);
  }

  /** Compiles as a plugin's own build does, with every warning an error. */
  static void compile(Path sources, Path classes, String classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("the tests need a JDK").isNotNull();
    StringWriter messages = new StringWriter();
    try (Stream<Path> files = Files.walk(sources);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<Path> units = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "--release",
              "17",
              "-Xlint:all,-classfile,-path,-processing",
              "-Werror",
              "-proc:none",
              "-cp",
              classPath,
              "-d",
              classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(units))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  /** A jar of all the files of some folders. */
  static void of(Path jar, Path... folders) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          entries.put(name, Files.readAllBytes(file));
        }
      }
    }
    write(jar, entries);
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }
}
