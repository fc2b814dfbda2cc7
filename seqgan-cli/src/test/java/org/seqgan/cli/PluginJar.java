package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Makes the jar of a plugin, as a build tool would. */
final class PluginJar {
  private PluginJar() {}

  /** A jar that names a provider whose class the program can see. */
  static void naming(Class<?> provider, Class<?> service, Path jar) throws IOException {
    write(
        jar, Map.of("META-INF/services/" + service.getName(), provider.getName().getBytes(UTF_8)));
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
