package org.seqgan.core.experiment;

import java.util.ArrayDeque;
import java.util.Deque;
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
import org.seqgan.api.model.Model;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.TaskSize;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.health.HealthWatch;
import org.seqgan.core.health.Symptoms;
import org.seqgan.core.health.VitalSigns;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Checkpointer;
import org.seqgan.core.run.Position;
import org.seqgan.core.training.Evaluator;
import org.seqgan.core.training.StartingPoint;
import org.seqgan.core.training.TrainingLoop;
import org.seqgan.core.training.TrainingPlan;

/**
 * An experiment, opened: its backend, task, models and reward. Close it to free them. One thread at
 * a time.
 */
public final class Experiment implements AutoCloseable {
  private static final Reward NO_REWARD =
      request -> {
        throw new IllegalStateException("it was not opened for training");
      };

  private static final String TRAINING = "training";
  private static final String REWARD = "reward";
  private static final String REWARD_NAME = "reward.name";
  private static final String REPORTED = "reported ";

  private final ResolvedConfig config;
  private final RandomStream random;
  private final TensorBackend backend;
  private final Task task;
  private final VitalSigns signs;
  private final RunModels models;
  private final Reward reward;
  private final Optional<Trainer> trainer;
  private final Evaluator evaluator;

  private Experiment(
      ResolvedConfig config,
      TensorBackend backend,
      Task task,
      VitalSigns signs,
      RunModels models,
      Reward reward,
      Optional<Trainer> trainer) {
    this.config = config;
    this.random = RandomStream.of(config.seed());
    this.backend = backend;
    this.task = task;
    this.signs = signs;
    this.models = models;
    this.reward = reward;
    this.trainer = trainer;
    this.evaluator = evaluatorOf(config.evaluation().metrics(task));
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
   * Opens task and generator for use alone: it cannot be trained, and takes less memory.
   *
   * @throws org.seqgan.api.UserException as above
   */
  public static Experiment openTrained(ResolvedConfig config, PluginRegistry registry) {
    return open(config, registry, false);
  }

  /**
   * The same for a task that is here already, perhaps without its data.
   *
   * @param task closed with the experiment
   * @throws org.seqgan.api.UserException as above
   */
  public static Experiment openTrained(ResolvedConfig config, Task task) {
    return open(config, new Room(config, false, MachineMemory.here()), false, backend -> task);
  }

  private static Experiment open(ResolvedConfig config, PluginRegistry registry, boolean training) {
    Room room = new Room(config, training, MachineMemory.here());
    size(config.task().provider(), config.task().options()).ifPresent(room::require);
    return open(config, room, training, backend -> task(config, registry, backend));
  }

  private static Experiment open(
      ResolvedConfig config, Room room, boolean training, Function<TensorBackend, Task> tasks) {
    Closing closing = new Closing();
    try {
      TensorBackend backend =
          closing.add(
              CheckedPlugins.backend(config.backend().provider(), config.backend().options()),
              TensorBackend::close);
      Task task = closing.add(tasks.apply(backend), Task::close);
      room.require(TaskSize.of(task));
      room.requireBudget(TaskSize.of(task), backend);
      Reward reward = training ? reward(config, backend, task) : NO_REWARD;
      if (training) {
        requireDiscriminator(config, reward);
      }
      VitalSigns signs = new VitalSigns(task);
      RunModels models =
          closing.add(new RunModels(config, backend, task, signs.of(reward)), RunModels::close);
      Optional<Trainer> trainer = Optional.empty();
      if (training) {
        trainer =
            Optional.of(
                CheckedPlugins.trainer(
                    config.trainer().provider(), config.trainer().options(), models));
        models.seal();
        models.find(TrainerContext.DISCRIMINATOR, Discriminator.class).ifPresent(signs::watch);
      } else {
        models.generator(
            TrainerContext.GENERATOR, ModelSetting.NO_TRAINING, ModelSetting.NO_TRAINING);
      }
      return new Experiment(config, backend, task, signs, models, reward, trainer);
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private static Reward reward(ResolvedConfig config, TensorBackend backend, Task task) {
    return CheckedPlugins.reward(
        config.reward().provider(),
        config.reward().options(),
        new RewardContext(
            backend,
            task.data().vocabulary(),
            task.data().training(),
            task::show,
            task::tune,
            RandomStream.of(config.seed()).split("reward")));
  }

  /** A reward may ask for a discriminator only where the trainer has one. */
  private static void requireDiscriminator(ResolvedConfig config, Reward reward) {
    if (config.uses(TrainerPart.REWARD)
        && !config.uses(TrainerPart.DISCRIMINATOR)
        && reward.readsDiscriminator()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "reward '%s' asks for a discriminator, and trainer '%s' has none; choose a reward that does without, such as reward = bleu, or another trainer"
              .formatted(
                  config.reward().provider().about().name(),
                  config.trainer().provider().about().name()));
    }
  }

  /** What is to be closed where opening fails half-way, the last first. */
  private static final class Closing {
    private final Deque<Runnable> all = new ArrayDeque<>();

    <T> T add(T made, Consumer<T> close) {
      all.push(() -> close.accept(made));
      return made;
    }

    void close() {
      all.forEach(Runnable::run);
    }
  }

  private static Task task(ResolvedConfig config, PluginRegistry registry, TensorBackend backend) {
    TaskContext context =
        new ExperimentTaskContext(
            backend,
            registry,
            new OptionsBinder(),
            RandomStream.of(config.seed()).split("task"),
            CorpusCache.ofUser(System.getenv()));
    return CheckedPlugins.task(config.task().provider(), config.task().options(), context, backend);
  }

  // A provider and its options come as a pair from the registry; the cast ties them together again.
  private static <O extends Record> Optional<TaskSize> size(
      TaskProvider<O> provider, Record options) {
    return PluginOrigin.of(PluginKind.TASK, provider)
        .call("size", () -> provider.size(provider.about().optionsType().cast(options)));
  }

  /** What it was opened with. */
  public ResolvedConfig config() {
    return config;
  }

  /** The task with its data. */
  public Task task() {
    return task;
  }

  /** The generator. */
  public Generator generator() {
    return models.generator();
  }

  /** A model of the trainer's, by its name and type. */
  public <M extends Model> Optional<M> model(String name, Class<M> type) {
    return models.find(name, type);
  }

  /** What the trainer computes with. */
  public TrainerContext models() {
    return models;
  }

  /** Measures the generator as it stands on fresh samples. */
  public Evaluator.Evaluation evaluate(RandomStream stream) {
    return evaluator.evaluate(generator(), task, stream);
  }

  /** What measures the generator in training. */
  public Evaluator evaluator() {
    return evaluator;
  }

  /**
   * An evaluator of other metrics than the configuration's, which the task may not give.
   *
   * @param metrics names of scores, or of metrics for all of their scores
   * @throws org.seqgan.api.UserException if one is not known
   */
  public Evaluator evaluatorOf(List<String> metrics) {
    return new Evaluator(config.evaluation(), config.metrics().select(metrics), backend);
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
    Trainer method = method();
    TrainingPlan plan = config.plan();
    DeferredListener listener = new DeferredListener(signs, reward);
    TrainingLoop training =
        new TrainingLoop(
            method,
            plan,
            generator(),
            task,
            evaluator.seenBy(signs::evaluated),
            random,
            listener,
            stopRequested);
    listener.target = listeners.apply(() -> snapshot(training, method, listener));
    resumed.ifPresent(
        checkpoint -> {
          restore(checkpoint);
          if (isOfThisReward(checkpoint)) {
            listener.resume(checkpoint.state());
          }
          signs.setState(checkpoint.state());
        });
    return training.run(
        resumed.map(Experiment::start).orElseGet(() -> StartingPoint.beginning(plan)));
  }

  private Trainer method() {
    return trainer.orElseThrow(() -> new IllegalStateException("it was not opened for training"));
  }

  /**
   * Restores what a checkpoint has of the models, and what trainer and reward remember.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where it does not fit
   */
  public void restore(Checkpoint checkpoint) {
    models.restore(checkpoint);
    RunModels.restore(checkpoint, TRAINING, method()::setState);
    if (isOfThisReward(checkpoint)
        && (checkpoint.models().containsKey(REWARD) || !reward.state().names().isEmpty())) {
      RunModels.restore(checkpoint, REWARD, reward::setState);
    }
  }

  /**
   * Restores a checkpoint, and begins the phases that it is before, as training would on its way to
   * the last one. So models that follow others are where a reward of that phase would find them.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where it does not fit
   */
  public void restoreForRewards(Checkpoint checkpoint) {
    restore(checkpoint);
    StartingPoint from = start(checkpoint);
    for (Phase phase : config.plan().steps().keySet()) {
      if (from.isBefore(phase)) {
        method().begin(phase.name());
      }
    }
  }

  /** What the trainer remembers beside its models. */
  public NamedArrays trainerState() {
    return method().state();
  }

  /**
   * Another reward, with which a pre-training can be shared, begins with what it knows itself. So
   * does one with other options that no phase has asked yet.
   */
  private boolean isOfThisReward(Checkpoint checkpoint) {
    return checkpoint
        .recipe()
        .map(recipe -> Difference.ofConfig(recipe.config(), config, Experiment::isOfReward))
        .map(
            others ->
                others.isEmpty()
                    || config.plan().asksForRewardsUpTo(checkpoint.phase())
                        && others.stream().noneMatch(other -> other.what().equals(REWARD_NAME)))
        .orElse(true);
  }

  private static boolean isOfReward(String key) {
    return key.startsWith(TrainingPlan.REWARD_OPTIONS);
  }

  private static StartingPoint start(Checkpoint checkpoint) {
    Position at = checkpoint.position();
    return at.batch() == 0
        ? new StartingPoint(at.phase(), at.step())
        : new StartingPoint(at.phase(), at.step(), at.batch(), checkpoint.state());
  }

  /** Whether the plan asks for an evaluation after a step. */
  public boolean isEvaluated(Position position) {
    return evaluator.isDue(config.plan().of(position.phase()), position.step());
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
    return new HealthWatch(symptoms, config.health().stopOn(), earlier, saveAfterStep, next);
  }

  /**
   * Training needs a listener, and the listener may take snapshots of the training: one of them has
   * to wait. Adds the vital signs, and what the reward reports, to the figures of every step.
   */
  private static final class DeferredListener implements TrainingListener {
    private final VitalSigns signs;
    private final Reward reward;

    /** What the reward reported before the run was resumed. */
    private Map<String, Double> earlier = Map.of();

    private TrainingListener target = event -> {};

    DeferredListener(VitalSigns signs, Reward reward) {
      this.signs = signs;
      this.reward = reward;
    }

    @Override
    public void on(TrainingEvent event) {
      target.on(event instanceof TrainingEvent.Measured measured ? withSigns(measured) : event);
    }

    /** What the reward did last, in this process or before. */
    Map<String, Double> reported() {
      Map<String, Double> now = reward.figures();
      return now.isEmpty() ? earlier : now;
    }

    void resume(Map<String, String> state) {
      Map<String, Double> figures = new LinkedHashMap<>();
      state.forEach(
          (key, value) -> {
            if (key.startsWith(REPORTED)) {
              figures.put(key.substring(REPORTED.length()), Double.valueOf(value));
            }
          });
      earlier = figures;
    }

    /** Before the first step there is nothing to be well or ill. */
    private TrainingEvent.Measured withSigns(TrainingEvent.Measured measured) {
      Map<String, Double> taken = signs.take();
      if (measured.step() == 0) {
        return measured;
      }
      Map<String, Double> values = new LinkedHashMap<>(measured.values());
      values.putAll(taken);
      reported()
          .forEach(
              (name, value) -> {
                if (values.putIfAbsent(name, value) != null) {
                  throw new UserException(
                      UserException.Kind.PLUGIN,
                      "the reward reports a figure '%s', which is the name of another figure of the step; this is a fault of the reward"
                          .formatted(name));
                }
              });
      return new TrainingEvent.Measured(
          measured.phase(), measured.step(), values, measured.seconds());
    }
  }

  private Checkpoint snapshot(TrainingLoop training, Trainer method, DeferredListener listener) {
    Map<String, NamedArrays> arrays = new LinkedHashMap<>(models.save());
    arrays.put(TRAINING, method.state());
    NamedArrays remembered = reward.state();
    if (!remembered.names().isEmpty()) {
      arrays.put(REWARD, remembered);
    }
    StartingPoint at = training.at();
    Map<String, String> state = new LinkedHashMap<>(at.figures());
    state.putAll(signs.state());
    listener.reported().forEach((name, value) -> state.put(REPORTED + name, value.toString()));
    return new Checkpoint(
        new Position(at.phase(), at.step(), at.batch()), arrays, state, Optional.empty());
  }

  /**
   * Loads a checkpoint's generator alone, for sampling and evaluation.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where it does not fit
   */
  public void restoreGenerator(Checkpoint checkpoint) {
    models.restoreParameters(checkpoint, TrainerContext.GENERATOR);
  }

  /**
   * Takes the weights of a checkpoint, perhaps of another run, and nothing else.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where one is missing or does not fit,
   *     naming the array
   */
  public void takeWeights(Checkpoint checkpoint) {
    models.restoreParameters(checkpoint);
  }

  /**
   * The same of a run that may have been trained by another trainer.
   *
   * @throws UserException as above, of a model that both have, and of the generator
   */
  Taken takeWhatFits(Checkpoint checkpoint) {
    return models.takeParameters(checkpoint);
  }

  @Override
  public void close() {
    models.close();
    task.close();
    backend.close();
  }
}
