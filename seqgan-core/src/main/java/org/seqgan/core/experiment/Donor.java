package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointChoice;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.Lineage;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.Recipe;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunSetup;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.training.TrainingPlan;

/**
 * A run whose checkpoint a new run begins with. What is taken of it depends on where the checkpoint
 * stands:
 *
 * <ul>
 *   <li>At the end of a phase after which the new run has more to do, the new run goes on from
 *       there: it takes everything (weights, optimisers, what training remembers), it skips the
 *       phases that are over, whose options must be those of the donor, and it takes over the
 *       figures and samples of these phases. Several runs can share a pre-training in this way, and
 *       each is what it would have been with one of its own, if seed, models, backend, precision
 *       and options of training that are of no phase are the donor's; {@link #warnings} says where
 *       they are not.
 *   <li>Anywhere else, or if nothing but the weights is wanted, the new run takes the weights and
 *       runs every phase of its own plan, with new optimisers. So it does where the other run has
 *       another trainer: of its models, those are taken that have the same name in both, and {@link
 *       #described} says which are not. Arrays of one shape may mean other things to another model
 *       or of other tokens: {@link #warnings} says where options differ that may decide that.
 * </ul>
 */
public final class Donor {
  private static final String TRAINING = "training.";
  private static final String BEGINS = "begins with the ";

  /** What the weights at the end of a phase may depend on besides options of training. */
  private static final List<String> UNLIKE =
      List.of("seed.", "generator.", "discriminator.", "backend.name.", "backend.precision.");

  /** What may decide what weights mean. */
  private static final List<String> MODELS_AND_TASK =
      List.of("generator.", "discriminator.", "task.");

  private static final String TRAINER = TRAINING + "name";

  private final RunLayout layout;
  private final CheckpointStore.Found found;
  private final String sha256;
  private final boolean weightsAlone;
  private Taken taken = Taken.ALL;
  private List<Difference> unlike = List.of();

  private Donor(RunLayout layout, CheckpointStore.Found found, boolean weightsAlone) {
    this.layout = layout;
    this.found = found;
    this.sha256 = CheckpointStore.reading(layout.checkpoints()).sha256(checkpoint().position());
    this.weightsAlone = weightsAlone;
  }

  /**
   * A checkpoint for a new run.
   *
   * @param config the configuration of the new run
   * @param weightsAlone whether nothing but the weights is wanted, wherever it stands
   * @throws UserException of kind {@code RUN_DIRECTORY} where the run or its checkpoint cannot be
   *     read, or the options of the phases that would be skipped are not the donor's
   */
  public static Donor open(
      RunLayout layout, CheckpointChoice choice, ResolvedConfig config, boolean weightsAlone) {
    RunStatus status = RunStatus.read(layout.status());
    CheckpointStore.Found found = choice.find(layout);
    Position position = found.checkpoint().orElseThrow().position();
    boolean goesOn =
        !weightsAlone
            && config.plan().has(position.phase())
            && isEndOfPhase(status, position)
            && hasMore(config, position);
    Donor donor = new Donor(layout, found, !goesOn);
    if (goesOn) {
      donor.requireSamePhases(config);
      donor.unlike =
          donor.differences(config, key -> donor.mayDecideWhatIsSkipped(config.plan(), key));
    } else {
      donor.unlike = donor.differences(config, key -> donor.mayDecideWhatWeightsMean(config, key));
    }
    return donor;
  }

  /** The end of a phase of another run, known to be {@link #sameEnd the same}. */
  public static Donor at(RunLayout layout, Position end) {
    return new Donor(layout, new CheckpointChoice.Named(end.name()).find(layout), false);
  }

  /**
   * The end of the latest phase of another run with which a new one is, bit for bit, what it would
   * be with phases of its own: whatever may decide them or their figures is the same. What the
   * checkpoint there holds is not read.
   *
   * @param plain what the new run would start with by itself
   * @param free options that decide nothing, such as which means of the machine are used
   * @throws UserException where the other run cannot be read
   */
  public static Optional<Position> sameEnd(
      RunLayout layout, ResolvedConfig config, RunSetup plain, Set<String> free) {
    RunStatus status = RunStatus.read(layout.status());
    CheckpointStore store = CheckpointStore.reading(layout.checkpoints());
    if (!isDescribedAlike(status.description(), plain.description())) {
      return Optional.empty();
    }
    Set<Position> saved = Set.copyOf(store.positions());
    return config.plan().steps().entrySet().stream()
        .map(phase -> new Position(phase.getKey(), phase.getValue()))
        .filter(end -> isEndOfPhase(status, end) && hasMore(config, end) && saved.contains(end))
        .sorted(Comparator.reverseOrder())
        .filter(end -> isMadeAlike(store.recipe(end), end.phase(), config, plain, free))
        .findFirst();
  }

  /** By one program all along: a run that was resumed by another names both. */
  private static boolean isDescribedAlike(RunDescription donor, RunDescription plain) {
    return donor.version().equals(plain.version())
        && donor.metrics().equals(plain.metrics())
        && donor.provenance().containsAll(plain.provenance())
        && donor.provenance().stream()
            .allMatch(line -> plain.provenance().contains(line) || line.startsWith(BEGINS));
  }

  private static boolean isMadeAlike(
      Optional<Recipe> recipe, Phase end, ResolvedConfig config, RunSetup plain, Set<String> free) {
    return recipe
        .filter(
            made ->
                Difference.ofConfig(
                        made.config(),
                        config,
                        key -> !free.contains(key) && !isOfLaterPhases(config.plan(), end, key))
                    .isEmpty())
        .filter(made -> Difference.ofSharedJars(made.jars(), plain.jars()).isEmpty())
        .isPresent();
  }

  /** Whether no phase up to one depends on an option. */
  private static boolean isOfLaterPhases(TrainingPlan phases, Phase end, String key) {
    boolean ofLater =
        key.startsWith(TrainingPlan.REWARD_OPTIONS)
            || phases.steps().keySet().stream()
                .anyMatch(phase -> phase.compareTo(end) > 0 && isOf(phases, phase, key));
    return ofLater && !phases.isReadUpTo(end, key);
  }

  private static boolean isEndOfPhase(RunStatus status, Position position) {
    return position.batch() == 0
        && position.step() > 0
        && position.step() == status.plan().getOrDefault(position.phase(), 0);
  }

  private static boolean hasMore(ResolvedConfig config, Position position) {
    return config.plan().steps().entrySet().stream()
        .anyMatch(phase -> phase.getKey().compareTo(position.phase()) > 0 && phase.getValue() > 0);
  }

  private void requireSamePhases(ResolvedConfig config) {
    Position position = checkpoint().position();
    Difference steps =
        new Difference(
            config.plan().stepsKey(position.phase()),
            Integer.toString(position.step()),
            Integer.toString(config.plan().of(position.phase()).steps()));
    List<Difference> differences =
        checkpoint().recipe().isPresent()
            ? differences(config, key -> decidesWhatIsSkipped(config.plan(), key))
            : steps.before().equals(steps.now()) ? List.of() : List.of(steps);
    if (!differences.isEmpty()) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "cannot go on from %s at %s, because the phases up to there would not be those of the configuration: %s; configure them alike, or take the weights alone by --weights-only and run every phase"
              .formatted(layout.root(), position, listed(differences)));
    }
  }

  /** Of options, from when the checkpoint was written; none where it does not say. */
  private List<Difference> differences(ResolvedConfig config, Predicate<String> keys) {
    return checkpoint()
        .recipe()
        .map(recipe -> Difference.ofConfig(recipe.config(), config, keys))
        .orElse(List.of());
  }

  private static String listed(List<Difference> differences) {
    return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
  }

  /** Also the trainer: phases of one name need not be the same with another. */
  private boolean decidesWhatIsSkipped(TrainingPlan phases, String key) {
    if (key.startsWith("task.") || key.equals(TRAINER)) {
      return true;
    }
    return phases.steps().keySet().stream()
        .anyMatch(phase -> phase.compareTo(checkpoint().phase()) <= 0 && isOf(phases, phase, key));
  }

  /**
   * Of what is not refused where it differs: options of training that are of no phase, such as the
   * batch size, and whatever a skipped phase reads of later ones, too.
   */
  private boolean mayDecideWhatIsSkipped(TrainingPlan phases, String key) {
    return isOneOf(UNLIKE, key)
        || phases.isReadUpTo(checkpoint().phase(), key)
        || isOfNoPhase(phases, key);
  }

  /**
   * Of models that both have; with the same trainer also options of its own networks, which are of
   * no phase and say nothing about steps.
   */
  private boolean mayDecideWhatWeightsMean(ResolvedConfig config, String key) {
    if (isOneOf(MODELS_AND_TASK, key)) {
      return isInBoth(config, key.substring(0, key.indexOf('.')) + ".name");
    }
    return isOfNoPhase(config.plan(), key)
        && !key.contains("optimizer.")
        && !key.equals(TRAINING + "batch-size")
        && isSame(config, TRAINER);
  }

  private boolean isInBoth(ResolvedConfig config, String key) {
    return before(key).isPresent() && config.settings().containsKey(key);
  }

  private boolean isSame(ResolvedConfig config, String key) {
    return isInBoth(config, key) && before(key).get().equals(config.settings().get(key));
  }

  /** The value of an option when the checkpoint was written. */
  private Optional<String> before(String key) {
    return checkpoint().recipe().map(recipe -> recipe.config().get(key));
  }

  private static boolean isOneOf(List<String> sections, String key) {
    return sections.stream().anyMatch(start -> (key + ".").startsWith(start));
  }

  /** Whether an option is the trainer's for all phases. */
  private static boolean isOfNoPhase(TrainingPlan phases, String key) {
    return key.startsWith(TRAINING)
        && phases.steps().keySet().stream().noneMatch(phase -> isOf(phases, phase, key));
  }

  private static boolean isOf(TrainingPlan phases, Phase phase, String key) {
    return key.startsWith(TRAINING + phase.name() + ".") || key.equals(phases.stepsKey(phase));
  }

  private Checkpoint checkpoint() {
    return found.checkpoint().orElseThrow();
  }

  /**
   * Why it is not the checkpoint that was asked for, where it is not, why the run will not be what
   * it would have been with a pre-training of its own, where it will not, and with which other
   * options weights were trained that are taken alone.
   */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(found.warnings());
    if (!unlike.isEmpty()) {
      all.add(
          (weightsAlone
                  ? "weights are taken that were trained with other options: %s; where one of these says what a model computes, or what its tokens are, the weights mean something else here"
                  : "the phases that are skipped were run otherwise: %s; so this run is not what it would be with a pre-training of its own")
              .formatted(listed(unlike)));
    }
    return all;
  }

  /** In a line, what is taken and, once the weights are given, what is not. */
  public String described() {
    return (BEGINS + "%s of %s at %s%s%s")
        .formatted(
            weightsAlone ? "weights" : "state",
            layout.root(),
            checkpoint().position(),
            weightsAlone ? "; every phase runs" : "; the phases up to there are skipped",
            taken);
  }

  /** What a new run starts with that begins here. */
  public RunSetup setup(RunSetup plain) {
    RunDescription description = plain.description();
    List<String> provenance = new ArrayList<>(description.provenance());
    provenance.add("%s, manifest SHA-256 %s".formatted(described(), sha256));
    return new RunSetup(
        plain.configText(),
        plain.config(),
        plain.jars(),
        new RunDescription(description.version(), description.metrics(), provenance),
        Optional.of(
            new Lineage.Origin(
                layout.root().toString(), checkpoint().position(), sha256, weightsAlone)));
  }

  /**
   * Gives the new run what is taken: the weights to its models, the figures of skipped phases to
   * its directory.
   *
   * @return where it goes on; empty for the beginning
   */
  public Optional<Checkpoint> give(RunDirectory run) {
    if (weightsAlone) {
      return Optional.empty();
    }
    run.inherit(layout, checkpoint().position());
    return Optional.of(checkpoint());
  }

  /**
   * Gives the weights to the models of an experiment, which may be all that is taken. Of the models
   * of another trainer, those are taken that the experiment has too.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where they do not fit, naming the array
   */
  public void giveWeights(Experiment experiment) {
    try {
      if (weightsAlone) {
        taken = experiment.takeWhatFits(checkpoint());
      } else {
        experiment.takeWeights(checkpoint());
      }
    } catch (UserException e) {
      throw new UserException(e.kind(), layout.root() + ": " + e.getMessage(), e);
    }
  }
}
