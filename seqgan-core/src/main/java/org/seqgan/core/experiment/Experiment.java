package org.seqgan.core.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.TaskSize;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.health.HealthWatch;
import org.seqgan.core.health.Symptoms;
import org.seqgan.core.health.VitalSigns;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Checkpointer;
import org.seqgan.core.run.Position;
import org.seqgan.core.training.AdversarialTraining;
import org.seqgan.core.training.Evaluator;
import org.seqgan.core.training.Players;
import org.seqgan.core.training.StartingPoint;

/**
 * An experiment, opened: its backend, task, models and reward. Close it to free them. One thread at
 * a time.
 */
public final class Experiment implements AutoCloseable {
  private static final String GENERATOR = "generator";
  private static final String GENERATOR_OPTIMIZER = "generator-optimizer";
  private static final String ROLL_OUT_POLICY = "roll-out-policy";
  private static final String DISCRIMINATOR = "discriminator";
  private static final String DISCRIMINATOR_OPTIMIZER = "discriminator-optimizer";
  private static final String TRAINING = "training";

  private final ResolvedConfig config;
  private final RandomStream random;
  private final TensorBackend backend;
  private final Players players;
  private final Evaluator evaluator;

  private Experiment(ResolvedConfig config, TensorBackend backend, Players players) {
    this.config = config;
    this.random = RandomStream.of(config.seed());
    this.backend = backend;
    this.players = players;
    this.evaluator = evaluator(config, config.evaluation().metrics(players.task()));
  }

  /**
   * Opens everything that a configuration names, to be trained.
   *
   * @throws org.seqgan.api.UserException if something in it cannot be had here, or has no room
   */
  public static Experiment open(ResolvedConfig config, PluginRegistry registry) {
    return open(config, registry, true);
  }

  /**
   * Opens everything for use alone: it cannot be trained, and takes less memory.
   *
   * @throws org.seqgan.api.UserException as above
   */
  public static Experiment openTrained(ResolvedConfig config, PluginRegistry registry) {
    return open(config, registry, false);
  }

  private static Experiment open(ResolvedConfig config, PluginRegistry registry, boolean training) {
    Room room = new Room(config, training, MachineMemory.here());
    size(config.task().provider(), config.task().options()).ifPresent(room::require);
    TensorBackend backend =
        CheckedPlugins.backend(config.backend().provider(), config.backend().options());
    try {
      return new Experiment(config, backend, players(config, registry, backend, room));
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  private static Players players(
      ResolvedConfig config, PluginRegistry registry, TensorBackend backend, Room room) {
    RandomStream random = RandomStream.of(config.seed());
    TaskContext context =
        new ExperimentTaskContext(
            backend,
            registry,
            new OptionsBinder(),
            random.split("task"),
            CorpusCache.ofUser(System.getenv()));
    Task task =
        CheckedPlugins.task(config.task().provider(), config.task().options(), context, backend);
    room.require(TaskSize.of(task));
    room.requireBudget(TaskSize.of(task), backend);
    Generator generator = generator(config, backend, task);
    Generator rollOutPolicy = generator(config, backend, task);
    rollOutPolicy.moveTowards(generator, 1);
    Discriminator discriminator =
        CheckedPlugins.discriminator(
            config.discriminator().provider(),
            config.discriminator().options(),
            new ModelSetting.ForDiscriminator(
                backend,
                task.data().vocabulary(),
                task.data().sequenceLength(),
                random.split(DISCRIMINATOR),
                config.training().discriminatorOptimizer()));
    Reward reward =
        CheckedPlugins.reward(
            config.reward().provider(),
            config.reward().options(),
            new RewardContext(
                backend,
                task.data().vocabulary(),
                task.data().training(),
                task::show,
                random.split("reward")));
    return new Players(task, generator, rollOutPolicy, discriminator, reward);
  }

  private static Generator generator(ResolvedConfig config, TensorBackend backend, Task task) {
    return CheckedPlugins.generator(
        config.generator().provider(),
        config.generator().options(),
        new ModelSetting.ForGenerator(
            backend,
            task.data().vocabulary(),
            task.data().sequenceLength(),
            RandomStream.of(config.seed()).split(GENERATOR),
            config.training().generatorPretraining().optimizer(),
            config.training().adversarial().generatorOptimizer()));
  }

  // A provider and its options come as a pair from the registry; the cast ties them together again.
  private static <O extends Record> Optional<TaskSize> size(
      TaskProvider<O> provider, Record options) {
    return provider.size(provider.about().optionsType().cast(options));
  }

  /** What it was opened with. */
  public ResolvedConfig config() {
    return config;
  }

  /** The task with its data. */
  public Task task() {
    return players.task();
  }

  /** Task, models and reward. */
  public Players players() {
    return players;
  }

  /** The generator. */
  public Generator generator() {
    return players.generator();
  }

  /** Measures the generator as it stands on fresh samples. */
  public Evaluator.Evaluation evaluate(RandomStream stream) {
    return evaluator.evaluate(players.generator(), players.task(), stream);
  }

  /** What measures the generator in training. */
  public Evaluator evaluator() {
    return evaluator;
  }

  /**
   * An evaluator of other metrics than the configuration's.
   *
   * @param metrics names of scores, or of metrics for all of their scores
   * @throws org.seqgan.api.UserException if one is not known, or if the task cannot give it
   */
  public Evaluator chosenEvaluator(List<String> metrics) {
    Evaluator chosen = evaluator(config, metrics);
    chosen.requireAll(task());
    return chosen;
  }

  private static Evaluator evaluator(ResolvedConfig config, List<String> metrics) {
    return new Evaluator(config.evaluation(), config.metrics().select(metrics));
  }

  /** The backend that everything runs on. */
  public TensorBackend backend() {
    return backend;
  }

  /**
   * Trains from the start or from a checkpoint.
   *
   * @param resumed where to go on, if anywhere
   * @param listeners makes what hears of training; it may take checkpoints while it hears of a
   *     batch or a step that is done
   * @param stopRequested asked after every batch
   * @return whether training came to its end
   * @throws UserException of kind {@code RUN_DIRECTORY} where the checkpoint does not fit; training
   *     has not begun then
   */
  public boolean train(
      Optional<Checkpoint> resumed,
      Function<Checkpointer.Snapshot, TrainingListener> listeners,
      BooleanSupplier stopRequested) {
    VitalSigns signs = new VitalSigns(players.task(), players.discriminator());
    DeferredListener listener = new DeferredListener(signs);
    AdversarialTraining training =
        new AdversarialTraining(
            players.with(signs.of(players.reward())),
            config.training(),
            evaluator.seenBy(signs::evaluated),
            random,
            listener,
            stopRequested);
    listener.target = listeners.apply(() -> snapshot(training, signs));
    resumed.ifPresent(
        checkpoint -> {
          restore(training, checkpoint);
          signs.setState(checkpoint.state());
        });
    return training.run(resumed.map(Experiment::start).orElse(StartingPoint.BEGINNING));
  }

  private static StartingPoint start(Checkpoint checkpoint) {
    Position at = checkpoint.position();
    return at.batch() == 0
        ? new StartingPoint(at.phase(), at.step())
        : new StartingPoint(at.phase(), at.step(), at.batch(), checkpoint.state());
  }

  /** Whether the plan asks for an evaluation after a step. */
  public boolean isEvaluated(Position position) {
    Integer steps = config.training().plan().get(position.phase());
    return evaluator.isDue(position.phase(), position.step(), steps.equals(position.step()));
  }

  /**
   * A watch over the training of this experiment.
   *
   * @param earlier the figures of the steps that are done, asked for when training starts
   * @param saveAfterStep called before the end of a step after which training stops
   * @param next hears everything, and the warnings
   */
  public TrainingListener watch(
      Supplier<List<TrainingEvent.Measured>> earlier,
      Runnable saveAfterStep,
      TrainingListener next) {
    Symptoms symptoms = new Symptoms(evaluator.sources());
    return new HealthWatch(symptoms, config.training().stopOn(), earlier, saveAfterStep, next);
  }

  /**
   * Training needs a listener, and the listener may take snapshots of the training: one of them has
   * to wait. Adds the vital signs to the figures of every step.
   */
  private static final class DeferredListener implements TrainingListener {
    private final VitalSigns signs;
    private TrainingListener target = event -> {};

    DeferredListener(VitalSigns signs) {
      this.signs = signs;
    }

    @Override
    public void on(TrainingEvent event) {
      target.on(event instanceof TrainingEvent.Measured measured ? withSigns(measured) : event);
    }

    /** Before the first step there is nothing to be well or ill. */
    private TrainingEvent.Measured withSigns(TrainingEvent.Measured measured) {
      Map<String, Double> taken = signs.take();
      if (measured.step() == 0) {
        return measured;
      }
      Map<String, Double> values = new LinkedHashMap<>(measured.values());
      values.putAll(taken);
      return new TrainingEvent.Measured(
          measured.phase(), measured.step(), values, measured.seconds());
    }
  }

  private Checkpoint snapshot(AdversarialTraining training, VitalSigns signs) {
    Map<String, NamedArrays> models = new LinkedHashMap<>();
    models.put(GENERATOR, players.generator().parameters());
    models.put(GENERATOR_OPTIMIZER, players.generator().optimizerState());
    models.put(ROLL_OUT_POLICY, players.rollOutPolicy().parameters());
    models.put(DISCRIMINATOR, players.discriminator().parameters());
    models.put(DISCRIMINATOR_OPTIMIZER, players.discriminator().optimizerState());
    models.put(TRAINING, training.state());
    StartingPoint at = training.at();
    Map<String, String> state = new LinkedHashMap<>(at.figures());
    state.putAll(signs.state());
    return new Checkpoint(
        new Position(at.phase(), at.step(), at.batch()), models, state, Optional.empty());
  }

  private void restore(AdversarialTraining training, Checkpoint checkpoint) {
    restore(checkpoint, GENERATOR, players.generator()::setParameters);
    restore(checkpoint, GENERATOR_OPTIMIZER, players.generator()::setOptimizerState);
    restore(checkpoint, ROLL_OUT_POLICY, players.rollOutPolicy()::setParameters);
    restore(checkpoint, DISCRIMINATOR, players.discriminator()::setParameters);
    restore(checkpoint, DISCRIMINATOR_OPTIMIZER, players.discriminator()::setOptimizerState);
    restore(checkpoint, TRAINING, training::setState);
  }

  /**
   * Loads a checkpoint's generator alone, for sampling and evaluation.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where it does not fit
   */
  public void restoreGenerator(Checkpoint checkpoint) {
    restore(checkpoint, GENERATOR, players.generator()::setParameters);
  }

  /**
   * Takes the weights of a checkpoint, perhaps of another run, and nothing else.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where they do not fit, naming the array
   */
  public void takeWeights(Checkpoint checkpoint) {
    restoreGenerator(checkpoint);
    restore(checkpoint, ROLL_OUT_POLICY, players.rollOutPolicy()::setParameters);
    restore(checkpoint, DISCRIMINATOR, players.discriminator()::setParameters);
  }

  private static void restore(Checkpoint checkpoint, String model, Consumer<NamedArrays> into) {
    NamedArrays arrays = checkpoint.models().get(model);
    String problem;
    if (arrays == null) {
      problem = "it has none";
    } else {
      try {
        into.accept(arrays);
        return;
      } catch (UserException | IllegalArgumentException e) {
        problem = e.getMessage();
      }
    }
    throw new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "%s of checkpoint %s does not fit this configuration: %s"
            .formatted(model, checkpoint.position().name(), problem));
  }

  @Override
  public void close() {
    players.close();
    backend.close();
  }
}
