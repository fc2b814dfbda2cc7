package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.run.DurableFiles;
import picocli.CommandLine;

/**
 * Reads README.md, CONTRIBUTING.md, docs/ and examples/ and does what they say; {@link
 * DocumentationShell} says how, and in which form what would take long. The log of every command is
 * beside the classes, in documented-commands.txt.
 */
@DisplayName("What the documentation says to do")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class DocumentedCommandsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("seqgan.root", "..")).toAbsolutePath().normalize();

  private final ExecutorService two = Executors.newFixedThreadPool(2);
  private final Map<String, Future<String>> logs = new LinkedHashMap<>();

  /** Pages of one working directory share processes, of which two go at a time. */
  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Map<String, List<String>> shares = new TreeMap<>();
    int share = 0;
    for (String name : DocumentationPage.names()) {
      if (!DocumentationPage.read(name).commands().isEmpty()) {
        boolean isExample = name.startsWith("examples/");
        String directory = isExample ? Path.of(name).getParent().toString() : "";
        String key = isExample ? directory : Integer.toString(share++ % 2);
        shares.computeIfAbsent(key, any -> new ArrayList<>()).add(name);
      }
    }
    for (List<String> pages : shares.values()) {
      Path own = Files.createDirectory(folder.resolve(Integer.toString(logs.size())));
      Future<String> log = two.submit(() -> logOf(pages, own));
      pages.forEach(page -> logs.put(page, log));
    }
  }

  @AfterAll
  void stop() throws Exception {
    two.shutdownNow();
    StringBuilder log = new StringBuilder();
    for (Future<String> each : new LinkedHashSet<>(logs.values())) {
      log.append(each.isDone() ? each.get() : "");
    }
    Path target = Path.of(DocumentedCommandsTest.class.getResource("/").toURI()).getParent();
    Files.writeString(target.resolve("documented-commands.txt"), log);
  }

  @TestFactory
  Stream<DynamicTest> worksOnEveryPage() {
    return logs.entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey(),
                    () -> {
                      String log = page.getValue().get();
                      assertThat(log).contains(DocumentationShell.end(page.getKey()) + "\n");
                      assertThat(log.lines())
                          .noneMatch(line -> line.startsWith("FAIL " + page.getKey() + ":"))
                          .anyMatch(line -> line.startsWith("ok   " + page.getKey() + ":"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> isSpeltRightWhereItIsMentioned() throws IOException {
    return DocumentationPage.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkMentions(name)));
  }

  private static void checkMentions(String name) throws IOException {
    for (DocumentationPage.Line line : DocumentationPage.read(name).mentions()) {
      List<String> words = Arrays.asList(line.text().replaceFirst(" \\|.*", "").split("\\s+"));
      CommandLine command =
          Commands.allAddedTo(new CommandLine(new Main(StandardOutput.to(Writer.nullWriter()))));
      for (String word : words.subList(1, words.size())) {
        if (command.getSubcommands().containsKey(word)) {
          command = command.getSubcommands().get(word);
        } else if (word.startsWith("-")) {
          assertThat(command.getCommandSpec().optionsMap())
              .as("%s:%d: %s", name, line.number(), line.text())
              .containsKey(word.replaceFirst("=.*", ""));
        } else {
          assertThat(command.getParent())
              .as("a command of %s:%d: %s", name, line.number(), line.text())
              .isNotNull();
        }
      }
    }
  }

  @Test
  void isKnownToThisTest() throws IOException {
    assertThat(DocumentationPage.names())
        .contains("README.md", "docs/getting-started.md", "docs/tasks/music.md")
        .contains("examples/dna-task/README.md");
    assertThat(DocumentationPage.read("README.md").commands()).hasSizeGreaterThan(10);
  }

  /** Does pages of one directory in a process, in a folder that looks like a checkout. */
  private static String logOf(List<String> pages, Path folder) throws Exception {
    Path checkout = Files.createDirectory(folder.resolve(DocumentationShell.CHECKOUT));
    boolean isExample = pages.get(0).startsWith("examples/");
    Path working = isExample ? checkout.resolve(pages.get(0)).getParent() : checkout;
    Files.createDirectories(working);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(ProgramProcess.commonNatives());
    words.addAll(List.of("-Xmx512m", "-Dseqgan.root=" + ROOT));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(DocumentationShell.class.getName(), folder.toString()));
    words.addAll(pages);
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder = new ProcessBuilder(words).directory(working.toFile());
    builder.environment().put("SEQGAN_CACHE", folder.resolve("cache").toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    try {
      process.waitFor();
      return new String(Files.readAllBytes(log), UTF_8);
    } finally {
      process.destroyForcibly();
      DurableFiles.delete(checkout);
    }
  }
}
