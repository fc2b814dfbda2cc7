package org.seqgan.core.trainer;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.operation.LayerNorm;

/**
 * A discriminator that gives every token a logit of being real, given the tokens before it: an
 * embedding with a few fixed waves that tell the position, a linear layer, an LSTM whose sums are
 * normalised before its gates, and a linear layer to one number. As in {@code
 * discriminator_nets.py} of ScratchGAN without its pre-trained embedding.
 *
 * <pre>
 * a = gain norm(x[t] W + h[t-1] U) + shift    i, o = sigmoid(a)    f = sigmoid(a + 1)    g = tanh(a)
 * c[t] = f c[t-1] + i g                       h[t] = o tanh(c[t])    d[t] = w . h[t] + b
 * </pre>
 *
 * where the 4H columns hold the gates input, forget, output and cell, in that order, and norm is
 * over all of them. No operation has the norm within an LSTM, so the steps are written out.
 *
 * @param vocabulary V
 * @param time T
 * @param embeddingSize E
 * @param hiddenSize H, also the width of the linear layer before the LSTM
 * @param keep the probability with which dropout keeps a number of the table of embeddings, the
 *     same for all tokens that read it
 */
record TokenJudge(int vocabulary, int time, int embeddingSize, int hiddenSize, float keep) {
  static final int WAVES = 8;
  private static final float SHORTEST_PERIOD = 2;
  private static final float EPSILON = 1e-5f;

  List<ParameterSpec> parameters() {
    float glorot = (float) Math.sqrt(6.0 / (vocabulary + embeddingSize));
    int inputs = embeddingSize + WAVES;
    Initializer recurrent = spread(2 * hiddenSize);
    Initializer zero = new Initializer.Constant(0);
    return List.of(
        ParameterSpec.of(
            "embedding", new Initializer.Uniform(-glorot, glorot), vocabulary, embeddingSize),
        ParameterSpec.of("input.W", spread(inputs), inputs, hiddenSize),
        ParameterSpec.of("input.b", zero, hiddenSize),
        ParameterSpec.of("lstm.W", recurrent, hiddenSize, 4 * hiddenSize),
        ParameterSpec.of("lstm.U", recurrent, hiddenSize, 4 * hiddenSize),
        ParameterSpec.of("lstm.gain", new Initializer.Constant(1), 4 * hiddenSize),
        ParameterSpec.of("lstm.shift", zero, 4 * hiddenSize),
        ParameterSpec.of("out.W", spread(hiddenSize), hiddenSize, 1),
        ParameterSpec.of("out.b", zero, 1));
  }

  private static Initializer spread(int inputs) {
    return new Initializer.TruncatedNormal((float) (1 / Math.sqrt(inputs)));
  }

  /**
   * The logit of each token, {@code [B * T]}. What is said of positions after the end of a sequence
   * does not count.
   */
  Variable logits(Tape tape, Sequences batch) {
    int count = batch.count();
    TensorScope scope = tape.scope();
    Variable table = tape.dropout(tape.parameter("embedding"), keep);
    Variable embedded = // (batch, time, embedding)
        tape.embedding(table, scope.ints(batch.tokens(), count, time));
    Variable placed = // (batch * time, embedding + waves)
        tape.reshape(
            tape.concat(List.of(embedded, tape.constant(waves(scope, count))), 2),
            count * time,
            embeddingSize + WAVES);
    Variable inputs = // (batch * time, hidden)
        tape.linear(
            placed, tape.parameter("input.W"), tape.parameter("input.b"), Activation.IDENTITY);
    Variable states = tape.reshape(lstm(tape, inputs, count), count * time, hiddenSize);
    Variable logits =
        tape.linear(states, tape.parameter("out.W"), tape.parameter("out.b"), Activation.IDENTITY);
    return tape.reshape(logits, count * time);
  }

  /** {@code [B * T, H]} to {@code [B, T, H]}. */
  private Variable lstm(Tape tape, Variable inputs, int count) {
    Variable fromInputs = // (batch, time, 4 hidden)
        tape.reshape(tape.matmul(inputs, tape.parameter("lstm.W")), count, time, 4 * hiddenSize);
    Variable zeros = tape.constant(tape.scope().zeros(count, hiddenSize));
    Variable hidden = zeros;
    Variable cell = zeros;
    List<Variable> states = new ArrayList<>();
    for (int t = 0; t < time; t++) {
      Variable fromInput = tape.reshape(tape.slice(fromInputs, 1, t, t + 1), count, 4 * hiddenSize);
      Variable sums =
          normalised(
              tape,
              tape.binary(
                  BinaryOperation.ADD, fromInput, tape.matmul(hidden, tape.parameter("lstm.U"))));
      Variable input = tape.unary(UnaryOperation.SIGMOID, gate(tape, sums, 0));
      Variable forget = tape.unary(UnaryOperation.SIGMOID, tape.affine(gate(tape, sums, 1), 1, 1));
      Variable output = tape.unary(UnaryOperation.SIGMOID, gate(tape, sums, 2));
      Variable candidate = tape.unary(UnaryOperation.TANH, gate(tape, sums, 3));
      cell =
          tape.binary(
              BinaryOperation.ADD,
              tape.binary(BinaryOperation.MULTIPLY, forget, cell),
              tape.binary(BinaryOperation.MULTIPLY, input, candidate));
      hidden = tape.binary(BinaryOperation.MULTIPLY, output, tape.unary(UnaryOperation.TANH, cell));
      states.add(tape.reshape(hidden, count, 1, hiddenSize));
    }
    return tape.concat(states, 1);
  }

  private static Variable normalised(Tape tape, Variable sums) {
    return tape.apply(
        List.of(sums, tape.parameter("lstm.gain"), tape.parameter("lstm.shift")),
        in -> new LayerNorm(in.get(0), in.get(1), in.get(2), EPSILON));
  }

  private Variable gate(Tape tape, Variable sums, int index) {
    return tape.slice(sums, 1, index * hiddenSize, (index + 1) * hiddenSize);
  }

  /** The waves of every position, the same for every sequence, {@code [count, T, WAVES]}. */
  private Tensor waves(TensorScope scope, int count) {
    float[] values = new float[count * time * WAVES];
    for (int t = 0; t < time; t++) {
      for (int w = 0; w < WAVES; w++) {
        float value = wave(t, w, time);
        for (int i = 0; i < count; i++) {
          values[(i * time + t) * WAVES + w] = value;
        }
      }
    }
    return scope.tensor(values, count, time, WAVES);
  }

  /**
   * {@code cos(pi (t / period + shift))}: the periods go from 2 to T in equal ratios, so that the
   * last wave falls from the first position to the last, and the shifts from 0 to 2 in equal steps.
   */
  static float wave(int t, int wave, int time) {
    double share = wave / (WAVES - 1.0);
    double period = SHORTEST_PERIOD * StrictMath.pow(time / SHORTEST_PERIOD, share);
    return (float) StrictMath.cos(Math.PI * (t / period + 2 * share));
  }
}
