package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * Builds projects of others with Maven, as they do: away from this build, on what it publishes. The
 * build runs this after {@code package}.
 *
 * <p>The local repository of that Maven has of seqgan what was installed and nothing else. All
 * other libraries are those of this build's local repository, by links, so that none is brought
 * again.
 */
@DisplayName("Built on what is published alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideProjectsCheck {
  private static final long MOST_MINUTES = 10;

  private Path repository;
  private Path projects;

  @BeforeAll
  void build(@TempDir Path folder) throws Exception {
    repository = repository();
    projects = projects(folder);
    Path log = folder.resolve("maven.log");
    ProcessBuilder maven =
        new ProcessBuilder(
            Path.of(property("seqgan.maven.home"), "bin", "mvn").toString(),
            "-B",
            "-ntp",
            "-Dmaven.repo.local=" + repository,
            "verify");
    maven.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process =
        maven
            .directory(projects.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
  }

  @Test
  void examplesOfPluginsAndAProjectOfTheApiAlonePassTheirTests() throws IOException {
    List<String> tested = new ArrayList<>();
    for (String name : names()) {
      if (!Files.exists(projects.resolve(name).resolve("src/test"))) {
        continue; // built and packed all the same, see below
      }
      tested.add(name);
      int tests = 0;
      try (Stream<Path> reports =
          Files.list(projects.resolve(name).resolve("target/surefire-reports"))) {
        for (Path report : reports.filter(file -> file.toString().endsWith(".xml")).toList()) {
          Element suite = PublishedArtefacts.project(report);
          tests += Integer.parseInt(suite.getAttribute("tests"));
          assertThat(suite.getAttribute("skipped")).as("skipped in %s", report).isEqualTo("0");
        }
      }
      assertThat(tests).as("tests of %s", name).isPositive();
    }
    assertThat(tested).contains("dna-task", "trainer-of-your-own", "outsider");
  }

  @Test
  void eachIsPacked() throws IOException {
    for (String name : names()) {
      try (Stream<Path> built = Files.list(projects.resolve(name).resolve("target"))) {
        assertThat(built.filter(file -> file.toString().endsWith(".jar"))).as(name).isNotEmpty();
      }
    }
  }

  @Test
  void nothingElseOfSeqganWasFoundAnywhere() throws IOException {
    List<String> modules = PublishedArtefacts.modules();
    Path group = repository.resolve("org/seqgan");
    try (Stream<Path> found = Files.list(group)) {
      assertThat(found.filter(Files::isDirectory).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(modules);
    }
    try (Stream<Path> found = Files.walk(group)) {
      assertThat(found.filter(file -> file.toString().endsWith(".jar")))
          .hasSize(PublishedArtefacts.modulesWithJar().size());
    }
  }

  @Test
  void whoAsksForSeqganAsksForThisVersion() throws IOException {
    List<String> asking = new ArrayList<>();
    for (String name : names()) {
      String pom = Files.readString(projects.resolve(name).resolve("pom.xml"));
      if (pom.contains("<groupId>org.seqgan</groupId>")) {
        asking.add(name);
        assertThat(pom)
            .as("the pom of %s", name)
            .contains("<seqgan.version>" + PublishedArtefacts.version() + "</seqgan.version>");
      }
    }
    // A project of DL4J has nothing of seqgan: the file that it writes is all that it gives.
    assertThat(names()).filteredOn(name -> !asking.contains(name)).containsExactly("dl4j-project");
  }

  private static List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> examples = Files.list(PublishedArtefacts.examples())) {
      examples
          .filter(example -> Files.exists(example.resolve("pom.xml")))
          .map(example -> example.getFileName().toString())
          .sorted()
          .forEach(names::add);
    }
    assertThat(names).hasSizeGreaterThan(1);
    names.add("outsider");
    return names;
  }

  /** An empty repository with what is published, and links to the rest of this build's. */
  private static Path repository() throws IOException {
    // Not a temporary folder of JUnit's, which warns of every link that it deletes.
    Path empty = Path.of(property("seqgan.root"), "seqgan-cli/target/outside-repository");
    delete(empty);
    Path org = Files.createDirectories(empty.resolve("org/seqgan")).getParent();
    Path ours = Path.of(property("seqgan.maven.repository"));
    link(ours.resolve("org"), org, "seqgan");
    link(ours, empty, "org");
    PublishedArtefacts.install(empty);
    return empty.toAbsolutePath().normalize();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      // Links are deleted, and not followed.
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        String name = entry.getFileName().toString();
        if (!name.equals(except)) {
          Files.createSymbolicLink(to.resolve(name), entry.toAbsolutePath());
        }
      }
    }
  }

  /** Copies of all projects, side by side, under one that calls them. */
  private static Path projects(Path folder) throws IOException {
    Path all = Files.createDirectory(folder.resolve("projects"));
    StringBuilder modules = new StringBuilder();
    for (String name : names()) {
      Path project =
          name.equals("outsider")
              ? Path.of(property("seqgan.root"), "seqgan-cli", "src", "test", name)
              : PublishedArtefacts.examples().resolve(name);
      copy(project, all.resolve(name));
      modules.append("<module>").append(name).append("</module>");
    }
    Path outsider = all.resolve("outsider/pom.xml");
    String pom = Files.readString(outsider);
    Files.writeString(outsider, pom.replace("@seqgan.version@", PublishedArtefacts.version()));
    Files.writeString(
        all.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>all</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <modules>%s</modules>
        </project>
        """
            .formatted(modules));
    return all;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Path copy = to.resolve(relative.toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    assertThat(value).as("the build sets %s", name).isNotNull();
    return value;
  }
}
