package org.seqgan.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.PluginRegistry;

@DisplayName("An explanation of an experiment")
class ExplainerTest {
  private static final int TIME = 4;
  private static final int COUNT = 8;

  private final PluginRegistry registry =
      PluginRegistry.discover(ExplainerTest.class.getClassLoader());

  private Experiment experiment() {
    return Experiment.open(
        ExperimentConfig.load(
            registry,
            "quickstart",
            List.of(
                "backend=reference",
                "task.vocabulary-size=9",
                "task.sequence-length=" + TIME,
                "task.embedding-size=3",
                "task.hidden-size=3",
                "task.training-sequences=20",
                "generator.embedding-size=3",
                "generator.hidden-size=3",
                "reward=constant",
                "training.batch-size=" + COUNT,
                "training.adversarial.baseline=none",
                "training.adversarial.temperature=0.5")),
        registry);
  }

  @Test
  void hasTheGradientOfThePolicyAtTheTemperatureThatItIsTrainedAt() {
    Explanation explanation;
    try (Experiment explained = experiment()) {
      explanation = Explainer.explain(explained, COUNT, RandomStream.of(3));
    }
    try (Experiment fresh = experiment()) {
      assertThat(explanation.gradient())
          .hasSize(TIME)
          .isEqualTo(gradient(fresh, explanation, 0.5f))
          .isNotEqualTo(gradient(fresh, explanation, 1f));
    }
  }

  private static List<Explanation.Position> gradient(
      Experiment experiment, Explanation explanation, float temperature) {
    List<Explanation.Token> tokens =
        explanation.sequences().stream().flatMap(each -> each.tokens().stream()).toList();
    int[] ids = new int[tokens.size()];
    float[] weights = new float[tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.get(i).id();
      weights[i] = (float) tokens.get(i).weight();
    }
    return GradientShares.of(
        experiment.generator(),
        Sequences.ofFullLength(ids, TIME),
        new TokenValues(COUNT, TIME, weights),
        temperature);
  }
}
