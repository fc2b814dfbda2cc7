package org.seqgan.testkit;

import java.util.Arrays;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * Token v as probable as v + 1, whatever came before it; computed on the host, for those who read a
 * policy.
 */
record UnevenPolicy(Vocabulary vocabulary, int time) implements Policy {
  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    DrawTable table = stream.table(count, time);
    int[] tokens = new int[count * time];
    for (int t = 0; t < time; t++) {
      int[] drawn = drawn(count, table, t);
      for (int i = 0; i < count; i++) {
        tokens[i * time + t] = drawn[i];
      }
    }
    return Sequences.ofSampled(tokens, time, vocabulary.endToken());
  }

  private int[] drawn(int rows, DrawTable table, int t) {
    RandomDraws draws = table.column(t, 0, rows);
    int[] tokens = new int[rows];
    Arrays.setAll(tokens, i -> token(draws.uniform(i)));
    return tokens;
  }

  private int token(double uniform) {
    double left = uniform;
    int token = 0;
    while (token < vocabulary.size() - 1 && left >= probability(token)) {
      left -= probability(token++);
    }
    return token;
  }

  private double probability(int token) {
    return (token + 1) / (vocabulary.size() * (vocabulary.size() + 1) / 2.0);
  }

  private float log(int token) {
    return (float) Math.log(probability(token));
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    int perPrefix = copies * sequences.count();
    DrawTable table = stream.table((long) (time - 1) * perPrefix, time);
    int[][] drawn = new int[time - 1][];
    for (int s = 1; s < time; s++) {
      drawn[s - 1] = drawn(s * perPrefix, table, s);
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    float[] values = new float[sequences.tokens().length];
    for (int at = 0; at < values.length; at++) {
      values[at] = log(sequences.tokens()[at]);
    }
    return new TokenValues(sequences.count(), time, values).upToTheEnds(sequences);
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    NextTokens.requireCells(sequences, cells);
    float[] logs = new float[cells.length * vocabulary.size()];
    for (int at = 0; at < logs.length; at++) {
      logs[at] = log(at % vocabulary.size());
    }
    return new NextTokens(vocabulary.size(), logs);
  }
}
