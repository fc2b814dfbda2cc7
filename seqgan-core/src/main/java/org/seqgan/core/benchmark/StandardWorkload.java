package org.seqgan.core.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;

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

  private final Experiment experiment;
  private final TrainingWork training;
  private final List<Work> works;

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
    this.experiment = Experiment.open(ExperimentConfig.load(registry, PRESET, all), registry);
    this.training = new TrainingWork(experiment);
    this.works =
        List.of(
            training.trainGenerator("mle_step_64", BATCH),
            training.sample("sample_64", BATCH),
            training.sampleMany("sample_10000_batch1024", SAMPLES, LARGE_BATCH),
            training.trainDiscriminator("d_train_step_64", BATCH),
            training.score("d_infer_64", training.randomTokens(BATCH)),
            training.score("d_infer_1024", training.sampledTokens(LARGE_BATCH)),
            training.generatorStep("g_adv_step_64", BATCH, ROLL_OUTS));
  }

  /** What computes. */
  public Computer computer() {
    return Computer.of(experiment.config());
  }

  /** The memory that the backend holds, and the most that it has held. */
  public MemoryUse memory() {
    return experiment.backend().memory();
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
        Figure figure = work.time(stopwatch);
        figures.add(figure);
        done.accept(figure);
      }
    }
    return figures;
  }

  /** What the backend reaches at best. */
  public Ceilings ceilings(Stopwatch stopwatch) {
    return training.ceilings(stopwatch);
  }

  @Override
  public void close() {
    experiment.close();
  }
}
