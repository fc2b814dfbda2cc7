package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Checkpointer;

@DisplayName("One word of configuration puts training on cuda")
class SwappedBackendsTest {
  /** The preset quickstart, made short. */
  private static final List<String> SHORT =
      List.of(
          "task.vocabulary-size=30",
          "task.sequence-length=6",
          "task.training-sequences=128",
          "task.test-sequences=64",
          "generator.embedding-size=8",
          "generator.hidden-size=8",
          "discriminator.embedding-size=8",
          "discriminator.filter-widths=[1,2,3]",
          "discriminator.filter-counts=[6,6,6]",
          "reward.roll-outs=2",
          "training.batch-size=16",
          "training.generator-pretraining.epochs=2",
          "training.discriminator-pretraining.rounds=1",
          "training.discriminator-pretraining.epochs=1",
          "training.adversarial.rounds=2",
          "training.adversarial.g-steps=1",
          "training.adversarial.k=1",
          "evaluation.samples=64");

  /**
   * Backends differ by rounding, which grows from step to step, and where it moves a draw over a
   * boundary by another token.
   */
  private static final double NOISE = 0.005;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  /** What training gave. */
  private record Trained(Map<String, Double> metrics, Optional<Checkpoint> halfway) {}

  @Test
  void theSameConfigurationTrainsAlike() {
    Map<String, Double> expected = train("reference", Optional.empty()).metrics();
    Map<String, Double> found = train("cuda", Optional.empty()).metrics();
    assertAlike(found, expected);
    assertThat(train("cuda", Optional.empty()).metrics()).as("once more").isEqualTo(found);
  }

  @Test
  void aCheckpointGoesOnOnAnotherBackend() {
    for (List<String> pair : List.of(List.of("cuda", "reference"), List.of("reference", "cuda"))) {
      Trained whole = train(pair.get(0), Optional.empty());
      Trained resumed = train(pair.get(1), Optional.of(whole.halfway().orElseThrow()));
      assertAlike(resumed.metrics(), whole.metrics());
    }
  }

  private static void assertAlike(Map<String, Double> found, Map<String, Double> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(found.get(name))
                .as(name)
                .isCloseTo(value, within(NOISE * Math.max(1, Math.abs(value)))));
  }

  private static Trained train(String backend, Optional<Checkpoint> from) {
    PluginRegistry registry = PluginRegistry.discover(SwappedBackendsTest.class.getClassLoader());
    List<String> overrides = new ArrayList<>(SHORT);
    overrides.add("backend.name=" + backend);
    try (Experiment experiment =
        Experiment.open(ExperimentConfig.load(registry, "quickstart", overrides), registry)) {
      Halfway halfway = new Halfway();
      assertThat(experiment.train(from, halfway::hearingOf, () -> false)).isTrue();
      return new Trained(experiment.evaluate(RandomStream.of(7)).metrics(), halfway.taken);
    }
  }

  /** Takes a checkpoint after the first adversarial round. */
  private static final class Halfway {
    private Optional<Checkpoint> taken = Optional.empty();

    TrainingListener hearingOf(Checkpointer.Snapshot snapshot) {
      return event -> {
        if (event instanceof TrainingEvent.StepFinished finished
            && finished.phase().equals(Phase.ADVERSARIAL)
            && finished.step() == 1) {
          taken = Optional.of(snapshot.take());
        }
      };
    }
  }
}
