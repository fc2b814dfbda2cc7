package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.training.TrainingOptions;

final class ConfigurationReaderTest {
  private static final String TASK = "task { name = lines, file = poems.txt }\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("train.conf");
  }

  @Test
  void whatIsNotGivenIsTheDefault() throws IOException {
    ResolvedConfig config = read(TASK + "backend = slow");

    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.backend().name()).isEqualTo("slow");
    assertThat(config.generator().name()).isEqualTo("lstm");
    assertThat(config.generator().options()).isEqualTo(new FakePlugins.LstmOptions(32, 32));
    assertThat(config.discriminator().options())
        .isEqualTo(OptionsBinder.defaults(FakePlugins.CnnOptions.class));
    assertThat(config.reward().options()).isEqualTo(new FakePlugins.RewardOptions(16));
    assertThat(config.training().batchSize()).isEqualTo(64);
    assertThat(config.training().generatorOptimizer().clipNorm()).isEqualTo(5);
    assertThat(config.training().generatorOptimizer().beta1()).isEqualTo(0.9f);
    assertThat(config.training().discriminatorOptimizer().learningRate()).isEqualTo(0.0001f);
    assertThat(config.evaluation().samples()).isEqualTo(9984);
    assertThat(config.task().options())
        .isEqualTo(
            new FakePlugins.TaskOptions(
                Path.of("poems.txt"), Optional.empty(), "", 5000, 0.9, List.of(1, 2), true));
  }

  @Test
  void everyTypeOfOptionIsRead() throws IOException {
    ResolvedConfig config =
        read(
            """
            backend { name = slow, threads = 2, pool = 2g, kernels { matrix-product = off } }
            task {
              name = lines
              file = "data/a b.txt"
              parameters = "p.safetensors"
              title = "Lines: 1"
              split = 0.25
              shares = [3, 4]
              lower-case = off
            }
            training {
              generator-pretraining { inputs = scheduled-sampling }
              generator-optimizer.learning-rate = 1e-3
            }
            """);

    assertThat(config.backend().options())
        .isEqualTo(
            new FakePlugins.BackendOptions(
                2,
                new ByteSize(2L << 30),
                Map.of(FakePlugins.Kernel.MATRIX_PRODUCT, false, FakePlugins.Kernel.LSTM, true)));
    assertThat(config.task().options())
        .isEqualTo(
            new FakePlugins.TaskOptions(
                Path.of("data/a b.txt"),
                Optional.of(Path.of("p.safetensors")),
                "Lines: 1",
                5000,
                0.25,
                List.of(3, 4),
                false));
    assertThat(config.training().generatorPretraining().inputs())
        .isEqualTo(TrainingOptions.Inputs.SCHEDULED_SAMPLING);
    assertThat(config.training().generatorOptimizer().learningRate()).isEqualTo(0.001f);
    assertThat(config.training().generatorOptimizer().clipNorm()).isEqualTo(5);
  }

  @Test
  void everyValueSaysWhereItCameFrom() throws IOException {
    ResolvedConfig config = read("backend = slow\n" + TASK, "task.file=/data/x.txt", "seed=7");

    assertThat(origin(config, "backend.name")).isEqualTo(file + ", line 1");
    assertThat(origin(config, "task.name")).isEqualTo(file + ", line 2");
    assertThat(origin(config, "task.file")).isEqualTo("command line: task.file=/data/x.txt");
    assertThat(origin(config, "seed")).isEqualTo("command line: seed=7");
    assertThat(origin(config, "training.adversarial.g-steps")).isEqualTo("default");
    assertThat(config.values()).extracting(ResolvedValue::key).startsWith("seed", "backend.name");
  }

  @Test
  void overridesAreReadAsTheyAreMeant() throws IOException {
    ResolvedConfig config =
        read(
            "backend = slow\n" + TASK,
            "task.file=C:\\data\\a#b, c.txt",
            "task.title=5",
            "task.shares=[7]",
            "task.lower-case=false",
            "generator=gru",
            "generator.hidden-size=3",
            "training.adversarial={k=9}");

    FakePlugins.TaskOptions task = (FakePlugins.TaskOptions) config.task().options();
    assertThat(task.file()).hasToString("C:\\data\\a#b, c.txt");
    assertThat(task.title()).isEqualTo("5");
    assertThat(task.shares()).containsExactly(7);
    assertThat(task.lowerCase()).isFalse();
    assertThat(config.generator().options()).isEqualTo(new FakePlugins.GruOptions(3));
    assertThat(config.training().adversarial().k()).isEqualTo(9);
    assertThat(origin(config, "training.adversarial.k"))
        .isEqualTo("command line: training.adversarial={k=9}");
  }

  @Test
  void nullTakesBackAnOptionalValue() throws IOException {
    String given = "backend = slow\n" + TASK + "task.parameters = p.safetensors\n";
    ResolvedConfig config = read(given, "task.parameters=null");

    assertThat(((FakePlugins.TaskOptions) config.task().options()).parameters()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.batch-sise = 3 | training.batch-sise: unknown key; did you mean training.batch-size?",
        "batch-size = 3 | batch-size: unknown key; did you mean training.batch-size?",
        "trainin.k = 3 | trainin: unknown key; did you mean training?",
        "generator.wibble = 3 | generator.wibble: unknown key; known in generator are embedding-size, hidden-size",
        "training.batch-size = \"64\" | training.batch-size: expected a whole number of at least 1, found the text \"64\"",
        "training.batch-size = 3.7 | training.batch-size: expected a whole number of at least 1, found 3.7",
        "training.batch-size = 0 | training.batch-size: expected a whole number of at least 1, found 0",
        "training.batch-size = 3000000000 | expected a whole number from -2147483648 to 2147483647, found 3000000000",
        "training.batch-size = [1] | training.batch-size: expected a whole number of at least 1, found a list",
        "training.batch-size = null | training.batch-size: expected a whole number of at least 1, found null",
        "training.adversarial = 5 | training.adversarial: expected a group of keys, found 5",
        "training = 5 | training: expected a group of keys, found 5",
        "generator = 5 | generator: expected the name of a plugin or a group of keys, found 5",
        "generator.name = [a] | generator.name: expected the name of a plugin, found a list",
        "training.adversarial.baseline-decay = 1.5 | expected a number from 0 to 1, found 1.5",
        "training.adversarial.baseline = batch-maen | expected one of none, batch-mean, moving-average, found the text \"batch-maen\"; did you mean batch-mean?",
        "task.title = 5 | task.title: expected a text, found 5; write it in double quotes",
        "task.shares = [3, x] | task.shares: element 2: expected a whole number of at least 1, found the text \"x\"",
        "task.lower-case = maybe | task.lower-case: expected true or false (or on, off), found the text \"maybe\"",
        "backend.pool = much | backend.pool: expected an amount of memory such as 512m or 2g, found the text \"much\"",
        "backend.kernels.lstn = on | backend.kernels.lstn: unknown key; did you mean backend.kernels.lstm?",
        "generator = lsmt | generator.name: no generator plugin is named 'lsmt': installed are lstm, gru",
        "preset = papr | preset: no preset is named 'papr'; presets are paper",
        "seed = x | seed: expected a whole number, found the text \"x\""
      })
  void anErrorNamesTheFileTheLineAndTheKey(String line, String message) throws IOException {
    UserException error = failure("backend = { name = slow }\n" + TASK + "\n" + line);

    assertThat(error).hasMessageStartingWith(file + ", line 4: ").hasMessageContaining(message);
    assertThat(error.getMessage()).doesNotContain("\n");
    assertThat(error.kind()).isEqualTo(UserException.Kind.CONFIGURATION);
  }

  @Test
  void anErrorOfTheCommandLineNamesTheOverride() throws IOException {
    write("backend = slow\n" + TASK);

    assertThat(failureOf("training.batch-sise=3"))
        .hasMessage(
            "command line: training.batch-sise=3: unknown key; did you mean training.batch-size?");
    assertThat(failureOf("training.batch-size=many"))
        .hasMessage(
            "command line: training.batch-size=many: expected a whole number of at least 1, found"
                + " the text \"many\"");
    assertThat(failureOf("training.adversarial={k=x}"))
        .hasMessageStartingWith(
            "command line: training.adversarial={k=x}: training.adversarial.k: expected");
    assertThat(failureOf("batch"))
        .hasMessageStartingWith("command line: batch: expected key=value");
    assertThat(failureOf("task.shares=[1")).hasMessageStartingWith("command line: task.shares=[1");
    assertThat(failureOf("a..b=1")).hasMessageStartingWith("command line: a..b=1: ");
    assertThat(failureOf("preset=paper")).hasMessageContaining("preset=paper: unknown key");
  }

  @Test
  void aCombinationThatTheRecordRejectsNamesEveryPlaceItMayComeFrom() throws IOException {
    write("backend = slow\n" + TASK);

    assertThat(failureOf("task.shares=[]"))
        .hasMessage(
            "command line: task.shares=[] and %s, line 2: task: expected at least one share, found none"
                .formatted(file));
  }

  @Test
  void aMissingRequiredOptionIsNamed() throws IOException {
    assertThat(failure("backend = slow\ntask = lines"))
        .hasMessage(
            "task.file is missing: expected a path (the lines); set it in the file or on the"
                + " command line as task.file=...");
    assertThat(failure("backend = slow")).hasMessageStartingWith("task.name is missing: expected");
  }

  @Test
  void anUpperLayerThatNamesAnotherPluginLeavesTheOthersOptionsBehind() throws IOException {
    String given = "backend = slow\n" + TASK + "generator { name = lstm, embedding-size = 8 }";
    ResolvedConfig config = read(given, "generator.name=gru");

    assertThat(config.generator().options()).isEqualTo(new FakePlugins.GruOptions(24));
    assertThat(config.notes())
        .singleElement()
        .asString()
        .contains("gru replaces lstm", file + ", line 3", "embedding-size");
  }

  @Test
  void anUpperLayerThatNamesTheSamePluginKeepsItsOptions() throws IOException {
    String given = "backend = slow\n" + TASK + "generator { name = lstm, embedding-size = 8 }";
    ResolvedConfig config = read(given, "generator=lstm", "generator.hidden-size=4");

    assertThat(config.generator().options()).isEqualTo(new FakePlugins.LstmOptions(8, 4));
    assertThat(config.notes()).isEmpty();
  }

  @Test
  void autoChoosesTheAvailableBackendWithTheHighestPreferenceAndSaysWhy() throws IOException {
    ResolvedConfig config = read(TASK);

    assertThat(config.backend().name()).isEqualTo("slow");
    assertThat(config.notes())
        .containsExactly(
            "backend = auto chose slow: of the backends that can run here it has the highest"
                + " preference, 10; fast (preference 200) cannot run here: no driver");
    assertThat(origin(config, "backend.name")).isEqualTo("chosen by auto (default)");
  }

  @Test
  void autoFailsWithEveryReasonIfNoBackendCanRun() throws IOException {
    write(TASK);
    PluginRegistry registry =
        FakePlugins.registry(
            new FakePlugins.FakeBackend(
                "fast", 1, new Availability.Unavailable("no driver", List.of())));

    assertThatThrownBy(
            () ->
                new ConfigurationReader(registry)
                    .read(new ConfigurationSource.File(file), List.of()))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageContaining("fast (preference 1) cannot run here: no driver");
  }

  @Test
  void autoTakesNoOptions() throws IOException {
    assertThat(failure(TASK + "backend { threads = 3 }"))
        .hasMessageStartingWith(file + ", line 2: backend.threads: options need a named backend");
  }

  @Test
  void anExplicitBackendIsNotReplacedEvenIfItCannotRun() throws IOException {
    assertThat(read(TASK + "backend = fast").backend().name()).isEqualTo("fast");
  }

  @Test
  void aFileMayStartFromAPreset() throws IOException {
    Files.writeString(
        file,
        """
        preset = paper
        backend = slow
        task = { name = lines, file = x }
        generator { name = gru }
        discriminator { name = cnn }
        training.batch-size = 8
        """);
    UserException error = failureOf();
    // The preset's options of cnn are not those of the fake, so they must be there to be refused.
    assertThat(error).hasMessageContaining("discriminator.").hasMessageContaining("unknown key");
    assertThat(error).hasMessageStartingWith("preset paper, line ");
  }

  @Test
  void theResolvedFormReadsBackAsTheSameValues() throws IOException {
    ResolvedConfig config =
        read(
            """
            backend { name = slow, threads = 2, pool = 3m, kernels { matrix-product = off } }
            task { name = lines, file = "a \\"b\\" # c.txt", title = "on", split = 0.1, lower-case = off }
            generator = gru
            training.generator-optimizer.epsilon = 1e-8
            """,
            "training.adversarial.rounds=3");
    String text = config.toHocon();
    Path again = folder.resolve("config.conf");
    Files.writeString(again, text);
    ResolvedConfig reread =
        new ConfigurationReader(FakePlugins.registry())
            .read(new ConfigurationSource.File(again), List.of());

    assertThat(reread.seed()).isEqualTo(config.seed());
    assertThat(reread.backend().options()).isEqualTo(config.backend().options());
    assertThat(reread.task().options()).isEqualTo(config.task().options());
    assertThat(reread.generator().options()).isEqualTo(config.generator().options());
    assertThat(reread.discriminator().options()).isEqualTo(config.discriminator().options());
    assertThat(reread.reward().options()).isEqualTo(config.reward().options());
    assertThat(reread.training()).isEqualTo(config.training());
    assertThat(reread.evaluation()).isEqualTo(config.evaluation());
    assertThat(text)
        .contains("training.adversarial.rounds = 3  # command line: training.adversarial.rounds=3")
        .contains("training.batch-size = 64  # default");
    assertThat(reread.values())
        .extracting(ResolvedValue::key, ResolvedValue::value)
        .isEqualTo(
            config.values().stream()
                .map(v -> org.assertj.core.groups.Tuple.tuple(v.key(), v.value()))
                .toList());
  }

  @Test
  void aSyntaxErrorIsOneLineWithFileAndLine() throws IOException {
    UserException error = failure(TASK + "training {\n  batch-size = 3\n");

    assertThat(error.getMessage())
        .startsWith(file + ", line ")
        .containsIgnoringCase("expecting")
        .doesNotContain("\n");
  }

  @Test
  void anUnresolvedSubstitutionIsAnError() throws IOException {
    assertThat(failure(TASK + "seed = ${no.such.key}"))
        .hasMessageStartingWith(file + ", line 2: ")
        .hasMessageContaining("no.such.key");
  }

  @Test
  void includesAreReadAndAMissingOneIsAnError() throws IOException {
    Files.writeString(folder.resolve("base.conf"), TASK + "backend = slow\nseed = 3\n");
    ResolvedConfig config = read("include \"base.conf\"\ngenerator = gru");
    assertThat(config.seed()).isEqualTo(3);
    assertThat(origin(config, "seed")).endsWith("base.conf, line 3");

    assertThat(failure("include \"gone.conf\"\n" + TASK)).hasMessageContaining("gone.conf");
    assertThat(failure("include file(\"gone.conf\")\n" + TASK)).hasMessageContaining("gone.conf");
    assertThat(failure("include \"gone\"\n" + TASK)).hasMessageContaining("gone");
  }

  @Test
  void aMissingFileIsAnError() {
    assertThatThrownBy(
            () ->
                new ConfigurationReader(FakePlugins.registry())
                    .read(new ConfigurationSource.File(file), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": expected a configuration file, found nothing; check the path");
  }

  @Test
  void aWordThatIsNeitherPresetNorFileListsThePresets() {
    assertThatThrownBy(() -> ConfigurationSource.of("quikstart"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "'quikstart' is neither a preset nor a file; presets are quickstart");
    assertThat(ConfigurationSource.of("paper"))
        .isEqualTo(new ConfigurationSource.BuiltIn(Preset.PAPER));
  }

  private ResolvedConfig read(String text, String... overrides) throws IOException {
    write(text);
    return readFile(overrides);
  }

  private ResolvedConfig readFile(String... overrides) {
    return new ConfigurationReader(FakePlugins.registry())
        .read(new ConfigurationSource.File(file), List.of(overrides));
  }

  private UserException failure(String text) throws IOException {
    write(text);
    return failureOf();
  }

  private UserException failureOf(String... overrides) {
    return catchThrowableOfType(UserException.class, () -> readFile(overrides));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static String origin(ResolvedConfig config, String key) {
    return config.values().stream()
        .filter(value -> value.key().equals(key))
        .findFirst()
        .orElseThrow()
        .origin();
  }
}
