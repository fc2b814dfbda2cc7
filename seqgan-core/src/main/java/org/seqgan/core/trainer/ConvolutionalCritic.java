package org.seqgan.core.trainer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;

/**
 * A critic of relaxed tokens that can be derived twice. It is made of convolutions and ReLU alone,
 * so it is linear in its input wherever no ReLU switches: the derivative of its score by the input
 * is a chain of transposed convolutions with the masks of the ReLUs between them. That chain is
 * written here by operations on the tape, with the masks as constants (their derivative is 0 almost
 * everywhere), so the tape derives it by the weights like anything else.
 *
 * <pre>
 * h = conv(x)    h &lt;- h + 0.3 conv(relu(conv(relu(h)))) for each block    d(x) = w . h + b
 * </pre>
 *
 * <p>as in {@code gan_language.py} of igul222/improved_wgan_training. Without blocks, ReLU follows
 * the convolution.
 *
 * @param vocabulary V, the channels of the input
 * @param time T
 * @param channels of all layers
 * @param inputWidth positions that the first convolution reads, without padding
 * @param blocks residual blocks, of convolutions over {@link #BLOCK_WIDTH} positions with padding
 */
record ConvolutionalCritic(int vocabulary, int time, int channels, int inputWidth, int blocks) {
  static final int BLOCK_WIDTH = 5;
  private static final float RESIDUAL = 0.3f;

  /** Below this a norm has no derivative. */
  private static final float LEAST_SQUARE = 1e-12f;

  private int positions() {
    return time - inputWidth + 1;
  }

  /** Uniform, with a deviation of {@code sqrt(4 / (inputs + outputs))}, as the authors have it. */
  private static Initializer spread(int inputs, int outputs) {
    float bound = (float) (Math.sqrt(3) * Math.sqrt(4.0 / (inputs + outputs)));
    return new Initializer.Uniform(-bound, bound);
  }

  List<ParameterSpec> parameters() {
    List<ParameterSpec> specs = new ArrayList<>();
    addConvolution(specs, "input", inputWidth * vocabulary, inputWidth * channels);
    for (int block = 0; block < blocks; block++) {
      addConvolution(specs, name(block, 0), BLOCK_WIDTH * channels, BLOCK_WIDTH * channels);
      addConvolution(specs, name(block, 1), BLOCK_WIDTH * channels, BLOCK_WIDTH * channels);
    }
    int flat = positions() * channels;
    specs.add(ParameterSpec.of("out.W", spread(flat, 1), flat, 1));
    specs.add(ParameterSpec.of("out.b", new Initializer.Constant(0), 1));
    return specs;
  }

  private void addConvolution(List<ParameterSpec> specs, String name, int inputs, int outputs) {
    specs.add(ParameterSpec.of(name + ".W", spread(inputs, outputs), inputs, channels));
    specs.add(ParameterSpec.of(name + ".b", new Initializer.Constant(0), channels));
  }

  private static String name(int block, int layer) {
    return "block" + block + "." + layer;
  }

  /**
   * Scores, and what their derivative by the input needs.
   *
   * @param values {@code [B]}
   * @param masks of the ReLUs, the first in the network last
   */
  record Scores(Variable values, Deque<Variable> masks) {}

  /**
   * Scores sequences.
   *
   * @param x {@code [B, T, V]}
   */
  Scores scores(Tape tape, Variable x) {
    Deque<Variable> masks = new ArrayDeque<>();
    int batch = x.value().dim(0);
    Variable h = convolution(tape, x, "input", inputWidth, 0);
    if (blocks == 0) {
      h = relu(tape, h, masks);
    }
    for (int block = 0; block < blocks; block++) {
      Variable inner =
          convolution(
              tape, relu(tape, h, masks), name(block, 0), BLOCK_WIDTH, (BLOCK_WIDTH - 1) / 2);
      Variable outer =
          convolution(
              tape, relu(tape, inner, masks), name(block, 1), BLOCK_WIDTH, (BLOCK_WIDTH - 1) / 2);
      h = tape.binary(BinaryOperation.ADD, h, tape.affine(outer, RESIDUAL, 0));
    }
    Variable score =
        tape.binary(
            BinaryOperation.ADD,
            tape.matmul(tape.reshape(h, batch, positions() * channels), tape.parameter("out.W")),
            tape.parameter("out.b"));
    return new Scores(tape.reshape(score, batch), masks);
  }

  /** {@code [B, T, C]} to {@code [B, T', channels]}. */
  private Variable convolution(Tape tape, Variable x, String name, int width, int padding) {
    Variable windows = tape.windows(x, width, padding);
    int batch = windows.value().dim(0);
    int after = windows.value().dim(1);
    Variable rows = tape.reshape(windows, batch * after, windows.value().dim(2));
    Variable sums =
        tape.binary(
            BinaryOperation.ADD,
            tape.matmul(rows, tape.parameter(name + ".W")),
            tape.parameter(name + ".b"));
    return tape.reshape(sums, batch, after, channels);
  }

  private static Variable relu(Tape tape, Variable x, Deque<Variable> masks) {
    TensorScope scope = tape.scope();
    Tensor zeros = scope.zeros(x.value().shape());
    masks.push(tape.constant(scope.binary(BinaryOperation.LESS, zeros, x.value())));
    return tape.unary(UnaryOperation.RELU, x);
  }

  /**
   * The derivative of each score by its input, {@code [B, T, V]}.
   *
   * @param scores whose masks are used up
   */
  private Variable inputGradients(Tape tape, Scores scores) {
    int batch = scores.values().value().dim(0);
    float[] ones = new float[batch];
    Arrays.fill(ones, 1);
    Variable row = tape.reshape(tape.parameter("out.W"), 1, positions() * channels);
    Variable g = // (batch, positions, channels): the same for every sequence
        tape.reshape(
            tape.matmul(tape.constant(tape.scope().tensor(ones, batch, 1)), row),
            batch,
            positions(),
            channels);
    for (int block = blocks - 1; block >= 0; block--) {
      int padding = (BLOCK_WIDTH - 1) / 2;
      Variable inner =
          masked(tape, scores, transposed(tape, g, name(block, 1), BLOCK_WIDTH, padding));
      Variable outer =
          masked(tape, scores, transposed(tape, inner, name(block, 0), BLOCK_WIDTH, padding));
      g = tape.binary(BinaryOperation.ADD, g, tape.affine(outer, RESIDUAL, 0));
    }
    if (blocks == 0) {
      g = masked(tape, scores, g);
    }
    return transposed(tape, g, "input", inputWidth, 0);
  }

  private static Variable masked(Tape tape, Scores scores, Variable g) {
    return tape.binary(BinaryOperation.MULTIPLY, g, scores.masks().pop());
  }

  /** The transpose of {@link #convolution} without its bias. */
  private Variable transposed(Tape tape, Variable g, String name, int width, int padding) {
    int batch = g.value().dim(0);
    int after = g.value().dim(1);
    Variable weights = tape.permute(tape.parameter(name + ".W"), 1, 0);
    Variable rows = tape.matmul(tape.reshape(g, batch * after, channels), weights);
    return tape.fold(tape.reshape(rows, batch, after, weights.value().dim(1)), width, padding);
  }

  /**
   * The gradient penalty (Gulrajani et al. 2017): {@code weight * mean over the batch of (|dd/dx| -
   * 1)^2}, {@code [1]}, the norm over all positions and tokens.
   *
   * @param x {@code [B, T, V]}, a constant
   */
  Variable penalty(Tape tape, Variable x, float weight) {
    int batch = x.value().dim(0);
    Variable gradients = inputGradients(tape, scores(tape, x));
    Variable squares =
        tape.reduce(
            Reduction.SUM,
            tape.unary(UnaryOperation.SQUARE, tape.reshape(gradients, batch, time * vocabulary)),
            1);
    Variable norms = tape.unary(UnaryOperation.SQRT, tape.affine(squares, 1, LEAST_SQUARE));
    Variable excess = tape.unary(UnaryOperation.SQUARE, tape.affine(norms, 1, -1));
    return tape.affine(tape.reduce(Reduction.MEAN, excess, 0), weight, 0);
  }
}
