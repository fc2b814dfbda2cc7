package org.seqgan.core.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
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
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.Names;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.model.TapeNetwork;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.run.Checkpoint;

/**
 * The models of a run, by the names that its trainer gave them: made, saved, restored and closed
 * here. One thread at a time.
 */
final class RunModels implements TrainerContext, AutoCloseable {
  private final ResolvedConfig config;
  private final TensorBackend backend;
  private final Task task;
  private final RandomStream random;
  private final Reward reward;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean sealed;

  /**
   * A model.
   *
   * @param leader whom it follows; what follows nobody is trained, and its optimiser has a state
   */
  private record Entry(Model model, Optional<Generator> leader) {
    boolean isTrained() {
      return leader.isEmpty();
    }
  }

  RunModels(ResolvedConfig config, TensorBackend backend, Task task, Reward reward) {
    this.config = config;
    this.backend = backend;
    this.task = task;
    this.random = RandomStream.of(config.seed());
    this.reward = reward;
  }

  // ---- made for the trainer ----

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
    return add(name, newGenerator(name, likelihood, policy), Optional.empty());
  }

  @Override
  public Generator follower(String name, Generator leader) {
    Generator follower =
        add(
            name,
            newGenerator(name, ModelSetting.NO_TRAINING, ModelSetting.NO_TRAINING),
            Optional.of(leader));
    follower.moveTowards(leader, 1);
    return follower;
  }

  private Generator newGenerator(
      String name, OptimizerOptions likelihood, OptimizerOptions policy) {
    return CheckedPlugins.generator(
        config.generator().provider(),
        config.generator().options(),
        new ModelSetting.ForGenerator(
            backend,
            task.data().vocabulary(),
            task.data().sequenceLength(),
            random.split(name),
            likelihood,
            policy));
  }

  @Override
  public Discriminator discriminator(String name, OptimizerOptions optimizer) {
    requireUsed(TrainerPart.DISCRIMINATOR);
    return add(
        name,
        CheckedPlugins.discriminator(
            config.discriminator().provider(),
            config.discriminator().options(),
            new ModelSetting.ForDiscriminator(
                backend,
                task.data().vocabulary(),
                task.data().sequenceLength(),
                random.split(name),
                optimizer)),
        Optional.empty());
  }

  @Override
  public OnTape<AutoregressiveModel> onTape(Generator generator, OptimizerOptions optimizer) {
    requireTrained(generator);
    return generator
        .onTape(optimizer)
        .orElseThrow(() -> notOnTape(TrainerPart.GENERATOR, config.generator(), "lstm"));
  }

  @Override
  public OnTape<SequenceClassifier> onTape(
      Discriminator discriminator, OptimizerOptions optimizer) {
    requireTrained(discriminator);
    return discriminator
        .onTape(optimizer)
        .orElseThrow(() -> notOnTape(TrainerPart.DISCRIMINATOR, config.discriminator(), "cnn"));
  }

  /** What was made before the trainer was, and is saved with its optimiser. */
  private void requireTrained(Model model) {
    if (sealed
        || entries.values().stream()
            .noneMatch(entry -> entry.isTrained() && entry.model().equals(model))) {
      throw new IllegalStateException(
          "a loss of a trainer's own is for a model that it made, no follower, while it is made");
    }
  }

  private UserException notOnTape(TrainerPart part, PluginChoice<?> section, String another) {
    return new UserException(
        UserException.Kind.CONFIGURATION,
        "trainer '%s' trains a %s by a loss of its own, which %s '%s' is not made for; choose another, such as %s = %s, or another trainer"
            .formatted(
                config.trainer().provider().about().name(),
                part.section(),
                part.section(),
                section.provider().about().name(),
                part.section(),
                another));
  }

  @Override
  public Network network(String name, List<ParameterSpec> parameters, OptimizerOptions optimizer) {
    return add(
        name,
        new TapeNetwork(backend, parameters, optimizer, random.split(name)),
        Optional.empty());
  }

  @Override
  public TokenValues reward(
      Sequences batch,
      Policy rollOutPolicy,
      Scorer discriminator,
      Decoding decoding,
      RandomStream stream) {
    requireUsed(TrainerPart.REWARD);
    return reward.reward(
        new TokenRequest(task, batch, rollOutPolicy, Optional.of(discriminator), decoding, stream));
  }

  @Override
  public TokenValues reward(
      Sequences batch, Policy rollOutPolicy, Decoding decoding, RandomStream stream) {
    requireUsed(TrainerPart.REWARD);
    return reward.reward(
        new TokenRequest(task, batch, rollOutPolicy, Optional.empty(), decoding, stream));
  }

  /**
   * Insists that there is what a run is about, and makes no more models.
   *
   * @throws UserException of kind {@code PLUGIN} where there is none
   */
  void seal() {
    if (find(GENERATOR, Generator.class).isEmpty()) {
      throw PluginOrigin.of(PluginKind.TRAINER, config.trainer().provider())
          .fault("create", "made no generator named '" + GENERATOR + "'");
    }
    sealed = true;
  }

  private void requireUsed(TrainerPart part) {
    if (!config.uses(part)) {
      throw new IllegalStateException(
          "the trainer asks for a %s, which it does not say that it uses"
              .formatted(part.section()));
    }
  }

  private <M extends Model> M add(String name, M model, Optional<Generator> leader) {
    try {
      if (sealed) {
        throw new IllegalStateException("models are made while the trainer is, not later");
      }
      Names.requireModel(name);
      if (entries.containsKey(name)) {
        throw new IllegalArgumentException("two models are named '" + name + "'");
      }
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    entries.put(name, new Entry(model, leader));
    return model;
  }

  // ---- used by the program ----

  /** The model of a name and type, if there is one. */
  <M extends Model> Optional<M> find(String name, Class<M> type) {
    return Optional.ofNullable(entries.get(name))
        .map(Entry::model)
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** The generator that the run is about. */
  Generator generator() {
    return find(GENERATOR, Generator.class)
        .orElseThrow(() -> new IllegalStateException("no generator is named '" + GENERATOR + "'"));
  }

  /** A copy of every model and of what trains it, by the names of their files. */
  Map<String, NamedArrays> save() {
    Map<String, NamedArrays> arrays = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          arrays.put(name, entry.model().parameters());
          if (entry.isTrained()) {
            arrays.put(name + Names.OPTIMIZER, entry.model().optimizerState());
          }
        });
    return arrays;
  }

  /**
   * Restores what {@link #save} gave.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where a model does not fit
   */
  void restore(Checkpoint checkpoint) {
    entries.forEach(
        (name, entry) -> {
          restore(checkpoint, name, entry.model()::setParameters);
          if (entry.isTrained()) {
            restore(checkpoint, name + Names.OPTIMIZER, entry.model()::setOptimizerState);
          }
        });
  }

  /**
   * Restores the parameters of every model, and nothing else.
   *
   * @throws UserException as above
   */
  void restoreParameters(Checkpoint checkpoint) {
    entries.keySet().forEach(name -> restoreParameters(checkpoint, name));
  }

  /**
   * Takes the parameters of a checkpoint's models, perhaps of another trainer's: those that have
   * the names of models here, the generator among them. The others begin as ever, a follower with
   * the parameters of its leader.
   *
   * @throws UserException as above
   */
  Taken takeParameters(Checkpoint checkpoint) {
    Set<String> offered = new TreeSet<>(checkpoint.models().keySet());
    offered.removeIf(name -> !Names.isModel(name));
    Set<String> anew = new TreeSet<>(entries.keySet());
    anew.removeAll(offered);
    anew.remove(GENERATOR);
    entries.forEach(
        (name, entry) -> {
          if (!anew.contains(name)) {
            restoreParameters(checkpoint, name);
          } else if (entry.model() instanceof Generator follower) {
            entry.leader().ifPresent(leader -> follower.moveTowards(leader, 1));
          }
        });
    offered.removeAll(entries.keySet());
    return new Taken(List.copyOf(anew), List.copyOf(offered));
  }

  /**
   * Restores the parameters of one model.
   *
   * @throws UserException as above
   */
  void restoreParameters(Checkpoint checkpoint, String name) {
    restore(checkpoint, name, entries.get(name).model()::setParameters);
  }

  static void restore(Checkpoint checkpoint, String name, Consumer<NamedArrays> into) {
    NamedArrays arrays = checkpoint.models().get(name);
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
            .formatted(name, checkpoint.position().name(), problem));
  }

  /** Closes them, the last first. */
  @Override
  public void close() {
    List<Entry> all = List.copyOf(entries.values());
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).model().close();
    }
  }
}
