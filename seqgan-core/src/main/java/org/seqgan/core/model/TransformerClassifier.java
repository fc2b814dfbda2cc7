package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.operation.LayerNorm;

/**
 * Reads a whole sequence at once: embeddings of tokens and positions, blocks of a Transformer
 * (Vaswani et al. 2017) with the norm first and no causal mask, the mean over the positions that
 * count, and a linear map to two classes (generated, real).
 *
 * <pre>
 * x &lt;- x + attention(norm(x))    x &lt;- x + relu(norm(x) W1 + b1) W2 + b2    for each block
 * features = mean over positions of norm(x)
 * </pre>
 *
 * @param vocabularySize V
 * @param time T, the number of positions
 * @param width d
 * @param heads of attention; they divide d
 * @param blocks how many
 * @param feedForwardSize width between W1 and W2
 * @param keep the probability with which dropout keeps a number of what a block adds, and of the
 *     features
 * @param l2 lambda of the penalty on the output layer
 */
record TransformerClassifier(
    int vocabularySize,
    int time,
    int width,
    int heads,
    int blocks,
    int feedForwardSize,
    float keep,
    float l2)
    implements SequenceClassifier {
  private static final String OUTPUT_WEIGHTS = "out.W";
  private static final String OUTPUT_BIAS = "out.b";
  private static final int CLASSES = 2;
  private static final float EPSILON = 1e-5f;
  private static final Initializer ZERO = new Initializer.Constant(0);

  @Override
  public List<ParameterSpec> parameters() {
    Initializer half = new Initializer.Normal((float) Math.sqrt(0.5)); // variance 1 with the other
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.of("embedding", half, vocabularySize, width));
    specs.add(ParameterSpec.of("position", half, time, width));
    for (int i = 0; i < blocks; i++) {
      String block = block(i);
      addNorm(specs, block + "attention");
      addLinear(specs, block + "query", width, width);
      addLinear(specs, block + "key", width, width);
      addLinear(specs, block + "value", width, width);
      addLinear(specs, block + "mix", width, width);
      addNorm(specs, block + "feed");
      addLinear(specs, block + "up", width, feedForwardSize);
      addLinear(specs, block + "down", feedForwardSize, width);
    }
    addNorm(specs, "last");
    addLinear(specs, "out", width, CLASSES);
    return List.copyOf(specs);
  }

  private static String block(int i) {
    return "block" + i + ".";
  }

  private void addNorm(List<ParameterSpec> specs, String name) {
    specs.add(ParameterSpec.of(name + ".gain", new Initializer.Constant(1), width));
    specs.add(ParameterSpec.of(name + ".shift", ZERO, width));
  }

  private static void addLinear(List<ParameterSpec> specs, String name, int inputs, int outputs) {
    Initializer spread = new Initializer.Normal((float) (1 / Math.sqrt(inputs)));
    specs.add(ParameterSpec.of(name + ".W", spread, inputs, outputs));
    specs.add(ParameterSpec.of(name + ".b", ZERO, outputs));
  }

  @Override
  public Variable features(Tape tape, Tokens tokens, IntTensor lengths) {
    int batch = tokens.shape()[0];
    Variable embedded = tape.embedding(tape.parameter("embedding"), tokens);
    Variable x = // (batch * time, width)
        tape.reshape(
            tape.binary(
                BinaryOperation.ADD,
                tape.reshape(embedded, batch, time * width),
                tape.reshape(tape.parameter("position"), time * width)),
            batch * time,
            width);
    for (int i = 0; i < blocks; i++) {
      x = plus(tape, x, attention(tape, x, block(i), batch, lengths));
      x = plus(tape, x, feedForward(tape, x, block(i)));
    }
    Variable read = tape.reshape(norm(tape, x, "last"), batch, time, width);
    return tape.dropout(mean(tape, read, lengths), keep);
  }

  private Variable plus(Tape tape, Variable x, Variable added) {
    return tape.binary(BinaryOperation.ADD, x, tape.dropout(added, keep));
  }

  private Variable attention(Tape tape, Variable x, String block, int batch, IntTensor lengths) {
    Variable read = norm(tape, x, block + "attention");
    Variable attended =
        tape.attention(
            tape.reshape(linear(tape, read, block + "query"), batch, time, width),
            tape.reshape(linear(tape, read, block + "key"), batch, time, width),
            tape.reshape(linear(tape, read, block + "value"), batch, time, width),
            heads,
            false,
            Optional.of(lengths));
    return linear(tape, tape.reshape(attended, batch * time, width), block + "mix");
  }

  private static Variable feedForward(Tape tape, Variable x, String block) {
    Variable up =
        tape.linear(
            norm(tape, x, block + "feed"),
            tape.parameter(block + "up.W"),
            tape.parameter(block + "up.b"),
            Activation.RELU);
    return linear(tape, up, block + "down");
  }

  /** Of the positions that count, {@code [B, T, d]} to {@code [B, d]}. */
  private Variable mean(Tape tape, Variable x, IntTensor lengths) {
    int batch = x.value().dim(0);
    // A query of zeros is as close to every key that counts, so it attends to all of them alike.
    Variable query = tape.constant(tape.scope().zeros(batch, 1, width));
    Variable mean = tape.attention(query, x, x, 1, false, Optional.of(lengths));
    return tape.reshape(mean, batch, width);
  }

  private static Variable norm(Tape tape, Variable x, String name) {
    return tape.apply(
        List.of(x, tape.parameter(name + ".gain"), tape.parameter(name + ".shift")),
        in -> new LayerNorm(in.get(0), in.get(1), in.get(2), EPSILON));
  }

  private static Variable linear(Tape tape, Variable x, String name) {
    return tape.linear(
        x, tape.parameter(name + ".W"), tape.parameter(name + ".b"), Activation.IDENTITY);
  }

  @Override
  public Variable classify(Tape tape, Variable features) {
    return linear(tape, features, "out"); // (batch, 2)
  }

  @Override
  public List<String> penalised() {
    return List.of(OUTPUT_WEIGHTS, OUTPUT_BIAS);
  }
}
