package org.seqgan.core.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
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

  /** So many numbers fit no cache. */
  private static final int COPIED = 1 << 24;

  /** Enough that the wait at their end does not count. */
  private static final int TOGETHER = 10;

  private final ResolvedConfig config;
  private final Experiment experiment;
  private final RandomStream random = RandomStream.of(1);
  private final List<Work> works;
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
    this.works = works();
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

  /**
   * A piece of work.
   *
   * @param together how many training asks for before it waits, at most
   * @param body does so many, and waits
   */
  private record Work(String name, Cost cost, int together, IntConsumer body) {
    /** Work whose result comes to the host. */
    static Work awaited(String name, Cost cost, Runnable body) {
      return new Work(
          name,
          cost,
          1,
          count -> {
            for (int i = 0; i < count; i++) {
              body.run();
            }
          });
    }

    /** Steps, which a backend does one after the other: when the last is done, all are. */
    static Work steps(String name, Cost cost, Supplier<Step> step) {
      return new Work(
          name,
          cost,
          TOGETHER,
          count -> {
            Step last = step.get();
            for (int i = 1; i < count; i++) {
              last = step.get();
            }
            await(last);
          });
    }

    private static void await(Step step) {
      if (Double.isNaN(step.loss()) || Double.isNaN(step.gradientNorm())) {
        throw new IllegalStateException("the loss of a benchmark is not a number");
      }
    }
  }

  /** The names of all figures, in order. */
  public List<String> names() {
    return works.stream().map(Work::name).toList();
  }

  /** Times the chosen works one after another, and tells of each when it is done. */
  public List<Figure> run(Stopwatch stopwatch, Predicate<String> chosen, Consumer<Figure> done) {
    List<Figure> figures = new ArrayList<>();
    for (Work work : works) {
      if (chosen.test(work.name())) {
        Figure figure = stopwatch.time(work.name(), work.cost(), work.together(), work.body());
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
    int batches = (SAMPLES + LARGE_BATCH - 1) / LARGE_BATCH;
    return List.of(
        Work.steps(
            "mle_step_64",
            arithmetic.trainGenerator(BATCH),
            () -> generator.trainMaximumLikelihood(random64, 1f, next())),
        Work.awaited(
            "sample_64",
            arithmetic.sample(BATCH, 1),
            () -> generator.sample(BATCH, Decoding.SAMPLE, next())),
        Work.awaited(
            "sample_10000_batch1024", arithmetic.sample(SAMPLES, batches), this::sampleMany),
        Work.steps(
            "d_train_step_64",
            arithmetic.trainDiscriminator(BATCH),
            () -> discriminator.train(random64, labels, next())),
        Work.awaited(
            "d_infer_64", arithmetic.score(BATCH), () -> discriminator.probabilityReal(random64)),
        Work.awaited(
            "d_infer_1024",
            arithmetic.score(LARGE_BATCH),
            () -> discriminator.probabilityReal(sampled)),
        Work.awaited(
            "g_adv_step_64",
            arithmetic.generatorStep(BATCH, ROLL_OUTS),
            () -> Work.await(generatorStep())));
  }

  private void sampleMany() {
    RandomStream stream = next();
    for (int from = 0; from < SAMPLES; from += LARGE_BATCH) {
      int count = Math.min(LARGE_BATCH, SAMPLES - from);
      experiment.generator().sample(count, Decoding.SAMPLE, stream.split("part", from));
    }
  }

  /** A g-step as in Algorithm 1, with the reward of the preset. */
  private Step generatorStep() {
    RandomStream stream = next();
    Sequences batch =
        experiment.generator().sample(BATCH, Decoding.SAMPLE, stream.split("sample")); // (B, T)
    TokenValues q =
        experiment // (B, T)
            .models()
            .reward(batch, rollOutPolicy(), discriminator(), Decoding.SAMPLE, stream);
    return experiment.generator().trainPolicyGradient(batch, q);
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

  /** What the backend reaches at best. */
  public Ceilings ceilings(Stopwatch stopwatch) {
    return new Ceilings(productGigaflops(stopwatch), copyGigabytes(stopwatch));
  }

  private double productGigaflops(Stopwatch stopwatch) {
    double operations = 2.0 * CEILING_SIZE * CEILING_SIZE * CEILING_SIZE;
    try (TensorScope scope = experiment.backend().openScope()) {
      Tensor a = operand(scope);
      Tensor b = operand(scope);
      Tensor row = scope.zeros(1, CEILING_SIZE);
      double seconds =
          least(
              stopwatch,
              scope,
              row,
              () -> {
                try (TensorScope temporary = experiment.backend().openScope()) {
                  Tensor product = temporary.matmul(a, false, b, false);
                  temporary.copy(temporary.rows(product, 0, 1), row);
                }
              });
      return operations / seconds / 1e9;
    }
  }

  /** The better of both: a CPU may copy on one thread, and scale on all. */
  private double copyGigabytes(Stopwatch stopwatch) {
    double bytes = 2.0 * COPIED * Float.BYTES;
    try (TensorScope scope = experiment.backend().openScope()) {
      Tensor from = scope.zeros(COPIED);
      Tensor to = scope.zeros(COPIED);
      Tensor start = scope.rows(to, 0, 1);
      double copying = least(stopwatch, scope, start, () -> scope.copy(from, to));
      double scaling = least(stopwatch, scope, start, () -> scope.affineInPlace(to, 1, 0));
      return bytes / Math.min(copying, scaling) / 1e9;
    }
  }

  /** The shortest time of an operation, of many that are waited for by a look at a result. */
  private static double least(
      Stopwatch stopwatch, TensorScope scope, Tensor result, Runnable operation) {
    Stopwatch brief =
        new Stopwatch(
            0, Math.min(0.5, stopwatch.seconds()), 1, CEILING_REPEATS, stopwatch.mostTogether());
    return brief
        .time(
            "ceiling",
            new Cost(0, 0, 0),
            TOGETHER,
            count -> {
              for (int i = 0; i < count; i++) {
                operation.run();
              }
              scope.read(result);
            })
        .minSeconds();
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
