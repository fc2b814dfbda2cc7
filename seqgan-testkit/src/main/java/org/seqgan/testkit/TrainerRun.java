package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Names;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;

/** A trainer with toy models, run as the program runs it, and stopped where one likes. */
final class TrainerRun<O extends Record> implements TrainerContext, AutoCloseable {
  /**
   * Where a run stands.
   *
   * @param phase of the step under way or to come
   * @param step complete steps of it
   * @param batch complete batches of the next step
   */
  record Place(int phase, int step, int batch) {}

  /** Everything that has to be saved. */
  record Saved(Place place, Map<String, NamedArrays> arrays) {}

  /** Makes the models that the trainer asks for. */
  interface Models {
    Generator generator(TensorBackend backend, TaskData data, long seed);

    Discriminator discriminator(TensorBackend backend, TaskData data, long seed);
  }

  private static final class Stop extends RuntimeException {
    Stop() {
      super(null, null, false, false);
    }
  }

  private final TensorBackend backend;
  private final Task task;
  private final Reward reward;
  private final Models configured;
  private final List<PhasePlan> phases;
  private final Set<String> explained;
  private final Set<TrainerPart> used = EnumSet.noneOf(TrainerPart.class);
  private final Set<String> rewarded = new HashSet<>();
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Set<Model> followers = new HashSet<>();
  private final List<Double> figures = new ArrayList<>();
  private final Trainer trainer;
  private Place place = new Place(0, 0, 0);
  private int batchesLeft = Integer.MAX_VALUE;
  private int questionsLeft = Integer.MAX_VALUE;
  private int begins = 1;
  private int phasesWanted = Integer.MAX_VALUE;

  TrainerRun(
      TrainerProvider<O> provider,
      O options,
      TensorBackend backend,
      Task task,
      Reward reward,
      Models configured) {
    this.backend = backend;
    this.task = task;
    this.reward = reward;
    this.configured = configured;
    this.phases = provider.phases(options);
    this.explained = provider.figures().keySet();
    this.trainer = provider.create(this, options);
  }

  /** Begins every phase twice, as where a run was stopped right after a phase had begun. */
  void beginTwice() {
    begins = 2;
  }

  /** Goes on to the end, or until the trainer asks for the n-th time whether it is to stop. */
  boolean runToTheQuestion(int number) {
    questionsLeft = number;
    return run(Integer.MAX_VALUE);
  }

  /** Goes on to the end of the first so many phases. */
  void runPhases(int count) {
    phasesWanted = count;
    run(Integer.MAX_VALUE);
  }

  /** Goes on for so many batches, or to the end; returns whether that was the end. */
  boolean run(int batches) {
    batchesLeft = batches;
    try {
      for (int p = place.phase(); p < Math.min(phasesWanted, phases.size()); p++) {
        if (!place.equals(new Place(p, place.step(), place.batch()))) {
          place = new Place(p, 0, 0);
        }
        if (place.step() == 0 && place.batch() == 0) {
          for (int i = 0; i < begins; i++) {
            trainer.begin(phases.get(p).name());
          }
        }
        while (place.step() < phases.get(p).steps()) {
          StepProgress progress = new StepProgress(place);
          trainer.step(phases.get(p).name(), place.step() + 1, progress);
          if (isStopped()) {
            throw new AssertionError(
                "the trainer went on where it was to stop: what Progress throws has to pass");
          }
          place = new Place(p, place.step() + 1, 0);
        }
      }
      return true;
    } catch (Stop e) {
      return false;
    }
  }

  private boolean isStopped() {
    return batchesLeft <= 0 || questionsLeft <= 0;
  }

  Set<TrainerPart> used() {
    return used;
  }

  private void usesReward() {
    used.add(TrainerPart.REWARD);
    rewarded.add(phases.get(place.phase()).name());
  }

  /** The phases that have asked for rewards. */
  Set<String> rewarded() {
    return rewarded;
  }

  List<Double> figures() {
    return figures;
  }

  Set<String> modelNames() {
    return models.keySet();
  }

  Saved save() {
    Map<String, NamedArrays> arrays = new LinkedHashMap<>();
    models.forEach(
        (name, model) -> {
          arrays.put(name, model.parameters());
          if (!followers.contains(model)) {
            arrays.put(name + Names.OPTIMIZER, model.optimizerState());
          }
        });
    arrays.put("training", trainer.state());
    return new Saved(place, arrays);
  }

  void restore(Saved saved) {
    place = saved.place();
    models.forEach(
        (name, model) -> {
          model.setParameters(saved.arrays().get(name));
          if (!followers.contains(model)) {
            model.setOptimizerState(saved.arrays().get(name + Names.OPTIMIZER));
          }
        });
    trainer.setState(saved.arrays().get("training"));
  }

  /** As the program's, but that it stops after a number of batches, or of questions. */
  private final class StepProgress implements Progress {
    private final Place begun;
    private int batches;

    StepProgress(Place begun) {
      this.begun = begun;
    }

    @Override
    public RandomStream random() {
      return ContractSeed.stream(phases.get(begun.phase()).name()).split("step", begun.step());
    }

    @Override
    public boolean passesOver(long next) {
      if (batches + next > begun.batch()) {
        return false;
      }
      batches += (int) next;
      return true;
    }

    @Override
    public void batchDone(double fraction) {
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new AssertionError("expected a fraction from 0 to 1, found " + fraction);
      }
      batchDone();
    }

    @Override
    public void batchDone() {
      batches++;
      place = new Place(begun.phase(), begun.step(), batches);
      batchesLeft--;
      if (isStopped()) {
        throw new Stop();
      }
    }

    @Override
    public void checkStop() {
      questionsLeft--;
      if (isStopped()) {
        throw new Stop();
      }
    }

    @Override
    public void add(String figure, double value, long count) {
      if (!Double.isFinite(value) || count <= 0) {
        throw new AssertionError(
            "figure %s is %s over %d, expected a finite number over at least 1"
                .formatted(figure, value, count));
      }
      if (!explained.contains(figure)) {
        throw new AssertionError(
            "figure %s has no line in figures(), which says what it is; found %s there"
                .formatted(figure, explained));
      }
      figures.add(value);
    }

    @Override
    public void add(String figure, Step step, ToDoubleFunction<Step> value, long count) {
      add(figure, value.applyAsDouble(step), count);
    }
  }

  // ---- what a trainer is made from ----

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
    used.add(TrainerPart.GENERATOR);
    return add(name, newGenerator());
  }

  @Override
  public Generator follower(String name, Generator leader) {
    Generator follower = add(name, newGenerator());
    followers.add(follower);
    follower.moveTowards(leader, 1);
    return follower;
  }

  private Generator newGenerator() {
    return configured.generator(backend, task.data(), ContractSeed.of(models.size()));
  }

  @Override
  public Discriminator discriminator(String name, OptimizerOptions optimizer) {
    used.add(TrainerPart.DISCRIMINATOR);
    return add(
        name, configured.discriminator(backend, task.data(), ContractSeed.of(models.size())));
  }

  @Override
  public OnTape<AutoregressiveModel> onTape(Generator generator, OptimizerOptions optimizer) {
    requireTrained(generator);
    return generator.onTape(optimizer).orElseThrow();
  }

  @Override
  public OnTape<SequenceClassifier> onTape(
      Discriminator discriminator, OptimizerOptions optimizer) {
    requireTrained(discriminator);
    return discriminator.onTape(optimizer).orElseThrow();
  }

  private void requireTrained(Model model) {
    if (!models.containsValue(model) || followers.contains(model)) {
      throw new AssertionError(
          "a loss of a trainer's own is for a model that it made, no follower");
    }
  }

  @Override
  public Network network(String name, List<ParameterSpec> parameters, OptimizerOptions optimizer) {
    return add(name, new ToyNetwork(backend, parameters, ContractSeed.of(models.size())));
  }

  private <M extends Model> M add(String name, M model) {
    Names.requireModel(name);
    if (models.put(name, model) != null) {
      throw new AssertionError("two models are named '" + name + "'");
    }
    return model;
  }

  @Override
  public TokenValues reward(
      Sequences batch,
      Policy rollOutPolicy,
      Scorer discriminator,
      Decoding decoding,
      RandomStream stream) {
    usesReward();
    return reward.reward(new Request(batch, rollOutPolicy, discriminator, decoding, stream));
  }

  @Override
  public TokenValues reward(
      Sequences batch, Policy rollOutPolicy, Decoding decoding, RandomStream stream) {
    usesReward();
    return reward.reward(new Request(batch, rollOutPolicy, null, decoding, stream));
  }

  private final class Request implements RewardRequest {
    private final Sequences batch;
    private final Policy rollOutPolicy;
    private final @Nullable Scorer judge;
    private final Decoding decoding;
    private final RandomStream root;

    Request(
        Sequences batch,
        Policy rollOutPolicy,
        @Nullable Scorer judge,
        Decoding decoding,
        RandomStream root) {
      this.batch = batch;
      this.rollOutPolicy = rollOutPolicy;
      this.judge = judge;
      this.decoding = decoding;
      this.root = root;
    }

    @Override
    public Sequences sequences() {
      return batch;
    }

    @Override
    public Completions complete(int copies) {
      return rollOutPolicy.complete(batch, copies, decoding, root.split("roll-out"));
    }

    @Override
    public Scorer discriminator() {
      if (judge == null) {
        throw new AssertionError("the reward asks for a discriminator, and the trainer has none");
      }
      return judge;
    }

    @Override
    public String text(int i) {
      return task.show(batch.row(i));
    }

    @Override
    public RandomStream stream() {
      return root.split("reward");
    }
  }

  @Override
  public void close() {
    models.values().forEach(Model::close);
  }
}
