package org.seqgan.core.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmOptions;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

/**
 * The steps of Algorithm 1 at the sizes of the paper (preset {@code paper}: 5,000 tokens, length
 * 20, embedding and hidden state of 32, batches of 64, 16 roll-outs, the paper's discriminator), on
 * freshly initialised models. All of them go the way that training goes. One thread at a time.
 */
public final class StandardWorkload implements AutoCloseable {
  /** The preset whose sizes are measured. */
  public static final String PRESET = "paper";

  private static final int BATCH = 64;
  private static final int ROLL_OUTS = 16;
  private static final int SAMPLES = 10_000;
  private static final int LARGE_BATCH = 1024;
  private static final int CEILING_SIZE = 1_536;
  private static final int CEILING_REPEATS = 40;

  private final ResolvedConfig config;
  private final Experiment experiment;
  private final RandomStream random = RandomStream.of(1);
  private long steps;

  /**
   * Opens the models.
   *
   * @param overrides such as {@code backend.threads=2}
   * @throws org.seqgan.api.UserException if an override is wrong or the backend does not run here
   */
  public StandardWorkload(PluginRegistry registry, List<String> overrides) {
    List<String> all = new ArrayList<>(overrides);
    // The oracle's data play no part: a few sequences open faster than 10,000.
    all.add("task.training-sequences=" + BATCH);
    this.config = ExperimentConfig.load(registry, PRESET, all);
    this.experiment = Experiment.open(config, registry);
  }

  /** The name of the backend that computes. */
  public String backend() {
    return config.backend().provider().about().name();
  }

  /** The options of the backend that computes. */
  public Record backendOptions() {
    return config.backend().options();
  }

  /** The memory that the backend holds, and the most that it has held. */
  public MemoryUse memory() {
    return experiment.backend().memory();
  }

  private record Work(String name, double operations, Runnable body) {}

  /** The names of all figures, in order. */
  public List<String> names() {
    return works().stream().map(Work::name).toList();
  }

  /** Times the chosen works one after another, and tells of each when it is done. */
  public List<Figure> run(Stopwatch stopwatch, Predicate<String> chosen, Consumer<Figure> done) {
    List<Figure> figures = new ArrayList<>();
    for (Work work : works()) {
      if (chosen.test(work.name())) {
        Figure figure = stopwatch.time(work.name(), work.operations(), work.body());
        figures.add(figure);
        done.accept(figure);
      }
    }
    return figures;
  }

  private List<Work> works() {
    Generator generator = experiment.generator();
    Discriminator discriminator = discriminator();
    Sequences random64 = randomTokens();
    boolean[] labels = new boolean[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % 2 == 1;
    }
    Sequences sampled = generator.sample(LARGE_BATCH, Decoding.SAMPLE, random.split("scored"));
    Arithmetic arithmetic =
        new Arithmetic(
            (LstmOptions) config.generator().options(),
            (CnnOptions) config.discriminator().options(),
            experiment.task().data().vocabulary().size(),
            experiment.task().data().sequenceLength());
    return List.of(
        new Work(
            "mle_step_64",
            arithmetic.trainGenerator(BATCH),
            () -> generator.trainMaximumLikelihood(random64, 1f, next())),
        new Work(
            "sample_64",
            arithmetic.sample(BATCH),
            () -> generator.sample(BATCH, Decoding.SAMPLE, next())),
        new Work("sample_10000_batch1024", arithmetic.sample(SAMPLES), this::sampleMany),
        new Work(
            "d_train_step_64",
            arithmetic.trainDiscriminator(BATCH),
            () -> discriminator.train(random64, labels, next())),
        new Work(
            "d_infer_64", arithmetic.score(BATCH), () -> discriminator.probabilityReal(random64)),
        new Work(
            "d_infer_1024",
            arithmetic.score(LARGE_BATCH),
            () -> discriminator.probabilityReal(sampled)),
        new Work("g_adv_step_64", arithmetic.generatorStep(BATCH, ROLL_OUTS), this::generatorStep));
  }

  private void sampleMany() {
    RandomStream stream = next();
    for (int from = 0; from < SAMPLES; from += LARGE_BATCH) {
      int count = Math.min(LARGE_BATCH, SAMPLES - from);
      experiment.generator().sample(count, Decoding.SAMPLE, stream.split("part", from));
    }
  }

  /** A g-step as in Algorithm 1, with the reward of the preset. */
  private void generatorStep() {
    RandomStream stream = next();
    Sequences batch =
        experiment.generator().sample(BATCH, Decoding.SAMPLE, stream.split("sample")); // (B, T)
    TokenValues q =
        experiment // (B, T)
            .models()
            .reward(batch, rollOutPolicy(), discriminator(), Decoding.SAMPLE, stream);
    experiment.generator().trainPolicyGradient(batch, q);
  }

  private Discriminator discriminator() {
    return experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class).orElseThrow();
  }

  private Generator rollOutPolicy() {
    return experiment.model(SeqGanTrainerProvider.ROLL_OUT_POLICY, Generator.class).orElseThrow();
  }

  private RandomStream next() {
    return random.split("step", steps++);
  }

  private Sequences randomTokens() {
    int time = experiment.task().data().sequenceLength();
    RandomStream stream = random.split("tokens");
    int[] tokens = new int[BATCH * time];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = stream.nextInt(experiment.task().data().vocabulary().size());
    }
    return Sequences.ofFullLength(tokens, time);
  }

  /**
   * What the backend reaches on a large square matrix product in float32, at best: 10^9 operations
   * a second.
   */
  public double ceilingGigaflops() {
    double operations = 2.0 * CEILING_SIZE * CEILING_SIZE * CEILING_SIZE;
    try (TensorScope scope = experiment.backend().openScope()) {
      Tensor a = operand(scope);
      Tensor b = operand(scope);
      Stopwatch stopwatch = new Stopwatch(0.5, 1, 1, CEILING_REPEATS);
      Figure figure =
          stopwatch.time(
              "ceiling",
              operations,
              () -> {
                try (TensorScope temporary = experiment.backend().openScope()) {
                  temporary.matmul(a, false, b, false);
                }
              });
      return operations / figure.minSeconds() / 1e9;
    }
  }

  private Tensor operand(TensorScope scope) {
    Tensor numbers = scope.uniform(random.draws(CEILING_SIZE * CEILING_SIZE));
    return scope.reshape(numbers, CEILING_SIZE, CEILING_SIZE);
  }

  @Override
  public void close() {
    experiment.close();
  }
}
