package org.seqgan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.backend.dl4j.Dl4jBackendProvider;
import org.seqgan.backend.dl4j.Dl4jOptions;
import org.seqgan.core.TestBackends;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.experiment.TokenRequest;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.metric.MetricSelection;
import org.seqgan.core.model.CnnModel;
import org.seqgan.core.model.LstmModel;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.reward.BuiltInReward;
import org.seqgan.core.trainer.MaximumLikelihood;
import org.seqgan.core.trainer.MaximumLikelihood.Inputs;
import org.seqgan.core.trainer.SeqGanOptions;
import org.seqgan.core.trainer.SeqGanOptions.Baseline;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

@DisplayName("Training on sequences of unequal length")
class VariableLengthTrainingTest {
  private static final int TIME = 6;
  private static final int END = 7;
  private static final Vocabulary VOCABULARY = new Vocabulary(8, 0, OptionalInt.of(END));
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.02f, 0.9f, 0.999f, 1e-8f, 5f);

  /** So small that nothing moves. */
  private static final OptimizerOptions STILL =
      new OptimizerOptions(1e-20f, 0.9f, 0.999f, 1e-8f, 5f);

  // ---- a whole run ----

  static Stream<String> backends() {
    return TestBackends.names();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aWholeRunIsFiniteAndRepeatable(String backend) {
    Run first = run(TestBackends.open(backend), search(), options(ADAM, Baseline.MOVING_AVERAGE));
    Run second = run(TestBackends.open(backend), search(), options(ADAM, Baseline.MOVING_AVERAGE));
    assertThat(first.measured()).hasSize(1 + 2 + 1 + 3);
    for (Map<String, Double> values : first.measured()) {
      assertThat(values.values()).allSatisfy(value -> assertThat(value).isFinite());
    }
    assertThat(first.measured().get(6))
        .containsKeys("g-loss", "d-loss", "reward", "nll-gen", "bleu-2", "self-bleu-2", "copied");
    assertThat(first.measured().get(6).get("reward")).isStrictlyBetween(0.0, 1.0);
    assertSame(first, second);
  }

  @Test
  void dl4jGivesTheSameForAnyNumberOfThreads() {
    SeqGanOptions options = options(ADAM, Baseline.MOVING_AVERAGE);
    Run one = run(threads(1), search(), options);
    assertSame(one, run(threads(2), search(), options));
    assertSame(one, run(threads(3), search(), options));
  }

  private static TensorBackend threads(int count) {
    return new Dl4jBackendProvider().open(Dl4jOptions.withThreads(count));
  }

  private static void assertSame(Run expected, Run actual) {
    assertThat(actual.measured()).isEqualTo(expected.measured());
    assertThat(actual.shown()).isEqualTo(expected.shown());
    expected
        .parameters()
        .forEach(
            (model, arrays) ->
                arrays
                    .arrays()
                    .forEach(
                        (name, array) ->
                            assertThat(actual.parameters().get(model).get(name).values())
                                .as("%s of %s", name, model)
                                .isEqualTo(array.values())));
  }

  // ---- what a run says of itself ----

  @ParameterizedTest
  @EnumSource(Baseline.class)
  void whatARewardSaysAfterTheEndsDoesNotCount(Baseline baseline) {
    Run exact = run(reference(), perToken(0f), options(ADAM, baseline));
    assertSame(exact, run(reference(), perToken(9f), options(ADAM, baseline)));
    assertSame(exact, run(reference(), perToken(Float.NaN), options(ADAM, baseline)));
  }

  /** The token over the size of the vocabulary, and something else after the end. */
  private static Reward perToken(float after) {
    return request -> {
      Sequences sequences = request.sequences();
      float[] values = new float[sequences.tokens().length];
      Arrays.fill(values, after);
      for (int i = 0; i < sequences.count(); i++) {
        for (int t = 0; t < sequences.length(i); t++) {
          values[i * TIME + t] = sequences.token(i, t) / 8f;
        }
      }
      return new TokenValues(sequences.count(), TIME, values);
    };
  }

  @Test
  void theMeanRewardIsThatOfTheTokens() {
    Reward one = reward(new BuiltInReward.Constant(), new BuiltInReward.ConstantOptions(0.75f));
    Run run = run(reference(), one, options(ADAM, Baseline.NONE));
    assertThat(run.measured().get(6).get("reward")).isEqualTo(0.75);
  }

  @Test
  void theLossOfAnEpochIsTheMeanOverItsTokensWhateverItsBatches() {
    Run run = run(reference(), search(), options(STILL, Baseline.NONE));
    try (TensorBackend backend = reference();
        Generator generator = generator(backend, STILL)) {
      Sequences training = new RaggedTask().data().training();
      double expected = -generator.logProbabilities(training).sum() / training.tokenCount();
      assertThat(run.measured().get(1).get("g-loss")).isCloseTo(expected, within(1e-6));
    }
  }

  // ---- a run ----

  /** What a run told and left behind. */
  private record Run(
      List<Map<String, Double>> measured,
      List<List<Shown>> shown,
      Map<String, NamedArrays> parameters) {}

  private static TensorBackend reference() {
    return TestBackends.open("reference");
  }

  private static Reward search() {
    return reward(new BuiltInReward.Discriminator(), new BuiltInReward.SearchOptions(3));
  }

  private static <O extends Record> Reward reward(RewardProvider<O> provider, O options) {
    try (TensorBackend backend = reference()) { // of which these make nothing
      return provider.create(
          new RewardContext(
              backend,
              VOCABULARY,
              new RaggedTask().data().training(),
              Arrays::toString,
              tokens -> Optional.empty(),
              RandomStream.of(1)),
          options);
    }
  }

  private static Run run(TensorBackend opened, Reward reward, SeqGanOptions options) {
    List<Map<String, Double>> measured = new ArrayList<>();
    List<List<Shown>> shown = new ArrayList<>();
    try (TensorBackend backend = opened;
        Models models = new Models(backend, reward)) {
      SeqGanTrainerProvider provider = new SeqGanTrainerProvider();
      Trainer trainer = provider.create(models, options);
      TrainingPlan plan = new TrainingPlan(provider.phases(options), provider.reads());
      TrainingLoop training =
          new TrainingLoop(
              trainer,
              plan,
              models.made.get(0),
              models.task(),
              evaluator(backend),
              RandomStream.of(11),
              event -> {
                if (event instanceof TrainingEvent.Measured figures) {
                  measured.add(figures.values());
                } else if (event instanceof TrainingEvent.Sampled samples) {
                  shown.add(samples.sequences());
                }
              },
              () -> false);
      assertThat(training.run(StartingPoint.beginning(plan))).isTrue();
      Map<String, NamedArrays> parameters = new LinkedHashMap<>();
      parameters.put("generator", models.made.get(0).parameters());
      parameters.put("discriminator", models.judges.get(0).parameters());
      parameters.put("training", trainer.state());
      return new Run(measured, shown, parameters);
    }
  }

  /** Makes small models, and a reward of one's choice. */
  private static final class Models implements TrainerContext, AutoCloseable {
    private final TensorBackend backend;
    private final Reward reward;
    private final Task task = new RaggedTask();
    private final List<Generator> made = new ArrayList<>();
    private final List<Discriminator> judges = new ArrayList<>();

    Models(TensorBackend backend, Reward reward) {
      this.backend = backend;
      this.reward = reward;
    }

    @Override
    public TensorBackend backend() {
      return backend;
    }

    @Override
    public Task task() {
      return task;
    }

    @Override
    public Generator generator(String name, OptimizerOptions likelihood, OptimizerOptions policy) {
      made.add(VariableLengthTrainingTest.generator(backend, likelihood));
      return made.get(made.size() - 1);
    }

    @Override
    public Generator follower(String name, Generator leader) {
      Generator follower = generator(name, STILL, STILL);
      follower.moveTowards(leader, 1);
      return follower;
    }

    @Override
    public Discriminator discriminator(String name, OptimizerOptions optimizer) {
      judges.add(VariableLengthTrainingTest.discriminator(backend));
      return judges.get(0);
    }

    @Override
    public OnTape<AutoregressiveModel> onTape(Generator generator, OptimizerOptions optimizer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OnTape<SequenceClassifier> onTape(
        Discriminator discriminator, OptimizerOptions optimizer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Network network(
        String name, List<ParameterSpec> parameters, OptimizerOptions optimizer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenValues reward(
        Sequences batch, Policy rollOutPolicy, Decoding decoding, RandomStream stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenValues reward(
        Sequences batch,
        Policy rollOutPolicy,
        Scorer discriminator,
        Decoding decoding,
        RandomStream stream) {
      return reward.reward(
          new TokenRequest(
              task, batch, rollOutPolicy, Optional.of(discriminator), decoding, stream));
    }

    @Override
    public void close() {
      judges.forEach(Discriminator::close);
      made.forEach(Generator::close);
    }
  }

  private static Generator generator(TensorBackend backend, OptimizerOptions optimizer) {
    return new ModelSetting.ForGenerator(
            backend, VOCABULARY, TIME, RandomStream.of(12), optimizer, optimizer)
        .autoregressive(new LstmModel(VOCABULARY.size(), 5, 6, 0.3f));
  }

  private static Discriminator discriminator(TensorBackend backend) {
    return new ModelSetting.ForDiscriminator(backend, VOCABULARY, TIME, RandomStream.of(13), ADAM)
        .classifier(
            new CnnModel(VOCABULARY.size(), 5, List.of(1, 2, 4), List.of(6, 5, 4), 0.75f, 0.1f));
  }

  /** Two epochs of scheduled sampling, one round of lessons, three of the game. */
  private static SeqGanOptions options(OptimizerOptions optimizer, Baseline baseline) {
    return new SeqGanOptions(
        8,
        ADAM,
        new MaximumLikelihood.Options(optimizer, 2, Inputs.SCHEDULED_SAMPLING, 1f, 0.5f),
        new SeqGanOptions.DiscriminatorPretraining(1, 2),
        new SeqGanOptions.Adversarial(
            optimizer, 3, 2, 1, 1, 0, 1f, 1f, baseline, 0.9f, 1f, 5f, 0f, 0.3f));
  }

  private static Evaluator evaluator(TensorBackend backend) {
    List<MetricCatalog.Entry<?>> entries = new ArrayList<>();
    PluginRegistry registry =
        PluginRegistry.discover(VariableLengthTrainingTest.class.getClassLoader());
    for (RegisteredPlugin plugin : registry.plugins(PluginKind.METRIC)) {
      entries.add(entry((MetricProvider<?>) plugin.provider()));
    }
    List<String> metrics =
        List.of(
            "nll-gen",
            "bleu",
            "self-bleu",
            "distinct",
            "copied",
            "forward-perplexity",
            "reverse-perplexity");
    MetricSelection selection = new MetricCatalog(entries).select(metrics);
    return new Evaluator(
        new EvaluationOptions(20, 1, 1, metrics, List.of(), 4), selection, backend);
  }

  private static MetricCatalog.Entry<?> entry(MetricProvider<?> provider) {
    return MetricCatalog.Entry.of(
        provider, new OptionsBinder().bind(provider.about().optionsType(), Map.of()));
  }

  /**
   * Random tokens of random lengths; the first sequence has length 1, the second T, in each set.
   */
  private static final class RaggedTask implements Task {
    private final Sequences held = random(11, 2);
    private final TaskData data =
        new TaskData(
            VOCABULARY,
            random(27, 1),
            held,
            held,
            List.of("nll-gen"),
            List.of("random tokens of random lengths"));

    private static Sequences random(int count, long seed) {
      RandomStream stream = RandomStream.of(seed);
      int[] tokens = new int[count * TIME];
      for (int i = 0; i < count; i++) {
        int length = i < 2 ? 1 + i * (TIME - 1) : 1 + stream.nextInt(TIME);
        for (int t = 0; t < TIME; t++) {
          boolean ended = t >= length - 1 && length < TIME;
          tokens[i * TIME + t] = ended ? END : stream.nextInt(END);
        }
      }
      return Sequences.ofSampled(tokens, TIME, VOCABULARY.endToken());
    }

    @Override
    public TaskData data() {
      return data;
    }

    @Override
    public String show(int[] tokens) {
      return Arrays.toString(tokens);
    }
  }
}
