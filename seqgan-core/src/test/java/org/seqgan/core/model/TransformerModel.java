package org.seqgan.core.model;

import static java.util.Collections.nCopies;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.operation.Linear;

/**
 * One block of a Transformer (Vaswani et al. 2017) with the norm first, as in GPT-2: a head of
 * causal attention, and a feed-forward layer with ReLU. Its step keeps the keys and values of what
 * it has read, so that the two ways of computing have little in common.
 *
 * @param vocabularySize V
 * @param time T, the number of positions
 * @param width d
 * @param hiddenSize of the feed-forward layer
 * @param causal whether a position is kept from seeing later ones; it must be
 */
record TransformerModel(int vocabularySize, int time, int width, int hiddenSize, boolean causal)
    implements AutoregressiveModel {
  private static final float NEVER = -1e4f;
  private static final float EPSILON = 1e-5f;

  @Override
  public List<ParameterSpec> parameters() {
    Initializer normal = new Initializer.Normal((float) (1 / Math.sqrt(width)));
    Initializer one = new Initializer.Constant(1);
    Initializer zero = new Initializer.Constant(0);
    return List.of(
        ParameterSpec.of("embedding", normal, vocabularySize, width),
        ParameterSpec.of("position", normal, time, width),
        ParameterSpec.of("attention.gain", one, width),
        ParameterSpec.of("attention.bias", zero, width),
        ParameterSpec.of("query.W", normal, width, width),
        ParameterSpec.of("key.W", normal, width, width),
        ParameterSpec.of("value.W", normal, width, width),
        ParameterSpec.of("mix.W", normal, width, width),
        ParameterSpec.of("feed.gain", one, width),
        ParameterSpec.of("feed.bias", zero, width),
        ParameterSpec.of("up.W", normal, width, hiddenSize),
        ParameterSpec.of("up.b", zero, hiddenSize),
        ParameterSpec.of("down.W", normal, hiddenSize, width),
        ParameterSpec.of("down.b", zero, width),
        ParameterSpec.of("logits.W", normal, width, vocabularySize),
        ParameterSpec.of("logits.b", normal, vocabularySize));
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer("logits.W", "logits.b");
  }

  // ---- whole sequences, on the tape ----

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    int batch = inputs.dim(0);
    IntTensor places = tape.scope().ints(repeated(batch), batch, time);
    Variable x = // (batch * time, width)
        tape.reshape(
            tape.binary(
                BinaryOperation.ADD,
                tape.embedding(tape.parameter("embedding"), inputs),
                tape.embedding(tape.parameter("position"), places)),
            batch * time,
            width);
    Variable read = norm(tape, x, "attention");
    Variable attended =
        attention(
            tape,
            batch,
            tape.matmul(read, tape.parameter("query.W")),
            tape.matmul(read, tape.parameter("key.W")),
            tape.matmul(read, tape.parameter("value.W")));
    x = tape.binary(BinaryOperation.ADD, x, tape.matmul(attended, tape.parameter("mix.W")));
    Variable up = // (batch * time, hidden)
        tape.linear(
            norm(tape, x, "feed"), tape.parameter("up.W"), tape.parameter("up.b"), Activation.RELU);
    Variable down =
        tape.linear(up, tape.parameter("down.W"), tape.parameter("down.b"), Activation.IDENTITY);
    return tape.reshape(tape.binary(BinaryOperation.ADD, x, down), batch, time, width);
  }

  private int[] repeated(int batch) {
    int[] places = new int[batch * time];
    Arrays.setAll(places, i -> i % time);
    return places;
  }

  /** Layer normalisation (Ba, Kiros, Hinton 2016) of rows; means are products with constants. */
  private Variable norm(Tape tape, Variable x, String name) {
    Variable centred = tape.matmul(x, tape.constant(centring(tape.scope())));
    Variable variance =
        tape.matmul(tape.unary(UnaryOperation.SQUARE, centred), tape.constant(mean(tape.scope())));
    Variable scaled =
        tape.binary(
            BinaryOperation.DIVIDE,
            centred,
            tape.unary(UnaryOperation.SQRT, tape.affine(variance, 1, EPSILON)));
    return tape.binary(
        BinaryOperation.ADD,
        tape.binary(BinaryOperation.MULTIPLY, scaled, tape.parameter(name + ".gain")),
        tape.parameter(name + ".bias"));
  }

  private Tensor mean(TensorScope scope) {
    float[] values = new float[width * width];
    Arrays.fill(values, 1f / width);
    return scope.tensor(values, width, width);
  }

  private Tensor centring(TensorScope scope) {
    float[] values = new float[width * width];
    Arrays.fill(values, -1f / width);
    for (int i = 0; i < width; i++) {
      values[i * width + i]++;
    }
    return scope.tensor(values, width, width);
  }

  /** Softmax of the products of queries and keys, times values: position by position of keys. */
  private Variable attention(Tape tape, int batch, Variable query, Variable key, Variable value) {
    Variable queries = tape.reshape(query, batch, time, width);
    Variable keys = tape.reshape(key, batch, time, width);
    Variable values = tape.reshape(value, batch, time, width);
    List<Variable> products =
        IntStream.range(0, time)
            .mapToObj(
                j ->
                    tape.reshape(
                        tape.reduce(
                            Reduction.SUM,
                            tape.binary(
                                BinaryOperation.MULTIPLY, queries, everywhere(tape, keys, j)),
                            2),
                        batch,
                        time,
                        1))
            .toList();
    Variable scores = // (batch, time of queries, time of keys)
        tape.affine(tape.concat(products, 2), (float) (1 / Math.sqrt(width)), 0);
    Variable shares =
        tape.softmax(
            tape.binary(BinaryOperation.ADD, scores, tape.constant(mask(tape.scope(), batch))));
    Variable sum = null;
    for (int j = 0; j < time; j++) {
      Variable share = tape.concat(nCopies(width, tape.slice(shares, 2, j, j + 1)), 2);
      Variable part = tape.binary(BinaryOperation.MULTIPLY, share, everywhere(tape, values, j));
      sum = sum == null ? part : tape.binary(BinaryOperation.ADD, sum, part);
    }
    return tape.reshape(sum, batch * time, width);
  }

  /** What stands at position j, at every position. */
  private Variable everywhere(Tape tape, Variable all, int j) {
    return tape.concat(nCopies(time, tape.slice(all, 1, j, j + 1)), 1);
  }

  private Tensor mask(TensorScope scope, int batch) {
    float[] values = new float[batch * time * time];
    for (int i = 0; i < values.length; i++) {
      values[i] = causal && i % time > i / time % time ? NEVER : 0;
    }
    return scope.tensor(values, batch, time, time);
  }

  // ---- one token, in the scope ----

  /** The keys and the values of all positions, and how many have been read. */
  @Override
  public List<Integer> stateWidths() {
    return List.of(time * width, time * width, 1);
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    throw new UnsupportedOperationException("it is not unrolled");
  }

  @Override
  public StepFunction stepFunction(TensorScope outer, Function<String, Tensor> parameters) {
    return (scope, ids, state, position) -> {
      float[] counts = scope.read(state.get(2));
      int rows = counts.length;
      int[] places = new int[rows];
      Arrays.setAll(places, row -> (int) counts[row]);
      Tensor x = // (rows, width)
          scope.binary(
              BinaryOperation.ADD,
              scope.gatherRows(parameters.apply("embedding"), ids),
              scope.gatherRows(parameters.apply("position"), scope.ints(places, rows)));
      Tensor read = norm(scope, x, parameters, "attention");
      keep(
          scope, scope.matmul(read, false, parameters.apply("key.W"), false), places, state.get(0));
      keep(
          scope,
          scope.matmul(read, false, parameters.apply("value.W"), false),
          places,
          state.get(1));
      scope.affineInPlace(state.get(2), 1, 1);
      Tensor query = scope.matmul(read, false, parameters.apply("query.W"), false);
      Tensor attended = attention(scope, query, state.get(0), state.get(1), places);
      x =
          scope.binary(
              BinaryOperation.ADD,
              x,
              scope.matmul(attended, false, parameters.apply("mix.W"), false));
      Tensor up =
          scope
              .run(
                  new Linear(
                      norm(scope, x, parameters, "feed"),
                      parameters.apply("up.W"),
                      parameters.apply("up.b"),
                      Activation.RELU))
              .output();
      Tensor down =
          scope
              .run(
                  new Linear(
                      up,
                      parameters.apply("down.W"),
                      parameters.apply("down.b"),
                      Activation.IDENTITY))
              .output();
      return scope.binary(BinaryOperation.ADD, x, down);
    };
  }

  private Tensor norm(
      TensorScope scope, Tensor x, Function<String, Tensor> parameters, String name) {
    Tensor centred = scope.matmul(x, false, centring(scope), false);
    Tensor variance =
        scope.matmul(scope.unary(UnaryOperation.SQUARE, centred), false, mean(scope), false);
    Tensor scaled =
        scope.binary(
            BinaryOperation.DIVIDE,
            centred,
            scope.unary(UnaryOperation.SQRT, scope.affine(variance, 1, EPSILON)));
    return scope.binary(
        BinaryOperation.ADD,
        scope.binary(BinaryOperation.MULTIPLY, scaled, parameters.apply(name + ".gain")),
        parameters.apply(name + ".bias"));
  }

  /** Writes each row's part to its place among the positions, which hold zeros so far. */
  private void keep(TensorScope scope, Tensor parts, int[] places, Tensor all) {
    float[] here = new float[places.length * time * width];
    for (int row = 0; row < places.length; row++) {
      int at = (row * time + places[row]) * width;
      Arrays.fill(here, at, at + width, 1);
    }
    Tensor everywhere = scope.concat(nCopies(time, parts), 1);
    Tensor placed =
        scope.binary(
            BinaryOperation.MULTIPLY, everywhere, scope.tensor(here, places.length, time * width));
    scope.addScaled(placed, 1, all);
  }

  private Tensor attention(
      TensorScope scope, Tensor query, Tensor keys, Tensor values, int[] places) {
    int rows = places.length;
    float[] unread = new float[rows * time];
    for (int i = 0; i < unread.length; i++) {
      unread[i] = i % time > places[i / time] ? NEVER : 0;
    }
    Tensor products =
        scope.binary(BinaryOperation.MULTIPLY, scope.concat(nCopies(time, query), 1), keys);
    Tensor scores = // (rows, time)
        scope.affine(
            scope.reduce(Reduction.SUM, scope.reshape(products, rows, time, width), 2),
            (float) (1 / Math.sqrt(width)),
            0);
    Tensor shares =
        scope.softmax(scope.binary(BinaryOperation.ADD, scores, scope.tensor(unread, rows, time)));
    Tensor repeated = scope.concat(nCopies(width, scope.reshape(shares, rows, time, 1)), 2);
    return scope.reduce(
        Reduction.SUM,
        scope.binary(BinaryOperation.MULTIPLY, scope.reshape(values, rows, time, width), repeated),
        1);
  }
}
