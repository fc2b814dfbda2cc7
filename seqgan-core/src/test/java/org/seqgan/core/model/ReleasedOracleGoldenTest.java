package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.metric.Likelihood;
import org.seqgan.core.registry.PluginRegistry;

@DisplayName("The authors' released oracle (skipped where its file is not beside the checkout)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasedOracleGoldenTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("seqgan.root", ".."), "..", "shared", "data", "oracle");

  private Experiment experiment;
  private Policy oracle;

  @BeforeAll
  void open() {
    Path file = FOLDER.resolve("target_params.pkl");
    assumeTrue(Files.exists(file), () -> "the authors' oracle is not at " + file.normalize());
    PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader());
    experiment =
        Experiment.open(
            ExperimentConfig.load(
                registry,
                "released",
                List.of(
                    "task.parameters=\"" + file + "\"",
                    "task.training-sequences=100",
                    "backend=dl4j")),
            registry);
    oracle = experiment.task().oracle().orElseThrow();
  }

  @AfterAll
  void close() {
    if (experiment != null) {
      experiment.close();
    }
  }

  @Test
  void tokenLogProbabilitiesAgreeWithTheReference() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(FOLDER.resolve("golden.json").toFile());
    JsonNode rows = golden.get("sequences");
    int time = golden.get("sequence_length").intValue();
    int[] tokens = new int[rows.size() * time];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = rows.get(i / time).get(i % time).intValue();
    }
    TokenValues actual = oracle.logProbabilities(Sequences.ofFullLength(tokens, time));
    for (int i = 0; i < tokens.length; i++) {
      double expected =
          golden.get("token_log_probabilities").get(i / time).get(i % time).doubleValue();
      assertThat((double) actual.values()[i])
          .as("sequence %d, position %d", i / time, i % time)
          .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-3));
    }
  }

  /**
   * The mean of 10,000 samples has a standard error of 0.0054 around 5.753 (computed apart from
   * this code in float64: 5.7514 +- 0.0053), so one such mean may well fall just below the
   * published 5.75 to 5.78; the mean of eight of them must not.
   */
  @Test
  void itsOwnSamplesScoreAsPublished() {
    double sum = 0;
    for (int seed = 1; seed <= 8; seed++) {
      Sequences samples = oracle.sample(10_000, Decoding.SAMPLE, RandomStream.of(seed));
      double nll = Likelihood.of(oracle, samples).nllPerToken();
      assertThat(nll).as("10,000 samples of seed %d", seed).isBetween(5.753 - 4 * 0.0054, 5.78);
      sum += nll;
    }
    assertThat(sum / 8).isBetween(5.75, 5.78);
  }

  @Test
  void uniformTokensScoreAsMeasured() {
    RandomStream stream = RandomStream.of(2);
    int[] tokens = new int[10_000 * 20];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = stream.nextInt(5000);
    }
    double nll = Likelihood.of(oracle, Sequences.ofFullLength(tokens, 20)).nllPerToken();
    assertThat(nll).isBetween(11.38, 11.48);
  }
}
