package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.operation.LayerNorm;

/**
 * A causal Transformer (Vaswani et al. 2017, arXiv 1706.03762) with learned positions and the norm
 * first, as in GPT-2: the sum of the embeddings of a token and of its position goes through blocks
 *
 * <pre>
 * x = x + attention(norm(x))    x = x + W relu(U norm(x) + a) + b
 * </pre>
 *
 * and a last norm to the softmax.
 *
 * <p>A step keeps the keys and the values of all positions in its state, {@code [n, T D]} each for
 * every block, and attends over those read so far. Dropout, of the embeddings and of what each half
 * of a block adds, is for training on whole sequences; a step has none.
 *
 * @param vocabularySize V
 * @param time T, the most positions
 * @param options sizes; model-size is D
 */
record TransformerModel(int vocabularySize, int time, TransformerOptions options)
    implements AutoregressiveModel {
  static final String EMBEDDING = "embedding";
  static final String POSITIONS = "positions";
  static final String LOGIT_WEIGHTS = "logits.W";
  static final String LOGIT_BIAS = "logits.b";
  private static final String LAST_NORM = "norm";
  private static final float EPSILON = 1e-5f;

  /** The names of the parameters of one block. */
  private record Block(int number) {
    String name(String what) {
      return "block" + number + "." + what;
    }
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int number = 1; number <= options.layers(); number++) {
      blocks.add(new Block(number));
    }
    return blocks;
  }

  private int width() {
    return options.modelSize();
  }

  // ---- parameters ----

  @Override
  public List<ParameterSpec> parameters() {
    Initializer normal = new Initializer.Normal(options.initialDeviation());
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.of(EMBEDDING, normal, vocabularySize, width()));
    specs.add(ParameterSpec.of(POSITIONS, normal, time, width()));
    for (Block block : blocks()) {
      addNorm(specs, block.name("attention.norm"));
      addLinear(specs, block.name("attention.read"), width(), 3 * width());
      addLinear(specs, block.name("attention.write"), width(), width());
      addNorm(specs, block.name("feed.norm"));
      addLinear(specs, block.name("feed.read"), width(), options.feedForwardSize());
      addLinear(specs, block.name("feed.write"), options.feedForwardSize(), width());
    }
    addNorm(specs, LAST_NORM);
    specs.add(ParameterSpec.of(LOGIT_WEIGHTS, normal, width(), vocabularySize));
    specs.add(ParameterSpec.of(LOGIT_BIAS, new Initializer.Constant(0), vocabularySize));
    return Collections.unmodifiableList(specs);
  }

  private void addNorm(List<ParameterSpec> specs, String name) {
    specs.add(ParameterSpec.of(name + ".gain", new Initializer.Constant(1), width()));
    specs.add(ParameterSpec.of(name + ".shift", new Initializer.Constant(0), width()));
  }

  private void addLinear(List<ParameterSpec> specs, String name, int from, int to) {
    Initializer normal = new Initializer.Normal(options.initialDeviation());
    specs.add(ParameterSpec.of(name + ".W", normal, from, to));
    specs.add(ParameterSpec.of(name + ".b", new Initializer.Constant(0), to));
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  // ---- whole sequences ----

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    int batch = inputs.dim(0);
    int positions = inputs.dim(1);
    int rows = batch * positions;
    Variable tokens = tape.embedding(tape.parameter(EMBEDDING), inputs);
    Variable x = // (rows, width)
        tape.reshape(
            tape.binary(
                BinaryOperation.ADD,
                tape.reshape(tokens, batch, positions * width()),
                places(tape, 0, positions)),
            rows,
            width());
    x = dropout(tape, x);
    for (Block block : blocks()) {
      Variable read = read(tape, block, x);
      // No lengths: what stands after the end of a sequence is seen by nothing before it.
      Variable attended =
          attention(
              tape,
              tape.reshape(part(tape, read, 0), batch, positions, width()),
              tape.reshape(part(tape, read, 1), batch, positions, width()),
              tape.reshape(part(tape, read, 2), batch, positions, width()),
              true);
      attended = tape.reshape(attended, rows, width());
      x = plus(tape, x, dropout(tape, linear(tape, attended, block.name("attention.write"))));
      x = plus(tape, x, dropout(tape, feedForward(tape, block, x)));
    }
    return tape.reshape(norm(tape, x, LAST_NORM), batch, positions, width());
  }

  private Variable dropout(Tape tape, Variable x) {
    return tape.dropout(x, options.keep());
  }

  // ---- one token ----

  /** The keys of all positions and the values of all positions, for every block. */
  @Override
  public List<Integer> stateWidths() {
    return Collections.nCopies(2 * options.layers(), time * width());
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    Variable x = // (rows, width)
        tape.binary(
            BinaryOperation.ADD,
            tape.embedding(tape.parameter(EMBEDDING), tokens),
            places(tape, position, position + 1));
    List<Variable> after = new ArrayList<>();
    for (Block block : blocks()) {
      Variable read = read(tape, block, x);
      Variable keys = kept(tape, state.get(after.size()), part(tape, read, 1), position);
      after.add(keys);
      Variable values = kept(tape, state.get(after.size()), part(tape, read, 2), position);
      after.add(values);
      int rows = x.value().dim(0);
      Variable attended =
          attention(
              tape,
              tape.reshape(part(tape, read, 0), rows, 1, width()),
              upTo(tape, keys, position),
              upTo(tape, values, position),
              false);
      attended = tape.reshape(attended, rows, width());
      x = plus(tape, x, linear(tape, attended, block.name("attention.write")));
      x = plus(tape, x, feedForward(tape, block, x));
    }
    return new TapeStep(norm(tape, x, LAST_NORM), after);
  }

  /** What stands at all positions, with that of one position written to its place. */
  private Variable kept(Tape tape, Variable all, Variable one, int position) {
    return tape.assignSlice(all, one, 1, position * width());
  }

  /** What stands at the positions that have been read, {@code [n, position + 1, D]}. */
  private Variable upTo(Tape tape, Variable all, int position) {
    int rows = all.value().dim(0);
    Variable read = tape.slice(all, 1, 0, (position + 1) * width());
    return tape.reshape(read, rows, position + 1, width());
  }

  // ---- both ----

  /** The embeddings of positions, side by side in one row. */
  private Variable places(Tape tape, int from, int to) {
    Variable some = tape.slice(tape.parameter(POSITIONS), 0, from, to);
    return tape.reshape(some, (to - from) * width());
  }

  /** Queries, keys and values, side by side. */
  private Variable read(Tape tape, Block block, Variable x) {
    return linear(tape, norm(tape, x, block.name("attention.norm")), block.name("attention.read"));
  }

  /** The queries, the keys or the values. */
  private Variable part(Tape tape, Variable read, int index) {
    return tape.slice(read, 1, index * width(), (index + 1) * width());
  }

  private Variable attention(Tape tape, Variable q, Variable k, Variable v, boolean causal) {
    return tape.attention(q, k, v, options.heads(), causal, Optional.empty());
  }

  private Variable feedForward(Tape tape, Block block, Variable x) {
    Variable read = norm(tape, x, block.name("feed.norm"));
    Variable inner = linear(tape, read, block.name("feed.read"), Activation.RELU);
    return linear(tape, inner, block.name("feed.write"));
  }

  private static Variable norm(Tape tape, Variable x, String name) {
    return tape.apply(
        List.of(x, tape.parameter(name + ".gain"), tape.parameter(name + ".shift")),
        in -> new LayerNorm(in.get(0), in.get(1), in.get(2), EPSILON));
  }

  private static Variable linear(Tape tape, Variable x, String name) {
    return linear(tape, x, name, Activation.IDENTITY);
  }

  private static Variable linear(Tape tape, Variable x, String name, Activation activation) {
    return tape.linear(x, tape.parameter(name + ".W"), tape.parameter(name + ".b"), activation);
  }

  private static Variable plus(Tape tape, Variable a, Variable b) {
    return tape.binary(BinaryOperation.ADD, a, b);
  }
}
