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
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A project of {@code examples}, built as its own build would, but without it.
 *
 * @param project its folder
 * @param classes its classes, compiled
 * @param plugins a folder with its jar, {@code NAME.jar}
 */
record ExampleProject(Path project, Path classes, Path plugins) {
  static ExampleProject build(String name, Path built) throws IOException {
    Path project = Path.of(System.getProperty("seqgan.root", ".."), "examples", name);
    Path sources = project.resolve("src/main");
    Path classes = Files.createDirectory(built.resolve("classes"));
    PluginJar.compile(sources.resolve("java"), classes, System.getProperty("java.class.path"));
    Path plugins = Files.createDirectory(built.resolve("plugins"));
    PluginJar.of(plugins.resolve(name + ".jar"), classes, sources.resolve("resources"));
    return new ExampleProject(project, classes, plugins);
  }

  /**
   * Compiles and runs its own tests.
   *
   * @param least how many there are at least
   */
  void assertPassesItsOwnTests(Path folder, int least) throws IOException {
    Path tests = Files.createDirectory(folder.resolve("test-classes"));
    PluginJar.compile(
        project.resolve("src/test/java"),
        tests,
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    URL[] path = {
      tests.toUri().toURL(),
      classes.toUri().toURL(),
      project.resolve("src/main/resources").toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      SummaryGeneratingListener summary = runTests(loader, tests);
      StringWriter failures = new StringWriter();
      summary.getSummary().printFailuresTo(new PrintWriter(failures, true));
      assertThat(failures.toString()).isEmpty();
      assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThanOrEqualTo(least);
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
}
