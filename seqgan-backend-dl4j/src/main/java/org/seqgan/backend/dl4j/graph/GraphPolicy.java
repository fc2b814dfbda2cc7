package org.seqgan.backend.dl4j.graph;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.operation.InverseCdf;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomStream;

/**
 * A graph of DL4J's that writes sequences: it reads the tokens before each position and gives the
 * logits of the next. It has no softmax: logits are more exact than probabilities near 0 and 1.
 */
final class GraphPolicy implements Policy {
  /** Copies of a row's logits that are there at once, in ND4J's memory and on the heap. */
  private static final int COPIES = 8;

  private static final int MOST_ROWS = 4096;

  private final ComputationGraph reader;
  private final TokenEncoder encoder;
  private final Vocabulary vocabulary;
  private final int time;
  private final long budget;

  /**
   * A policy.
   *
   * @param reader the graph; this alone steps with it
   */
  GraphPolicy(
      ComputationGraph reader, TokenEncoder encoder, GeneratorContext context, long budget) {
    this.reader = reader;
    this.encoder = encoder;
    this.vocabulary = context.vocabulary();
    this.time = context.sequenceLength();
    this.budget = budget;
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    DrawTable table = stream.table(count, time);
    int[] tokens = new int[Sequences.size(count, time)];
    int most = rowsAtOnce(1);
    for (int from = 0; from < count; from += most) {
      int rows = Math.min(most, count - from);
      GraphStepper stepper = new GraphStepper(reader, encoder);
      InverseCdf sampler = new InverseCdf(vocabulary.size(), decoding);
      int[] last = new int[rows];
      Arrays.fill(last, vocabulary.startToken());
      for (int t = 0; t < time; t++) {
        float[] logits = stepper.step(last);
        for (int i = 0; i < rows; i++) {
          float draw = table.column(t, from + i, from + i + 1L).uniform(0);
          last[i] = sampler.draw(logits, i * vocabulary.size(), draw);
          tokens[(from + i) * time + t] = last[i];
        }
      }
    }
    return Sequences.ofSampled(tokens, time, vocabulary.endToken());
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    int count = sequences.count();
    DrawTable table = stream.table((long) (time - 1) * copies * count, time);
    int[][] drawn = new int[time - 1][];
    for (int s = 1; s < time; s++) {
      drawn[s - 1] = new int[s * copies * count];
    }
    // A few sequences at a time, with all of their roll-outs.
    int most = Math.max(1, rowsAtOnce(1) / (1 + (time - 1) * copies));
    for (int from = 0; from < count; from += most) {
      int to = Math.min(count, from + most);
      new RollOut(sequences, from, to, copies, table, decoding).drawInto(drawn);
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  /**
   * The roll-outs of some sequences. The graph reads the sequences themselves in its first rows;
   * after each token, copies of their states become rows of new roll-outs, in the order of {@link
   * Completions}.
   */
  private final class RollOut {
    private final Sequences sequences;
    private final int from;
    private final int count;
    private final int copies;
    private final DrawTable table;
    private final InverseCdf sampler;

    RollOut(Sequences sequences, int from, int to, int copies, DrawTable table, Decoding decoding) {
      this.sequences = sequences;
      this.from = from;
      this.count = to - from;
      this.copies = copies;
      this.table = table;
      this.sampler = new InverseCdf(vocabulary.size(), decoding);
    }

    void drawInto(int[][] drawn) {
      GraphStepper stepper = new GraphStepper(reader, encoder);
      int perPrefix = copies * count;
      int[] last = new int[count];
      Arrays.fill(last, vocabulary.startToken());
      stepper.step(last);
      for (int i = 0; i < count; i++) {
        last[i] = sequences.token(from + i, 0);
      }
      for (int s = 1; s < time; s++) {
        float[] logits = stepper.step(last); // the sequences, then the roll-outs under way
        int started = (s - 1) * perPrefix;
        int[] sources = new int[count + s * perPrefix];
        for (int i = 0; i < sources.length; i++) {
          sources[i] = i < count + started ? i : (i - count) % count;
        }
        last = new int[sources.length];
        for (int i = 0; i < count; i++) {
          last[i] = sequences.token(from + i, s);
        }
        for (int i = count; i < sources.length; i++) {
          int row = rowOfAll(i - count);
          float draw = table.column(s, row, row + 1L).uniform(0);
          last[i] = sampler.draw(logits, sources[i] * vocabulary.size(), draw);
          drawn[s - 1][row] = last[i];
        }
        stepper.select(sources);
      }
    }

    /** The number of a roll-out among those of all sequences. */
    private int rowOfAll(int row) {
      return row / count * sequences.count() + from + row % count;
    }
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    int size = vocabulary.size();
    float[] values = new float[sequences.tokens().length];
    int most = rowsAtOnce(time);
    for (int from = 0; from < sequences.count(); from += most) {
      Sequences part = sequences.slice(from, Math.min(sequences.count(), from + most));
      float[] logs = logProbabilities(inputs(part), part.count());
      for (int i = 0; i < part.count(); i++) {
        for (int t = 0; t < part.length(i); t++) {
          values[(from + i) * time + t] = logs[(i * time + t) * size + part.token(i, t)];
        }
      }
    }
    return new TokenValues(sequences.count(), time, values);
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    NextTokens.requireCells(sequences, cells);
    int size = vocabulary.size();
    float[] chosen = new float[Math.multiplyExact(cells.length, size)];
    int most = rowsAtOnce(time);
    for (int from = 0; from < sequences.count(); from += most) {
      int first = from * time;
      Sequences part = sequences.slice(from, Math.min(sequences.count(), from + most));
      int end = first + part.count() * time;
      if (Arrays.stream(cells).anyMatch(cell -> cell >= first && cell < end)) {
        float[] logs = logProbabilities(inputs(part), part.count());
        for (int i = 0; i < cells.length; i++) {
          if (cells[i] >= first && cells[i] < end) {
            System.arraycopy(logs, (cells[i] - first) * size, chosen, i * size, size);
          }
        }
      }
    }
    return new NextTokens(size, chosen);
  }

  /** The start token, then each token but the last, {@code [count, T]}. */
  int[] inputs(Sequences sequences) {
    int[] inputs = new int[sequences.tokens().length];
    System.arraycopy(sequences.tokens(), 0, inputs, 1, inputs.length - 1);
    for (int i = 0; i < sequences.count(); i++) {
      inputs[i * time] = vocabulary.startToken();
    }
    return inputs;
  }

  /** Of every token at every position, {@code [rows, T, V]}. */
  private float[] logProbabilities(int[] inputs, int rows) {
    INDArray logits = reader.output(false, encoder.encode(inputs, rows))[0]; // (rows, V, T)
    float[] values = GraphParameters.values(logits.permute(0, 2, 1));
    return NextTokens.ofLogits(vocabulary.size(), values).logs();
  }

  private int rowsAtOnce(int positions) {
    long bytes = (long) positions * vocabulary.size() * Float.BYTES * COPIES;
    return (int) Math.max(1, Math.min(MOST_ROWS, budget / bytes));
  }

  /**
   * Scheduled sampling: a coin for each input but the first says whether it stays.
   *
   * @param inputs {@code [count, T]}; changed in place
   * @param truth the probability that it does
   */
  void replaceByDrawn(int[] inputs, int count, float truth, RandomStream stream) {
    DrawTable coins = stream.table(count, time);
    DrawTable draws = stream.table(count, time);
    InverseCdf sampler = new InverseCdf(vocabulary.size(), Decoding.SAMPLE);
    GraphStepper stepper = new GraphStepper(reader, encoder);
    int[] last = new int[count];
    for (int t = 1; t < time; t++) {
      for (int i = 0; i < count; i++) {
        last[i] = inputs[i * time + t - 1];
      }
      float[] logits = stepper.step(last);
      for (int i = 0; i < count; i++) {
        if (coins.column(t, i, i + 1L).uniform(0) >= truth) {
          float draw = draws.column(t, i, i + 1L).uniform(0);
          inputs[i * time + t] = sampler.draw(logits, i * vocabulary.size(), draw);
        }
      }
    }
  }
}
