package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.training.Players;
import org.seqgan.core.training.Request;

@DisplayName("A long run on the backend dl4j")
class LongRunMemoryTest {
  private static final int STEPS = 1_000;
  private static final int SETTLED = 50;

  @Test
  void holdsNoMoreMemoryAfterAThousandStepsThanAfterFifty() {
    PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader());
    ResolvedConfig config =
        ExperimentConfig.load(
            registry,
            "quickstart",
            List.of(
                "backend.name=dl4j",
                "backend.threads=2",
                "backend.memory=16m",
                "task.training-sequences=200",
                "reward.roll-outs=2",
                "discriminator.filter-widths=[1,3]",
                "discriminator.filter-counts=[8,8]"));
    try (Experiment experiment = Experiment.open(config, registry)) {
      RandomStream random = RandomStream.of(1);
      MemoryUse settled = null;
      for (int step = 1; step <= STEPS; step++) {
        train(experiment.players(), random.split("step", step));
        MemoryUse now = experiment.backend().memory();
        if (step == SETTLED) {
          settled = now;
        } else if (step > SETTLED) {
          assertThat(now).as("after step %d", step).isEqualTo(settled);
        }
      }
    }
  }

  /** One step of each kind. */
  private static void train(Players players, RandomStream random) {
    Sequences real = players.task().data().training().slice(0, 16);
    players.generator().trainMaximumLikelihood(real, 1f, random.split("mle"));
    Sequences batch = players.generator().sample(16, Decoding.SAMPLE, random.split("sample"));
    boolean[] labels = new boolean[32];
    Arrays.fill(labels, 0, 16, true);
    players.discriminator().train(Sequences.concat(List.of(real, batch)), labels, random);
    TokenValues q = players.reward().reward(new Request(players, batch, Decoding.SAMPLE, random));
    players.generator().trainPolicyGradient(batch, q);
  }
}
