package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

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
import org.seqgan.core.trainer.MaximumLikelihood;
import org.seqgan.core.trainer.SeqGanOptions;

final class ExperimentConfigTest {
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
    assertThat(config.backend().provider().about().name()).isEqualTo("slow");
    assertThat(config.generator().provider().about().name()).isEqualTo("lstm");
    assertThat(config.generator().options()).isEqualTo(new FakePlugins.LstmOptions(32, 32));
    assertThat(config.discriminator().options())
        .isEqualTo(new OptionsBinder().bind(FakePlugins.CnnOptions.class, Map.of()));
    assertThat(config.reward().options()).isEqualTo(new FakePlugins.RewardOptions(16));
    assertThat(training(config).batchSize()).isEqualTo(64);
    assertThat(training(config).generatorPretraining().optimizer().clipNorm()).isEqualTo(5);
    assertThat(training(config).generatorPretraining().optimizer().beta1()).isEqualTo(0.9f);
    assertThat(training(config).discriminatorOptimizer().learningRate()).isEqualTo(0.0001f);
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
              generator-pretraining { inputs = scheduled-sampling, optimizer.learning-rate = 1e-3 }
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
    assertThat(training(config).generatorPretraining().inputs())
        .isEqualTo(MaximumLikelihood.Inputs.SCHEDULED_SAMPLING);
    assertThat(training(config).generatorPretraining().optimizer().learningRate())
        .isEqualTo(0.001f);
    assertThat(training(config).generatorPretraining().optimizer().clipNorm()).isEqualTo(5);
  }

  @Test
  void everyValueSaysWhereItCameFrom() throws IOException {
    ResolvedConfig config = read("backend = slow\n" + TASK, "task.file=/data/x.txt", "seed=7");

    assertThat(origin(config, "backend.name")).isEqualTo(file + ":1");
    assertThat(origin(config, "task.name")).isEqualTo(file + ":2");
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
    assertThat(training(config).adversarial().k()).isEqualTo(9);
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
        "training.batch-sise = 3 | unknown key 'training.batch-sise'; did you mean 'batch-size'?",
        "batch-size = 3 | unknown key 'batch-size'; did you mean 'training.batch-size'?",
        "trainin.k = 3 | unknown key 'trainin'; did you mean 'training'?",
        "generator.wibble = 3 | unknown key 'generator.wibble'; known here are hidden-size, embedding-size",
        "training.batch-size = \"64\" | training.batch-size: expected a whole number from 1 to 2147483647, found \"64\"",
        "training.batch-size = 3.7 | training.batch-size: expected a whole number from 1 to 2147483647, found 3.7",
        "training.batch-size = 0 | training.batch-size: expected at least 1, found 0",
        "training.batch-size = 3000000000 | expected a whole number from 1 to 2147483647, found 3000000000",
        "training.batch-size = [1] | training.batch-size: expected a whole number from 1 to 2147483647, found a list",
        "training.batch-size = null | training.batch-size: expected a whole number from 1 to 2147483647, found null",
        "training.adversarial = 5 | training.adversarial: expected a group of options { ... }, found 5",
        "training = 5 | training: expected the name of a plugin or a group of options { ... }, found 5",
        "generator = 5 | generator: expected the name of a plugin or a group of options { ... }, found 5",
        "generator.name = [a] | generator.name: expected the name of a plugin, found a list",
        "training.adversarial.baseline-decay = 1.5 | expected at most 1, found 1.5",
        "training.discriminator-optimizer.learning-rate = 1e300 | learning-rate: expected a number from 0 to 3.402823e+38, found 1.0E300",
        "training.adversarial.baseline = batch-maen | expected one of none, batch-mean, moving-average, found \"batch-maen\"; did you mean batch-mean?",
        "task.title = 5 | task.title: expected text, found 5; write it in double quotes",
        "task.shares = [3, x] | task.shares[1]: expected a whole number from 1 to 2147483647, found \"x\"",
        "task.lower-case = maybe | task.lower-case: expected on or off, found \"maybe\"",
        "backend.pool = much | backend.pool: expected an amount of memory such as 512m or 2g, found \"much\"",
        "backend.kernels.lstn = on | unknown key 'backend.kernels.lstn'; did you mean 'lstm'?",
        "generator = lsmt | no generator plugin is named 'lsmt': installed are lstm, gru",
        "preset = papr | there is no preset 'papr'; presets are paper",
        "preset = 5 | preset: expected the name of a preset, found 5",
        "seed = x | seed: expected a whole number from -9.223372e+18 to 9.223372e+18, found \"x\""
      })
  void anErrorNamesTheFileTheLineAndTheKey(String line, String message) throws IOException {
    UserException error = failure("backend = { name = slow }\n" + TASK + "\n" + line);

    assertThat(error).hasMessageStartingWith(file + ":4: ").hasMessageContaining(message);
    assertThat(error.getMessage()).doesNotContain("\n");
    assertThat(error.kind()).isEqualTo(UserException.Kind.CONFIGURATION);
  }

  @Test
  void anErrorOfTheCommandLineNamesTheOverride() throws IOException {
    write("backend = slow\n" + TASK);

    assertThat(failureOf("training.batch-sise=3"))
        .hasMessage(
            "command line: training.batch-sise=3: unknown key 'training.batch-sise'; did you mean"
                + " 'batch-size'?");
    assertThat(failureOf("training.batch-size=many"))
        .hasMessage(
            "command line: training.batch-size=many: training.batch-size: expected a whole number from"
                + " 1 to 2147483647, found \"many\"");
    assertThat(failureOf("training.adversarial={k=x}"))
        .hasMessageStartingWith(
            "command line: training.adversarial={k=x}: training.adversarial.k: expected");
    assertThat(failureOf("training.batch-size=3, seed=5"))
        .hasMessageContaining("expected a whole number from 1 to 2147483647, found \"3, seed=5\"");
    assertThat(failureOf("batch"))
        .hasMessageStartingWith("command line: batch: expected key=value");
    assertThat(failureOf("task.shares=[1")).hasMessageStartingWith("command line: task.shares=[1");
    assertThat(failureOf("a..b=1")).hasMessageStartingWith("command line: a..b=1: ");
    assertThat(failureOf("preset=paper")).hasMessageContaining("unknown key 'preset'");
  }

  @Test
  void aCombinationThatTheRecordRejectsNamesEveryPlaceItMayComeFrom() throws IOException {
    write("backend = slow\n" + TASK);

    assertThat(failureOf("task.shares=[]"))
        .hasMessage(
            "command line: task.shares=[] and %s:2: task: expected at least one share, found none"
                .formatted(file));
  }

  @Test
  void aMissingRequiredOptionIsNamed() throws IOException {
    assertThat(failure("backend = slow\ntask = lines"))
        .hasMessage(
            "'task.file' must be given: expected a path (the lines); set it in the file or on the"
                + " command line as task.file=...");
  }

  @Test
  void anUpperLayerThatNamesAnotherPluginLeavesTheOthersOptionsBehind() throws IOException {
    String given = "backend = slow\n" + TASK + "generator { name = lstm, embedding-size = 8 }";
    ResolvedConfig config = read(given, "generator.name=gru");

    assertThat(config.generator().options()).isEqualTo(new FakePlugins.GruOptions(24));
    assertThat(config.notes())
        .singleElement()
        .asString()
        .isEqualTo(file + ":3: options of generator 'lstm' do not apply to 'gru': embedding-size");
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

    assertThat(config.backend().provider().about().name()).isEqualTo("slow");
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

    assertThatThrownBy(() -> ExperimentConfig.load(registry, file.toString(), List.of()))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageContaining("fast (preference 1) cannot run here: no driver");
  }

  @Test
  void whatIsOnlyShownAsksNoBackendThatIsTheLastOneLeft() throws IOException {
    write(TASK);
    Availability refusal = new Availability.Unavailable("no driver", List.of());
    PluginRegistry registry =
        FakePlugins.registry(
            new FakePlugins.FakeBackend("fast", 200, refusal),
            new FakePlugins.FakeBackend("slow", 10, refusal));

    ResolvedConfig shown = ExperimentConfig.loadToShow(registry, file.toString(), List.of());

    assertThat(shown.backend().provider().about().name()).isEqualTo("slow");
    assertThat(shown.notes())
        .containsExactly(
            "backend = auto chose slow: no other can run here; it is tried when something runs, and"
                + " has preference 10; fast (preference 200) cannot run here: no driver");
  }

  @Test
  void optionsBesideAutoAreThoseOfWhicheverIsChosen() throws IOException {
    assertThat(read(TASK + "backend { threads = 3 }").backend().options())
        .extracting("threads")
        .isEqualTo(3);
    assertThat(failure(TASK + "backend { thraeds = 3 }"))
        .hasMessage(file + ":2: unknown key 'backend.thraeds'; did you mean 'threads'?");
  }

  @Test
  void autoTakesABackendThatHasTheOptionsBesideIt() throws IOException {
    PluginRegistry registry =
        FakePlugins.registry(
            new FakePlugins.FakeBackend("slow", 10, new Availability.Available(List.of())),
            new FakePlugins.Accelerator());
    write(TASK + "backend { pool = 1g }");
    assertThat(chosen(registry, List.of())).isEqualTo("device");
    assertThat(chosen(registry, List.of("backend.device=1"))).isEqualTo("device");
    assertThat(chosen(registry, List.of("backend.threads=2"))).isEqualTo("slow");
    assertThat(
            ExperimentConfig.load(registry, file.toString(), List.of("backend.threads=2")).notes())
        .containsExactly(
            "backend = auto chose slow: of the backends that can run here it has the highest"
                + " preference, 10; device (preference 200) has no option backend.threads");
    assertThatThrownBy(() -> chosen(registry, List.of("backend.thraeds=2")))
        .hasMessageContaining("unknown key 'backend.thraeds'; did you mean 'threads'?");
    assertThatThrownBy(() -> chosen(registry, List.of("backend.threads=2", "backend.device=1")))
        .hasMessageContaining("device (preference 200) has no option backend.threads")
        .hasMessageContaining("slow (preference 10) has no option backend.device");
  }

  private String chosen(PluginRegistry registry, List<String> overrides) {
    return ExperimentConfig.load(registry, file.toString(), overrides)
        .backend()
        .provider()
        .about()
        .name();
  }

  @Test
  void everythingElseIsCheckedBeforeABackendIsAsked() throws IOException {
    write(TASK + "evaluation.samples = 0");
    PluginRegistry registry =
        FakePlugins.registry(
            new FakePlugins.FakeBackend(
                "fast", 1, new Availability.Unavailable("no driver", List.of())));

    assertThatThrownBy(() -> ExperimentConfig.load(registry, file.toString(), List.of()))
        .hasMessageContaining("evaluation.samples: expected at least 1, found 0");
  }

  @Test
  void anExplicitBackendIsNotReplacedEvenIfItCannotRun() throws IOException {
    assertThat(read(TASK + "backend = fast").backend().provider().about().name()).isEqualTo("fast");
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
    assertThat(error).hasMessageStartingWith("preset paper:");
  }

  @Test
  void metricsAreChosenByTheirScoresAndConfiguredByTheirName() throws IOException {
    ResolvedConfig config =
        read(
            TASK
                + "evaluation.metrics = [nll-gen, bleu-2]\n"
                + "metric.bleu { orders = [2, 3], references = training }");
    assertThat(config.evaluation().metrics()).containsExactly("nll-gen", "bleu-2");
    assertThat(config.render())
        .contains("evaluation.metrics = [nll-gen, bleu-2]", "metric.bleu.orders = [2, 3]")
        .contains("metric.bleu.references = training", "metric.bleu.smoothing = epsilon")
        .doesNotContain("metric.distinct");
    assertThat(config.metrics().names()).contains("corpus-bleu-3").doesNotContain("bleu-4");
    Path again = Files.writeString(folder.resolve("config.conf"), config.render());
    ResolvedConfig reread =
        ExperimentConfig.load(FakePlugins.registry(), again.toString(), List.of());
    assertThat(reread.metrics().entries().stream().<Record>map(entry -> entry.options()))
        .containsExactlyElementsOf(
            config.metrics().entries().stream().<Record>map(entry -> entry.options()).toList());
  }

  @Test
  void aMisspeltMetricIsAnErrorThatListsTheKnownOnes() throws IOException {
    assertThat(failure(TASK + "evaluation.metrics = [nll-gen, blue-2]"))
        .hasMessageStartingWith(
            file + ":2: evaluation.metrics: no metric is named 'blue-2'; known are bleu-2, ")
        .hasMessageContaining("nll-oracle");
    assertThat(failure(TASK + "metric.blue.orders = [2]"))
        .hasMessage(file + ":2: unknown key 'metric.blue'; did you mean 'bleu'?");
    assertThat(failure(TASK + "metric.bleu.order = 2"))
        .hasMessage(file + ":2: unknown key 'metric.bleu.order'; did you mean 'orders'?");
    assertThat(failure(TASK + "metric = bleu"))
        .hasMessageContaining(file + ":2: metric: expected a group of options");
    assertThat(failure(TASK + "metric.bleu = 2"))
        .hasMessageContaining(file + ":2: metric.bleu: expected a group of options");
  }

  @Test
  void theResolvedFormReadsBackAsTheSameValues() throws IOException {
    ResolvedConfig config =
        read(
            """
            backend { name = slow, threads = 2, pool = 3m, kernels { matrix-product = off } }
            task { name = lines, file = "/a \\"b\\" # c.txt", title = "on", split = 0.1, lower-case = off }
            generator = gru
            training.generator-pretraining.optimizer.epsilon = 1e-8
            """,
            "training.adversarial.rounds=3");
    String text = config.render();
    Path again = folder.resolve("config.conf");
    Files.writeString(again, text);
    ResolvedConfig reread =
        ExperimentConfig.load(FakePlugins.registry(), again.toString(), List.of());

    assertThat(reread.seed()).isEqualTo(config.seed());
    assertThat(reread.backend().options()).isEqualTo(config.backend().options());
    assertThat(reread.task().options()).isEqualTo(config.task().options());
    assertThat(reread.generator().options()).isEqualTo(config.generator().options());
    assertThat(reread.discriminator().options()).isEqualTo(config.discriminator().options());
    assertThat(reread.reward().options()).isEqualTo(config.reward().options());
    assertThat(training(reread)).isEqualTo(training(config));
    assertThat(reread.health()).isEqualTo(config.health());
    assertThat(reread.evaluation()).isEqualTo(config.evaluation());
    assertThat(text)
        .containsPattern(
            "training.adversarial.rounds = 3 +# command line: training.adversarial.rounds=3\n")
        .containsPattern("training.batch-size = 64 +# default\n")
        .contains("# task.parameters is not set");
    assertThat(reread.values())
        .extracting(ResolvedValue::key, ResolvedValue::value)
        .isEqualTo(config.values().stream().map(v -> tuple(v.key(), v.value())).toList());
  }

  @Test
  void aSyntaxErrorIsOneLineWithFileAndLine() throws IOException {
    UserException error = failure(TASK + "training {\n  batch-size = 3\n");

    assertThat(error.getMessage())
        .startsWith(file + ":")
        .containsIgnoringCase("expecting")
        .doesNotContain("\n");
  }

  @Test
  void anUnresolvedSubstitutionIsAnError() throws IOException {
    assertThat(failure(TASK + "seed = ${no.such.key}"))
        .hasMessageStartingWith(file + ":2: ")
        .hasMessageContaining("no.such.key");
  }

  @Test
  void includesAreReadAndAMissingOneIsAnError() throws IOException {
    Files.writeString(folder.resolve("base.conf"), TASK + "backend = slow\nseed = 3\n");
    ResolvedConfig config = read("include \"base.conf\"\ngenerator = gru");
    assertThat(config.seed()).isEqualTo(3);
    assertThat(origin(config, "seed")).endsWith("base.conf:3");

    assertThat(failure("include \"gone.conf\"\n" + TASK))
        .hasMessage(
            file
                + ":1: include of 'gone.conf': expected a file that can be read, found none; check"
                + " its path");
    assertThat(failure("include file(\"gone.conf\")\n" + TASK)).hasMessageContaining("gone.conf");
    assertThat(failure("include \"gone\"\n" + TASK)).hasMessageContaining("gone");
  }

  @Test
  void aWordThatIsNeitherPresetNorFileListsThePresets() {
    assertThatThrownBy(() -> load("quikstart"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "'quikstart' is neither a file nor a preset; presets are quickstart");
    assertThatThrownBy(() -> load(folder.toString()))
        .hasMessage(folder + ": expected a configuration file, found a folder; check the path");
  }

  @Test
  void aRelativeFileFindsItsIncludes() throws IOException {
    Path relative = Files.createTempDirectory(Path.of(""), "includes");
    Path main = relative.resolve("main.conf");
    Path base = relative.resolve("base.conf");
    try {
      Files.writeString(base, TASK + "backend = slow\nseed = 3\n");
      Files.writeString(main, "include \"base.conf\"\n");
      assertThat(main).isRelative();
      assertThat(load(main.toString()).seed()).isEqualTo(3);
    } finally {
      Files.deleteIfExists(main);
      Files.deleteIfExists(base);
      Files.deleteIfExists(relative);
    }
  }

  private static ResolvedConfig load(String source) {
    return ExperimentConfig.load(FakePlugins.registry(), source, List.of());
  }

  private ResolvedConfig read(String text, String... overrides) throws IOException {
    write(text);
    return readFile(overrides);
  }

  private ResolvedConfig readFile(String... overrides) {
    return ExperimentConfig.load(FakePlugins.registry(), file.toString(), List.of(overrides));
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

  private static SeqGanOptions training(ResolvedConfig config) {
    return (SeqGanOptions) config.trainer().options();
  }
}
