package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

@DisplayName("A long run on the backend dl4j")
class LongRunMemoryTest {
  private static final int STEPS = 1_000;
  private static final int SETTLED = 50;

  @Test
  void holdsNoMoreMemoryAfterAThousandStepsThanAfterFifty() {
    List<MemoryUse> use = memoryAfterSteps(1, STEPS);
    MemoryUse settled = use.get(SETTLED - 1);
    for (int step = SETTLED + 1; step <= STEPS; step++) {
      assertThat(use.get(step - 1)).as("after step %d", step).isEqualTo(settled);
    }
  }

  /**
   * A thread gets its working space when it takes the first block that needs it, and which thread
   * takes a block is left to chance: on a busy machine that may be after any number of steps. So
   * what is pooled has a bound here, and no exact value.
   */
  @Test
  void holdsOnTwoThreadsAtMostTheWorkingSpaceOfASecondThreadMore() {
    MemoryUse one = memoryAfterSteps(1, SETTLED).get(SETTLED - 1);
    List<MemoryUse> use = memoryAfterSteps(2, 200);
    for (int step = SETTLED; step <= use.size(); step++) {
      MemoryUse now = use.get(step - 1);
      assertThat(now.liveBytes()).as("live bytes after step %d", step).isEqualTo(one.liveBytes());
      assertThat(now.peakBytes()).as("peak bytes after step %d", step).isEqualTo(one.peakBytes());
      assertThat(now.liveTensors()).as("tensors after step %d", step).isEqualTo(one.liveTensors());
      assertThat(now.pooledBytes())
          .as("pooled bytes after step %d", step)
          .isLessThanOrEqualTo(2 * one.pooledBytes());
    }
  }

  private static List<MemoryUse> memoryAfterSteps(int threads, int steps) {
    PluginRegistry registry = PluginRegistry.discover(LongRunMemoryTest.class.getClassLoader());
    ResolvedConfig config =
        ExperimentConfig.load(
            registry,
            "quickstart",
            List.of(
                "backend.name=dl4j",
                "backend.threads=" + threads,
                "backend.memory=16m",
                "task.training-sequences=200",
                "reward.roll-outs=2",
                "discriminator.filter-widths=[1,3]",
                "discriminator.filter-counts=[8,8]"));
    List<MemoryUse> use = new ArrayList<>();
    try (Experiment experiment = Experiment.open(config, registry)) {
      RandomStream random = RandomStream.of(1);
      for (int step = 1; step <= steps; step++) {
        train(experiment, random.split("step", step));
        use.add(experiment.backend().memory());
      }
    }
    return use;
  }

  /** One step of each kind. */
  private static void train(Experiment experiment, RandomStream random) {
    Generator generator = experiment.generator();
    Generator rollOutPolicy =
        experiment.model(SeqGanTrainerProvider.ROLL_OUT_POLICY, Generator.class).orElseThrow();
    Discriminator discriminator =
        experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class).orElseThrow();
    Sequences real = experiment.task().data().training().slice(0, 16);
    generator.trainMaximumLikelihood(real, 1f, random.split("mle"));
    Sequences batch = generator.sample(16, Decoding.SAMPLE, random.split("sample"));
    boolean[] labels = new boolean[32];
    Arrays.fill(labels, 0, 16, true);
    discriminator.train(Sequences.concat(List.of(real, batch)), labels, random);
    TokenValues q =
        experiment.models().reward(batch, rollOutPolicy, discriminator, Decoding.SAMPLE, random);
    generator.trainPolicyGradient(batch, q);
  }
}
