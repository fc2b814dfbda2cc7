package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.TinyModels;

@DisplayName("Importance weights of sequences drawn at another temperature")
class ImportanceWeightsTest {
  /** Draws token 0 with probability 0.8, and token 1 with 0.2, whatever came before. */
  private static final Policy COIN =
      new Policy() {
        @Override
        public NextTokens nextTokens(Sequences sequences, int[] cells) {
          float[] logs = new float[2 * cells.length];
          for (int i = 0; i < cells.length; i++) {
            logs[2 * i] = (float) Math.log(0.8);
            logs[2 * i + 1] = (float) Math.log(0.2);
          }
          return new NextTokens(2, logs);
        }

        @Override
        public Sequences sample(int count, Decoding decoding, RandomStream stream) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Completions complete(
            Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
          throw new UnsupportedOperationException();
        }

        @Override
        public TokenValues logProbabilities(Sequences sequences) {
          throw new UnsupportedOperationException();
        }
      };

  /**
   * At temperature 1/2 the coin's probabilities are 0.64 / 0.68 and 0.04 / 0.68, and so the ratios
   * of 0.8 and 0.2 to them 0.85 and 3.4.
   */
  @Test
  void areProductsOfRatiosUpToTheToken() {
    Sequences batch = Sequences.of(new int[] {0, 1, 1, 0, 0, 0}, new int[] {3, 2}, 3);
    float[] weights = new ImportanceWeights(1, 0.5, 5).of(COIN, batch).values();
    double[] expected = {0.85, 0.85 * 3.4, 5, 0.85, 0.85 * 0.85, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) weights[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-6));
    }
    float[] unclipped = new ImportanceWeights(1, 0.5, 1e9).of(COIN, batch).values();
    assertThat((double) unclipped[2]).isCloseTo(0.85 * 3.4 * 3.4, within(1e-5));
  }

  @Test
  void areOneWhereBothTemperaturesAreTheSame() {
    Sequences batch = Sequences.of(new int[] {0, 1, 1}, new int[] {3}, 3);
    assertThat(new ImportanceWeights(0.7, 0.7, 5).of(COIN, batch).values()).containsOnly(1f);
  }

  /** Over all sequences there are, by their probability of being drawn. */
  @Test
  void haveAMeanOfOneAtEveryPosition() {
    int vocabulary = 3;
    int time = 3;
    double drawn = 0.6;
    double wanted = 1.3;
    try (TinyModels models = new TinyModels(vocabulary, time, OptionalInt.empty());
        Generator generator = models.generator(4)) {
      int[] tokens = new int[27 * time];
      for (int i = 0; i < 27; i++) {
        tokens[i * time] = i / 9;
        tokens[i * time + 1] = i / 3 % 3;
        tokens[i * time + 2] = i % 3;
      }
      Sequences all = Sequences.ofFullLength(tokens, time);
      TokenValues weights = new ImportanceWeights(wanted, drawn, 1e9).of(generator, all);
      NextTokens next = generator.nextTokens(all, NextTokens.everyCell(all));
      double[] means = new double[time];
      double total = 0;
      for (int i = 0; i < all.count(); i++) {
        double probability = 1;
        for (int t = 0; t < time; t++) {
          double sum = 0;
          for (int v = 0; v < vocabulary; v++) {
            sum += Math.exp(next.log(i * time + t, v) / drawn);
          }
          probability *= Math.exp(next.log(i * time + t, all.token(i, t)) / drawn) / sum;
        }
        total += probability;
        for (int t = 0; t < time; t++) {
          means[t] += probability * weights.get(i, t);
        }
      }
      assertThat(total).isCloseTo(1, within(1e-6));
      for (double mean : means) {
        assertThat(mean).isCloseTo(1, within(1e-6));
      }
      assertThat((double) weights.get(0, time - 1)).isNotCloseTo(1, within(1e-3));
    }
  }
}
