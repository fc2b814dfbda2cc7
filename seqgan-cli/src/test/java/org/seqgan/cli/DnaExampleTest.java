package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** {@code examples/dna-task}, built as its own build would, but without it. */
@DisplayName("The example of a task plugin")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnaExampleTest {
  private static final Path PROJECT =
      Path.of(System.getProperty("seqgan.root", ".."), "examples", "dna-task");

  @TempDir private Path folder;
  private Path classes;
  private Path plugins;

  @BeforeAll
  void buildTheJar(@TempDir Path built) throws IOException {
    Path sources = PROJECT.resolve("src/main");
    classes = Files.createDirectory(built.resolve("classes"));
    PluginJar.compile(sources.resolve("java"), classes, System.getProperty("java.class.path"));
    plugins = Files.createDirectory(built.resolve("plugins"));
    PluginJar.of(plugins.resolve("dna-task.jar"), classes, sources.resolve("resources"));
  }

  @Test
  void isListedWithItsOptions() {
    assertThat(run("plugins").out())
        .containsPattern("task +dna +DNA from a FASTA file .* +dna-task.jar");
    assertThat(run("plugins", "show", "dna").out())
        .contains("task dna: ")
        .containsPattern("pieces +.* windows ")
        .containsPattern("sequence-length +whole number +20 +2 to 10000 ");
  }

  @Test
  void trainsOnItsSampleByItsConfiguration() {
    Path run = folder.resolve("run");
    Program.Result result = tinyTraining(run);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("dna: 60 records of the sample built into the plugin, made up, of no organism");
    assertThat(run("sample", run.toString(), "-n", "5").out().lines())
        .hasSize(5)
        .allMatch(line -> line.matches("[ACGT]{20}"));
  }

  @Test
  void trainsOnRecordsOfUnequalLength() {
    Path run = folder.resolve("records");
    Program.Result result =
        tinyTraining(
            run,
            "task.pieces=records",
            "task.sequence-length=70",
            "seed=2",
            "training.batch-size=16");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(run("sample", run.toString(), "-n", "20").out().lines())
        .allMatch(line -> line.matches("[ACGT]{0,70}"));
  }

  @Test
  void aBadFileIsAnErrorOfOneLineWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.fasta"), ">one\nACGT\nACXT\n");
    Program.Result result = tinyTraining(folder.resolve("bad"), "task.file=" + file);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .startsWith("seqgan: " + file + ":3: expected A, C, G or T, found 'X' at position 3");
  }

  @Test
  void passesItsOwnTests() throws IOException {
    Path tests = Files.createDirectory(folder.resolve("test-classes"));
    PluginJar.compile(
        PROJECT.resolve("src/test/java"),
        tests,
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    URL[] path = {
      tests.toUri().toURL(),
      classes.toUri().toURL(),
      PROJECT.resolve("src/main/resources").toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      SummaryGeneratingListener summary = runTests(loader, tests);
      StringWriter failures = new StringWriter();
      summary.getSummary().printFailuresTo(new PrintWriter(failures, true));
      assertThat(failures.toString()).isEmpty();
      // Two contracts and the tests of its own.
      assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(20);
      assertThat(summary.getSummary().getTestsFoundCount())
          .isEqualTo(summary.getSummary().getTestsSucceededCount());
    }
  }

  private static SummaryGeneratingListener runTests(ClassLoader loader, Path classes)
      throws IOException {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (String name : testClasses(classes)) {
      request.selectors(DiscoverySelectors.selectClass(loader, name));
    }
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequest discovery = request.build();
    LauncherFactory.create().execute(discovery, summary);
    return summary;
  }

  private static List<String> testClasses(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith("Test.class"))
          .map(file -> file.replaceFirst("\\.class$", "").replace(File.separatorChar, '.'))
          .toList();
    }
  }

  private Program.Result tinyTraining(Path run, String... overrides) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", PROJECT.resolve("dna.conf").toString()));
    words.addAll(
        List.of(
            "reward.roll-outs=2",
            "training.generator-pretraining.epochs=1",
            "training.discriminator-pretraining.rounds=1",
            "training.discriminator-pretraining.epochs=1",
            "training.adversarial.k=1",
            "training.adversarial.rounds=1",
            "evaluation.samples=50"));
    words.addAll(List.of(overrides));
    words.addAll(List.of("--run", run.toString()));
    return run(words.toArray(String[]::new));
  }

  private Program.Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", plugins.toString()));
    return Program.run(all.toArray(String[]::new));
  }
}
