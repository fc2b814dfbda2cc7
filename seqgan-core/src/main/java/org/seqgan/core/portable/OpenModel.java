package org.seqgan.core.portable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.experiment.TrainedModels;
import org.seqgan.core.experiment.TrainedWith;
import org.seqgan.core.model.Continuations;
import org.seqgan.core.model.SharedSampling;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.CheckpointChoice;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.Recipe;
import org.seqgan.core.run.RunLayout;

/**
 * A trained generator that is open: of a run, or of a {@linkplain ModelFile file}. Everything that
 * uses one begins here, the program as well as a library's caller. Close it to free it; for one
 * thread at a time, which need not be the same one.
 */
public final class OpenModel implements AutoCloseable {
  private static final String SAMPLE = "sample";

  private final Path place;
  private final Experiment experiment;
  private final Origin origin;
  private final List<String> warnings;

  /** Where it comes from. */
  private sealed interface Origin {
    String checkpoint();

    Decoding decoding();
  }

  private record OfRun(RunLayout layout, Position position, Optional<Recipe> recipe)
      implements Origin {
    @Override
    public String checkpoint() {
      return position.name();
    }

    @Override
    public Decoding decoding() {
      return Decoding.SAMPLE;
    }
  }

  private record OfFile(Provenance provenance, Decoding decoding) implements Origin {
    @Override
    public String checkpoint() {
      return provenance.checkpoint();
    }
  }

  private OpenModel(Path place, Experiment experiment, Origin origin, List<String> warnings) {
    this.place = place;
    this.experiment = experiment;
    this.origin = origin;
    this.warnings = List.copyOf(warnings);
  }

  // ---- opening ----

  /**
   * Opens a run directory or the file of a model, whichever there is.
   *
   * @param choice of a run's checkpoint; a file has one
   * @throws UserException where there is neither, or it cannot be opened here
   */
  public static OpenModel open(Path place, CheckpointChoice choice, PluginRegistry registry) {
    return ModelFile.isMeant(place) ? ofFile(place, registry) : ofRun(place, choice, registry);
  }

  /**
   * Opens a run with the generator of a checkpoint.
   *
   * @throws UserException where there is no run or no such checkpoint, or it cannot be opened here
   */
  public static OpenModel ofRun(Path root, CheckpointChoice choice, PluginRegistry registry) {
    RunLayout layout = RunLayout.existing(root);
    CheckpointStore.Found found = choice.find(layout);
    Checkpoint checkpoint = found.checkpoint().orElseThrow();
    ResolvedConfig config = ExperimentConfig.load(registry, layout.config().toString(), List.of());
    Experiment experiment = Experiment.openTrained(config, registry);
    try {
      experiment.restoreGenerator(checkpoint);
      List<String> warnings = new ArrayList<>(found.warnings());
      warnings.addAll(TrainedWith.differences(checkpoint, experiment, registry));
      OfRun origin = new OfRun(layout, checkpoint.position(), checkpoint.recipe());
      return new OpenModel(root, experiment, origin, warnings);
    } catch (RuntimeException | Error e) {
      experiment.close();
      throw e;
    }
  }

  /**
   * Opens the file of a model without its data.
   *
   * @throws UserException where it cannot be read ({@link ModelFile#read}), or a plugin that it
   *     needs is not here
   */
  public static OpenModel ofFile(Path file, PluginRegistry registry) {
    PortableModel model = ModelFile.read(file);
    return ofFile(file, model, new FileOpening(file, model, registry).withoutData());
  }

  /**
   * Opens the file of a model with the data of its task, as its configuration says where they are.
   *
   * @param overrides {@code task.key=value} each, where they are somewhere else
   * @throws UserException as above, or where the data are not there or are others
   */
  public static OpenModel ofFileWithData(
      Path file, List<String> overrides, PluginRegistry registry) {
    PortableModel model = ModelFile.read(file);
    return ofFile(file, model, new FileOpening(file, model, registry).withData(overrides));
  }

  private static OpenModel ofFile(Path file, PortableModel model, FileOpening.Opened opened) {
    OfFile origin = new OfFile(model.provenance(), model.decoding());
    return new OpenModel(file, opened.experiment(), origin, opened.warnings());
  }

  // ---- what it is ----

  /** The run directory or the file. */
  public Path place() {
    return place;
  }

  /** The task, with its data where they are here. */
  public Task task() {
    return experiment.task();
  }

  /** Whether the data of the task are here. */
  public boolean hasData() {
    return task().data().training().count() > 0;
  }

  /** Backend, task and generator. */
  public Experiment experiment() {
    return experiment;
  }

  /** What it was opened with. */
  public ResolvedConfig config() {
    return experiment.config();
  }

  /** The checkpoint, as a person names it. */
  public String checkpointName() {
    return origin.checkpoint();
  }

  /** The name of its task's plugin. */
  public String taskName() {
    return config().task().provider().about().name();
  }

  /** How it is sampled where nobody says otherwise. */
  public Decoding decoding() {
    return origin.decoding();
  }

  /**
   * What is not as a reader would expect: a checkpoint that is not the one that was asked for, a
   * configuration, a plugin, data or a backend that is not the one it was trained with.
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Where it comes from.
   *
   * @param exporter the version of this program, for a model that is to be written
   * @param licence of the data, where somebody says it; else what the task says
   */
  public Provenance provenance(String exporter, Optional<String> licence) {
    return origin instanceof OfRun run
        ? new RunProvenance(experiment, run.layout(), run.position(), run.recipe())
            .of(exporter, licence)
        : relicensed(((OfFile) origin).provenance(), exporter, licence);
  }

  private static Provenance relicensed(
      Provenance known, String exporter, Optional<String> licence) {
    return new Provenance(
        known.data(),
        licence.isPresent() ? Provenance.Licence.of(licence) : known.licence(),
        known.configuration(),
        known.seed(),
        known.checkpoint(),
        known.metrics(),
        known.plugins(),
        new Provenance.Build(known.build().trained(), exporter));
  }

  /**
   * The checkpoint, read anew where it is of a run; of a file one that has a generator alone.
   *
   * @throws UserException where it is not there any more, or damaged since
   */
  public Checkpoint checkpoint() {
    if (origin instanceof OfRun run) {
      return new CheckpointChoice.Named(run.position().name())
          .find(run.layout())
          .checkpoint()
          .orElseThrow();
    }
    return new Checkpoint(
        Position.named(checkpointName()).orElse(Position.BEGINNING),
        Map.of(TrainerContext.GENERATOR, experiment.generator().parameters()),
        Map.of(),
        Optional.empty());
  }

  /**
   * Its models, for a format of another library to write, with the configuration that they were
   * trained with.
   *
   * @throws UserException as {@link #checkpoint()}
   */
  public TrainedParts parts() {
    TrainedParts parts = TrainedModels.of(config(), task(), checkpoint());
    return origin instanceof OfFile file
        ? new TrainedParts(
            parts.generator(),
            parts.discriminator(),
            parts.vocabularySize(),
            parts.endToken(),
            parts.sequenceLength(),
            file.provenance().configuration())
        : parts;
  }

  /**
   * The model, to be written to a file.
   *
   * @param sampling how it is sampled where nobody says otherwise
   * @throws UserException of kind {@code CONFIGURATION} where its task cannot do without its data
   */
  public PortableModel portable(Decoding sampling, Provenance provenance) {
    Task task = task();
    if (ModelParts.readsFiles(config().generator().options())) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "generator '%s' reads a file of its own, which the file of a model does not hold; keep the run and that file, or train another generator"
              .formatted(config().generator().provider().about().name()));
    }
    return new PortableModel(
        experiment.generator().parameters(),
        task.data().vocabulary(),
        task.data().sequenceLength(),
        task.notationState()
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Kind.CONFIGURATION,
                        "task '%s' does not say how to show sequences without its data, so no file of its models can be used; its plugin would need notationState and notation"
                            .formatted(taskName()))),
        sampling,
        config().evaluation().metrics(task),
        provenance);
  }

  // ---- sampling ----

  /**
   * Draws sequences. The same seed gives the same ones; of more, the first are those of fewer.
   *
   * @throws UserException where there is no room for so many
   */
  public Sequences sample(int count, Decoding decoding, long seed) {
    requireRoom(count);
    return experiment.generator().sample(count, decoding, stream(seed));
  }

  /**
   * Draws sequences that begin with some tokens; by the rules of {@link #sample}.
   *
   * @param beginning at least one token, fewer than T, such as {@link #beginning} gives
   */
  public Sequences continueFrom(int[] beginning, int count, Decoding decoding, long seed) {
    requireRoom(count);
    Continuations continuations =
        new Continuations(
            experiment.generator(), task().data().vocabulary(), task().data().sequenceLength());
    return continuations.draw(beginning, count, decoding, stream(seed));
  }

  /**
   * Some of the sequences that somebody asked for.
   *
   * @param beginning as of {@link #continueFrom}; without a token whole sequences, as of {@link
   *     #sample}
   * @param from the first that is wanted, of those that a draw of many gives
   * @param to where to stop, after {@code from}
   * @param seed of whoever asked
   */
  public record Draw(List<Integer> beginning, int from, int to, Decoding decoding, long seed) {
    /** Copies the beginning. */
    public Draw {
      beginning = List.copyOf(beginning);
    }
  }

  /**
   * Whether {@link #drawTogether} can be asked: of generators that are forward functions, so not of
   * those that plugins write the long way.
   */
  public boolean canDrawTogether() {
    return experiment.generator() instanceof SharedSampling shared && shared.canShare();
  }

  /**
   * Draws for several, side by side, which takes less time than one after another. Each gets what
   * {@link #sample} or {@link #continueFrom} gives for its seed, whoever the others are.
   *
   * @param draws at least one
   * @return of each, in their order
   * @throws UserException where there is no room for so many
   */
  public List<Sequences> drawTogether(List<Draw> draws) {
    List<SharedSampling.Share> shares =
        draws.stream()
            .map(
                draw ->
                    new SharedSampling.Share(
                        draw.beginning(),
                        draw.from(),
                        draw.to(),
                        draw.decoding(),
                        stream(draw.seed())))
            .toList();
    requireRoom(shares.stream().mapToInt(SharedSampling.Share::count).reduce(0, Math::addExact));
    return ((SharedSampling) experiment.generator()).sampleTogether(shares);
  }

  private static RandomStream stream(long seed) {
    return RandomStream.of(seed).split(SAMPLE);
  }

  private void requireRoom(int count) {
    ArraySize.of("sequences", count, task().data().sequenceLength(), Integer.BYTES);
  }

  /**
   * The tokens of a text that sequences are to begin with, which leave at least one to draw.
   *
   * @param what the text is called in messages, such as {@code --prefix}
   * @throws UserException (configuration) if it cannot be read, or has too few or too many tokens
   */
  public int[] beginning(String what, String text) {
    return beginning(what, text, place.toString());
  }

  /**
   * The same where the model has another name than its place.
   *
   * @param name what it is called in messages
   */
  public int[] beginning(String what, String text, String name) {
    int[] tokens = read(what, text, name);
    int most = task().data().sequenceLength() - 1;
    if (tokens.length == 0) {
      throw wrong("%s has no token; leave it out to draw whole sequences".formatted(what));
    }
    if (tokens.length > most) {
      throw wrong(
          "%s has %d tokens, expected at most %d: sequences of %s have up to %d, and one is left to draw; shorten it"
              .formatted(what, tokens.length, most, name, most + 1));
    }
    return tokens;
  }

  private int[] read(String what, String text, String name) {
    Optional<int[]> tokens;
    try {
      tokens = task().read(text);
    } catch (UserException e) {
      throw new UserException(e.kind(), what + ": " + e.getMessage(), e);
    }
    return tokens.orElseThrow(
        () ->
            wrong(
                "%s is for tasks that read text, which the task of %s does not; leave it out to draw whole sequences"
                    .formatted(what, name)));
  }

  private static UserException wrong(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }

  @Override
  public void close() {
    experiment.close();
  }
}
