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
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.operation.Attention;
import org.seqgan.api.operation.LayerNorm;

/**
 * A relational memory (Santoro et al. 2018, arXiv 1806.01822), as the released code of RelGAN (Nie
 * et al. 2019) has it: S slots of M = heads x head size numbers each. With x the embedding of a
 * token times a matrix, as wide as a slot, a step is
 *
 * <pre>
 * A = memory with x as one more slot             attended = softmax(q k^T / sqrt(3 d)) v
 * A = norm(A + attended)    A = norm(A + mlp(A)), of which the row of x is dropped
 * i, f = sigmoid(x W + tanh(memory) U + (0, 1))  memory = i tanh(A) + f memory
 * </pre>
 *
 * with q, k and v, of d numbers for each head, the parts of norm(A R). The memory begins with the
 * rows of the identity matrix, and is itself what tokens are drawn from.
 *
 * <p>It follows the released code where that differs from the papers:
 *
 * <ul>
 *   <li>products are divided by the root of the width of q, k and v together, not of k alone;
 *   <li>a norm has one mean and one variance of all slots of a sequence together, as TensorFlow 1's
 *       {@code layer_norm} has it by default, and gain and shift of each column;
 *   <li>the gates have constant biases, 0 and 1;
 *   <li>weights are drawn from truncated normal distributions of deviation {@code 1 / sqrt(rows)},
 *       the embedding too.
 * </ul>
 *
 * @param vocabularySize V
 * @param embeddingSize E
 * @param slots S
 * @param heads of attention
 * @param headSize d, numbers of each head in a slot, a query and a key
 */
record RelationalMemoryModel(
    int vocabularySize, int embeddingSize, int slots, int heads, int headSize)
    implements AutoregressiveModel {
  static final String EMBEDDING = "embedding";
  static final String LOGIT_WEIGHTS = "logits.W";
  static final String LOGIT_BIAS = "logits.b";
  private static final String INPUT = "memory.input";
  private static final String READ_WEIGHTS = "memory.attention.W";
  private static final String READ_NORM = "memory.attention.norm";
  private static final String ATTENDED_NORM = "memory.attended.norm";
  private static final String FIRST = "memory.mlp.first";
  private static final String SECOND = "memory.mlp.second";
  private static final String MLP_NORM = "memory.mlp.norm";
  private static final String INPUT_GATES = "memory.gates.W";
  private static final String MEMORY_GATES = "memory.gates.U";

  /** Queries, keys and values. */
  private static final int PARTS = 3;

  /** That of TensorFlow 1's {@code layer_norm}. */
  private static final float EPSILON = 1e-12f;

  private static final float FORGET_BIAS = 1f;

  /** M. */
  private int slotSize() {
    return heads * headSize;
  }

  // ---- parameters ----

  @Override
  public List<ParameterSpec> parameters() {
    int slot = slotSize();
    List<ParameterSpec> specs = new ArrayList<>();
    addWeights(specs, EMBEDDING, vocabularySize, embeddingSize);
    addLinear(specs, INPUT, embeddingSize, slot);
    addWeights(specs, READ_WEIGHTS, slot, PARTS * slot);
    addNorm(specs, READ_NORM, PARTS * slot);
    addNorm(specs, ATTENDED_NORM, slot);
    addLinear(specs, FIRST, slot, slot);
    addLinear(specs, SECOND, slot, slot);
    addNorm(specs, MLP_NORM, slot);
    addWeights(specs, INPUT_GATES, slot, 2 * slot);
    addWeights(specs, MEMORY_GATES, slot, 2 * slot);
    addWeights(specs, LOGIT_WEIGHTS, slots * slot, vocabularySize);
    addConstant(specs, LOGIT_BIAS, 0, vocabularySize);
    return Collections.unmodifiableList(specs);
  }

  private static void addWeights(List<ParameterSpec> specs, String name, int rows, int columns) {
    Initializer initial = new Initializer.TruncatedNormal((float) (1 / Math.sqrt(rows)));
    specs.add(ParameterSpec.of(name, initial, rows, columns));
  }

  private static void addConstant(List<ParameterSpec> specs, String name, float value, int size) {
    specs.add(ParameterSpec.of(name, new Initializer.Constant(value), size));
  }

  private static void addLinear(List<ParameterSpec> specs, String name, int from, int to) {
    addWeights(specs, name + ".W", from, to);
    addConstant(specs, name + ".b", 0, to);
  }

  private static void addNorm(List<ParameterSpec> specs, String name, int size) {
    addConstant(specs, name + ".gain", 1, size);
    addConstant(specs, name + ".shift", 0, size);
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  // ---- whole sequences and single tokens ----

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    int batch = inputs.dim(0);
    int time = inputs.dim(1);
    Variable embedded = tape.embedding(tape.parameter(EMBEDDING), inputs);
    Read all = read(tape, tape.reshape(embedded, batch * time, embeddingSize));
    Variable xs = tape.reshape(all.x, batch, time, slotSize());
    Variable gates = tape.reshape(all.gates, batch, time, 2 * slotSize());
    Variable memory = tape.constant(tape.scope().zeros(batch, slots * slotSize()));
    List<Variable> memories = new ArrayList<>();
    for (int t = 0; t < time; t++) {
      Read one = new Read(position(tape, xs, t), position(tape, gates, t));
      memory = next(tape, one, memory, t);
      memories.add(tape.reshape(memory, batch, 1, slots * slotSize()));
    }
    return tape.concat(memories, 1);
  }

  /** One position of all, {@code [B, T, n]} to {@code [B, n]}. */
  private static Variable position(Tape tape, Variable all, int t) {
    int width = all.value().dim(2);
    return tape.reshape(tape.slice(all, 1, t, t + 1), all.value().dim(0), width);
  }

  /** The memory, slot by slot. */
  @Override
  public List<Integer> stateWidths() {
    return List.of(slots * slotSize());
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    Read token = read(tape, tape.embedding(tape.parameter(EMBEDDING), tokens));
    Variable memory = next(tape, token, state.get(0), position);
    return new TapeStep(memory, List.of(memory));
  }

  // ---- the memory ----

  /**
   * What follows from tokens alone, whatever is remembered.
   *
   * @param x as wide as a slot, {@code [n, M]}
   * @param gates their part in the sums of both gates, {@code [n, 2M]}
   */
  private record Read(Variable x, Variable gates) {}

  private Read read(Tape tape, Variable embedded) {
    Variable x = linear(tape, embedded, INPUT, Activation.IDENTITY);
    return new Read(x, tape.matmul(x, tape.parameter(INPUT_GATES)));
  }

  /** The memory after tokens have been read, {@code [n, S M]}. */
  private Variable next(Tape tape, Read token, Variable state, int position) {
    int batch = state.value().dim(0);
    int slot = slotSize();
    Variable memory =
        position == 0 ? tape.binary(BinaryOperation.ADD, state, initial(tape)) : state;
    Variable all = tape.concat(List.of(memory, token.x), 1); // (batch, (slots + 1) slot)
    Variable attended = attendedTo(tape, all);
    Variable kept = tape.slice(attended, 1, 0, slots * slot);

    Variable remembered =
        tape.reshape(tape.unary(UnaryOperation.TANH, memory), batch * slots, slot);
    Variable ofMemory = tape.matmul(remembered, tape.parameter(MEMORY_GATES));
    Variable sums = // (batch * slots, 2 slot)
        tape.binary(BinaryOperation.ADD, ofMemory, everySlot(tape, token.gates));
    Variable input = tape.unary(UnaryOperation.SIGMOID, tape.slice(sums, 1, 0, slot));
    Variable forget =
        tape.unary(
            UnaryOperation.SIGMOID,
            tape.affine(tape.slice(sums, 1, slot, 2 * slot), 1, FORGET_BIAS));
    return tape.binary(
        BinaryOperation.ADD,
        tape.binary(
            BinaryOperation.MULTIPLY,
            tape.reshape(input, batch, slots * slot),
            tape.unary(UnaryOperation.TANH, kept)),
        tape.binary(BinaryOperation.MULTIPLY, tape.reshape(forget, batch, slots * slot), memory));
  }

  /** The first rows of the identity matrix, or as much of them as a slot holds. */
  private Variable initial(Tape tape) {
    float[] rows = new float[slots * slotSize()];
    for (int s = 0; s < Math.min(slots, slotSize()); s++) {
      rows[s * slotSize() + s] = 1;
    }
    return tape.constant(tape.scope().tensor(rows, rows.length));
  }

  /** What stands in one row for each sequence, in a row for each of its slots. */
  private Variable everySlot(Tape tape, Variable one) {
    int width = one.value().dim(1);
    return tape.reshape(
        tape.concat(Collections.nCopies(slots, one), 1), one.value().dim(0) * slots, width);
  }

  /** The attention block over all slots and the input, {@code [n, (S + 1) M]} as the result. */
  private Variable attendedTo(Tape tape, Variable all) {
    int batch = all.value().dim(0);
    int rows = slots + 1;
    Variable memory =
        norm(tape, tape.binary(BinaryOperation.ADD, all, attention(tape, all)), ATTENDED_NORM);
    Variable inner =
        linear(tape, tape.reshape(memory, batch * rows, slotSize()), FIRST, Activation.RELU);
    Variable mlp =
        tape.reshape(linear(tape, inner, SECOND, Activation.IDENTITY), batch, rows * slotSize());
    return norm(tape, tape.binary(BinaryOperation.ADD, memory, mlp), MLP_NORM);
  }

  private Variable attention(Tape tape, Variable all) {
    int batch = all.value().dim(0);
    int rows = slots + 1;
    Variable flat = tape.reshape(all, batch * rows, slotSize());
    Variable products = tape.matmul(flat, tape.parameter(READ_WEIGHTS));
    Variable read = norm(tape, tape.reshape(products, batch, rows * PARTS * slotSize()), READ_NORM);
    // Head by head, and within a head its query, its key and its value.
    Variable byHeads = tape.reshape(read, batch * rows * heads, PARTS * headSize);
    float scale = (float) (1 / Math.sqrt(PARTS * headSize));
    Variable attended =
        tape.apply(
            List.of(
                part(tape, byHeads, 0, batch),
                part(tape, byHeads, 1, batch),
                part(tape, byHeads, 2, batch)),
            in ->
                new Attention(
                    in.get(0), in.get(1), in.get(2), heads, scale, false, Optional.empty()));
    return tape.reshape(attended, batch, rows * slotSize());
  }

  /** The queries, the keys or the values, {@code [n, S + 1, M]}. */
  private Variable part(Tape tape, Variable byHeads, int index, int batch) {
    Variable own = tape.slice(byHeads, 1, index * headSize, (index + 1) * headSize);
    return tape.reshape(own, batch, slots + 1, slotSize());
  }

  /** Of all rows of a sequence together, which stand side by side, with the gains of a row. */
  private Variable norm(Tape tape, Variable all, String name) {
    Variable gain = everyRow(tape, name + ".gain");
    Variable shift = everyRow(tape, name + ".shift");
    return tape.apply(
        List.of(all, gain, shift), in -> new LayerNorm(in.get(0), in.get(1), in.get(2), EPSILON));
  }

  private Variable everyRow(Tape tape, String name) {
    return tape.concat(Collections.nCopies(slots + 1, tape.parameter(name)), 0);
  }

  private static Variable linear(Tape tape, Variable x, String name, Activation activation) {
    return tape.linear(x, tape.parameter(name + ".W"), tape.parameter(name + ".b"), activation);
  }
}
