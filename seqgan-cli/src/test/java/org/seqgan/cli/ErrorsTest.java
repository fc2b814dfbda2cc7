package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.reward.RewardProvider;

@DisplayName("An error of the virtual machine is one line, an exit code and a status")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ErrorsTest {
  private static final int PLUGIN = 7;
  private static final int OUT_OF_MEMORY = 9;

  /** A reward that fails in the way its option names, and that needs a class which is not there. */
  private static final String FAULTY =
      """
      package org.example;

      import org.seqgan.api.data.TokenValues;
      import org.seqgan.api.ApiVersion;
      import org.seqgan.api.plugin.About;
      import org.seqgan.api.plugin.Option;
      import org.seqgan.api.reward.Reward;
      import org.seqgan.api.reward.RewardContext;
      import org.seqgan.api.reward.RewardProvider;
      import org.seqgan.api.reward.RewardRequest;

      public final class Faulty implements RewardProvider<Faulty.Options> {
        public enum Fault { STACK, MEMORY, LIBRARY, WRAPPED }

        public record Options(
            @Option(description = "which", defaultValue = "stack") Fault fault,
            @Option(description = "when", defaultValue = "off") boolean atOnce) {}

        @Override
        public About<Options> about() {
          return new About<>("faulty", "a reward that fails", Options.class, ApiVersion.CURRENT);
        }

        @Override
        public Reward create(RewardContext context, Options options) {
          if (options.atOnce()) {
            fail(options.fault());
          }
          return request -> reward(options.fault(), request);
        }

        private static TokenValues reward(Fault fault, RewardRequest request) {
          fail(fault);
          throw new IllegalStateException("it did not fail");
        }

        private static void fail(Fault fault) {
          switch (fault) {
            case STACK -> deeper(1);
            case MEMORY -> fill();
            case LIBRARY -> Library.call();
            case WRAPPED -> wrap();
          }
        }

        private static long deeper(long depth) { return deeper(depth + 1) + 1; }

        private static void fill() {
          long[][] all = new long[1 << 20][];
          for (int i = 0; i < all.length; i++) {
            all[i] = new long[1 << 27];
          }
        }

        private static void wrap() {
          try {
            deeper(1);
          } catch (StackOverflowError e) {
            throw new IllegalStateException("wrapped", e);
          }
        }
      }
      """;

  private static final String LIBRARY =
      "package org.example; final class Library { static void call() {} private Library() {} }";

  private Path folder;
  private Path plugins;
  private Path run;
  private int runs;

  @BeforeAll
  void buildTheJar(@TempDir Path shared) throws IOException {
    folder = shared;
    Path sources = Files.createDirectories(folder.resolve("sources/org/example"));
    Files.writeString(sources.resolve("Faulty.java"), FAULTY);
    Files.writeString(sources.resolve("Library.java"), LIBRARY);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    PluginJar.compile(folder.resolve("sources"), classes, System.getProperty("java.class.path"));
    Files.delete(classes.resolve("org/example/Library.class"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(RewardProvider.class.getName()), "org.example.Faulty");
    plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.of(plugins.resolve("faulty.jar"), classes);
  }

  @BeforeEach
  void nameTheRun() {
    run = folder.resolve("run" + runs++);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stack", "wrapped"})
  void aStackThatRanOutNamesThePluginsMethod(String fault) throws IOException {
    Program.Result result = train("reward.fault=" + fault);

    fails(
        result,
        OUT_OF_MEMORY,
        "seqgan: the stack ran out in a plugin's org.example.Faulty.deeper: ",
        "SEQGAN_OPTS=-Xss");
    assertThat(status().get("state").asText()).isEqualTo("failed");
    assertThat("seqgan: " + status().get("message").asText()).isEqualTo(result.err().strip());
  }

  @Test
  void memoryThatRanOutIsToldWithItsFiguresAndWhatToLower() throws IOException {
    Program.Result result = train("reward.fault=memory");

    fails(
        result,
        OUT_OF_MEMORY,
        "seqgan: memory ran out (Java heap space): the Java heap may grow to ",
        "iB were in use; lower training.batch-size, evaluation.samples",
        "SEQGAN_OPTS=-Xmx");
    assertThat(status().get("state").asText()).isEqualTo("failed");
    assertThat(status().get("message").asText()).startsWith("memory ran out (Java heap space)");
  }

  @Test
  void aLibraryThatAPluginLacksIsAFaultOfThePlugin() throws IOException {
    Program.Result result = train("reward.fault=library");

    fails(
        result,
        PLUGIN,
        "seqgan: reward plugin 'faulty' (" + plugins.resolve("faulty.jar") + ") failed in reward: ",
        "NoClassDefFoundError: org/example/Library");
    assertThat(status().get("state").asText()).isEqualTo("failed");
  }

  @Test
  void soIsAnErrorBeforeThereIsARun() {
    fails(train("reward.at-once=on"), OUT_OF_MEMORY, "seqgan: the stack ran out in a plugin's");
    fails(train("reward.at-once=on", "reward.fault=memory"), OUT_OF_MEMORY, "memory ran out");
    fails(train("reward.at-once=on", "reward.fault=library"), PLUGIN, "reward plugin 'faulty'");
    assertThat(run).doesNotExist();
  }

  @Test
  void theStackTraceIsPrintedOnRequest() {
    Program.Result result = train("reward.at-once=on", "--stacktrace");

    assertThat(result.exitCode()).isEqualTo(OUT_OF_MEMORY);
    assertThat(result.err())
        .startsWith("java.lang.StackOverflowError")
        .contains("\tat plugins//org.example.Faulty.deeper", "\nseqgan: the stack ran out");
  }

  @Test
  void theSummaryOfACellSaysIt() throws IOException {
    Path matrix =
        Files.writeString(
            folder.resolve("matrix.conf"),
            """
            name = errors
            preset = quickstart
            configuration {
              backend = reference
              task { vocabulary-size = 12, sequence-length = 4, embedding-size = 4, hidden-size = 4
                training-sequences = 64, test-sequences = 32, validation-sequences = 8 }
              generator { embedding-size = 4, hidden-size = 4 }
              discriminator { embedding-size = 4, filter-widths = [1, 2], filter-counts = [3, 3] }
              training { batch-size = 16, generator-pretraining.epochs = 1
                discriminator-pretraining.rounds = 0, adversarial.rounds = 1 }
              evaluation.samples = 40
            }
            baseline = stack
            metric = nll-oracle
            methods {
              stack { reward { name = faulty, fault = stack } }
              memory { reward { name = faulty, fault = memory } }
            }
            seeds = [1]
            """);
    Path directory = folder.resolve("matrix");

    Program.Result result =
        run("matrix", matrix.toString(), "-j", "2", "--out", directory.toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
    assertThat(failure(directory, "stack-seed1"))
        .startsWith(
            "cell stack-seed1 failed with exit code 9: the stack ran out in a plugin's"
                + " org.example.Faulty.deeper");
    assertThat(failure(directory, "memory-seed1"))
        .startsWith("cell memory-seed1 failed with exit code 9: memory ran out (");
    assertThat(result.err()).contains("cell stack-seed1 failed with exit code 9");
  }

  private static String failure(Path directory, String cell) throws IOException {
    Path summary = directory.resolve("cells").resolve(cell).resolve("summary.json");
    return new ObjectMapper().readTree(summary.toFile()).get("failure").asText();
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(run.resolve("status.json").toFile());
  }

  private Program.Result train(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                "quickstart",
                "backend=reference",
                "reward=faulty",
                "task.training-sequences=64",
                "task.test-sequences=20",
                "training.generator-pretraining.epochs=0",
                "training.discriminator-pretraining.rounds=0",
                "evaluation.samples=20",
                "-q",
                "--run",
                run.toString()));
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  private Program.Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", plugins.toString()));
    return Program.run(all.toArray(String[]::new));
  }

  private static void fails(Program.Result result, int exitCode, String... messages) {
    assertThat(result.err()).contains(messages).doesNotContain("\tat ");
    assertThat(result.err().lines()).as(result.err()).hasSize(1);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
  }
}
