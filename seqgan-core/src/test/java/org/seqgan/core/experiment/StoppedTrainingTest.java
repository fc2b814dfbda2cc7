package org.seqgan.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Position;

@DisplayName("Training that is stopped and resumed")
class StoppedTrainingTest {
  /** Every part of training that remembers something, in 5 steps of a few batches. */
  private static final List<String> SMALL =
      List.of(
          "backend=reference",
          "task.vocabulary-size=9",
          "task.sequence-length=4",
          "task.embedding-size=3",
          "task.hidden-size=3",
          "task.training-sequences=20",
          "task.test-sequences=6",
          "task.validation-sequences=6",
          "generator.embedding-size=3",
          "generator.hidden-size=3",
          "discriminator.embedding-size=3",
          "discriminator.filter-widths=[1,2]",
          "discriminator.filter-counts=[2,2]",
          "reward.roll-outs=2",
          "training.batch-size=8",
          "training.generator-pretraining.epochs=2",
          "training.generator-pretraining.inputs=scheduled-sampling",
          "training.discriminator-pretraining.rounds=1",
          "training.discriminator-pretraining.epochs=2",
          "training.adversarial.rounds=2",
          "training.adversarial.g-steps=2",
          "training.adversarial.d-steps=2",
          "training.adversarial.k=2",
          "training.adversarial.negatives=9",
          "training.adversarial.roll-out-update-rate=0.5",
          "training.adversarial.baseline=moving-average",
          "evaluation.samples=8",
          "evaluation.every-epochs=1",
          "evaluation.every-rounds=2");

  private static final Position START = new Position(Phase.GENERATOR_PRETRAINING, 0);

  private final PluginRegistry registry =
      PluginRegistry.discover(StoppedTrainingTest.class.getClassLoader());
  private final ResolvedConfig config = ExperimentConfig.load(registry, "quickstart", SMALL);

  /** What a run told and left behind. */
  private record Told(
      List<Map<String, Double>> figures, List<List<Shown>> samples, List<Checkpoint> ends) {
    Told() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    Checkpoint end() {
      return ends.get(ends.size() - 1);
    }
  }

  /** Trains until it is asked for the n-th time whether it is to stop; returns how often it was. */
  private int train(Optional<Checkpoint> from, int stopAt, Told told) {
    AtomicInteger asked = new AtomicInteger();
    if (from.map(Checkpoint::position).equals(Optional.of(START))) {
      // What a run has told before its first batch, it tells again.
      told.figures.clear();
      told.samples.clear();
    }
    try (Experiment experiment = Experiment.open(config, registry)) {
      experiment.train(
          from,
          snapshot ->
              event -> {
                if (event instanceof TrainingEvent.Measured measured) {
                  told.figures.add(measured.values());
                } else if (event instanceof TrainingEvent.Sampled sampled) {
                  told.samples.add(sampled.sequences());
                } else if (event instanceof TrainingEvent.Stopped
                    || event instanceof TrainingEvent.Finished) {
                  told.ends.add(snapshot.take());
                }
              },
          () -> asked.incrementAndGet() == stopAt);
    }
    return asked.get();
  }

  private static void assertSame(Told actual, Told expected, String when) {
    assertThat(actual.figures).as("figures, %s", when).isEqualTo(expected.figures);
    assertThat(actual.samples).as("samples, %s", when).isEqualTo(expected.samples);
    Map<String, NamedArrays> models = expected.end().models();
    assertThat(actual.end().models().keySet()).isEqualTo(models.keySet());
    models.forEach(
        (model, arrays) -> {
          NamedArrays others = actual.end().models().get(model);
          assertThat(others.names()).isEqualTo(arrays.names());
          for (String name : arrays.names()) {
            assertThat(others.get(name).values())
                .as("%s of %s, %s", name, model, when)
                .isEqualTo(arrays.get(name).values());
          }
        });
  }

  @Test
  void endsWithTheSameBitsWhereverItWasStopped() {
    Told whole = new Told();
    int moments = train(Optional.empty(), -1, whole);
    assertThat(moments).isGreaterThan(60);
    Set<Position> positions = new HashSet<>();
    for (int moment = 1; moment <= moments; moment++) {
      Told parts = new Told();
      train(Optional.empty(), moment, parts);
      Position stopped = parts.end().position();
      positions.add(stopped);
      train(Optional.of(parts.end()), -1, parts);
      assertSame(parts, whole, "stopped at " + stopped);
    }
    // Epochs of 3 batches, of negatives too; a round of 2 g-steps, 2 x 2 epochs, beta <- theta.
    assertThat(positions)
        .contains(
            START,
            new Position(Phase.GENERATOR_PRETRAINING, 0, 3),
            new Position(Phase.GENERATOR_PRETRAINING, 1),
            new Position(Phase.DISCRIMINATOR_PRETRAINING, 0, 6),
            new Position(Phase.ADVERSARIAL, 0, 1),
            new Position(Phase.ADVERSARIAL, 1, 7),
            new Position(Phase.ADVERSARIAL, 1, 15))
        .hasSize(2 * 3 + 2 * 3 + 2 * (2 + 2 * 2 * 3 + 1) + 5);
  }

  @Test
  void canBeStoppedAgainAndAgain() {
    Told whole = new Told();
    train(Optional.empty(), -1, whole);
    Told parts = new Told();
    train(Optional.empty(), 1, parts);
    int processes = 1;
    while (parts.end().position().compareTo(whole.end().position()) < 0) {
      // An evaluation alone has five questions.
      train(Optional.of(parts.end()), 9, parts);
      processes++;
    }
    assertThat(processes).isGreaterThan(8);
    assertSame(parts, whole, "stopped " + processes + " times");
  }
}
