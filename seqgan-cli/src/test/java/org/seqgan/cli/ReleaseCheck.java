package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the profile {@code release} makes beside the rest; the build with it runs this after it. */
@DisplayName("A release has of every jar")
class ReleaseCheck {
  @Test
  void theSources() throws IOException {
    for (String module : PublishedArtefacts.modulesWithJar()) {
      try (JarFile jar = open(module, "-sources")) {
        assertThat(javaFiles(jar)).as(module).isEqualTo(sources(module));
      }
    }
  }

  @Test
  void theDocumentationOfEveryPackage() throws IOException {
    for (String module : PublishedArtefacts.modulesWithJar()) {
      try (JarFile jar = open(module, "-javadoc")) {
        assertThat(jar.getEntry("index.html")).as(module).isNotNull();
        JarEntry list = jar.getJarEntry("element-list");
        assertThat(list).as("packages of %s", module).isNotNull();
        String packages = new String(jar.getInputStream(list).readAllBytes(), UTF_8);
        Set<String> expected =
            sources(module).stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages.lines()).as(module).containsExactlyElementsOf(expected);
      }
    }
  }

  private static JarFile open(String module, String classifier) throws IOException {
    Path jar = PublishedArtefacts.jar(module, classifier);
    assertThat(jar).as("made by -Prelease").exists();
    return new JarFile(jar.toFile());
  }

  private static Set<String> javaFiles(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".java"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sources(String module) throws IOException {
    Path root = PublishedArtefacts.sources(module);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".java"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
