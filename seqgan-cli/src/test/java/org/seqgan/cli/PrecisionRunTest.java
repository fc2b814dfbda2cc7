package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.statistics.TestResult;
import org.seqgan.core.statistics.WelchTest;

@DisplayName("A quickstart, cut short, with backend.precision = bf16")
class PrecisionRunTest {
  private static final int SEEDS = 4;
  private final PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader());

  @Test
  void endsWithinTheNoiseOfFloat32() {
    double[] float32 = finalNll("float32");
    double[] bf16 = finalNll("bf16");
    assertThat(bf16).as("bf16 is not float32").isNotEqualTo(float32);
    TestResult result = WelchTest.of(bf16, float32);
    assertThat(result).isInstanceOf(WelchTest.class);
    WelchTest test = (WelchTest) result;
    assertThat(test.p()).as("p of a difference, %s against %s", bf16, float32).isGreaterThan(0.05);
    assertThat(Math.abs(test.difference())).as("nats").isLessThan(0.05);
  }

  /** NLL_oracle after training, for each seed. */
  private double[] finalNll(String precision) {
    List<Double> values = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (Experiment experiment = open(precision, seed)) {
        experiment.train(Optional.empty(), snapshots -> event -> {}, () -> false);
        RandomStream stream = RandomStream.of(seed).split("final");
        values.add(experiment.evaluate(stream).metrics().get("nll-oracle"));
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Experiment open(String precision, int seed) {
    List<String> overrides =
        List.of(
            "seed=" + seed,
            "backend.name=dl4j",
            "backend.threads=2",
            "backend.precision=" + precision,
            "task.training-sequences=1000",
            "training.generator-pretraining.epochs=10",
            "training.discriminator-pretraining.rounds=2",
            "training.adversarial.rounds=4",
            "evaluation.samples=1000");
    try {
      return Experiment.open(ExperimentConfig.load(registry, "quickstart", overrides), registry);
    } catch (UserException e) {
      Assumptions.assumeFalse(
          e.getMessage().startsWith("backend.precision = bf16"), e.getMessage());
      throw e;
    }
  }
}
