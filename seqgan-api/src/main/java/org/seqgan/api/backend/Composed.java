package org.seqgan.api.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.random.RandomDraws;

/**
 * The coarse operations, composed of primitives: what {@link TensorBackend} does unless a backend
 * overrides it, and the slow twin that a fast version is compared with. {@link TensorScope} says
 * what each operation computes.
 *
 * <p>Results and what is saved for a backward operation live in the scope that is passed in;
 * everything else lives in a scope of its own that closes before the operation returns. Token ids,
 * lengths and, for sampling, logits are read to the host.
 */
public final class Composed {
  private Composed() {}

  // ---- linear ----

  static Tensor linear(
      TensorScope scope, Tensor x, Tensor weights, Tensor bias, Activation activation) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor y =
          scope.binary(BinaryOperation.ADD, temporary.matmul(x, false, weights, false), bias);
      switch (activation) {
        case IDENTITY -> {}
        case RELU -> scope.backend().unary(UnaryOperation.RELU, y, y);
        case TANH -> scope.backend().unary(UnaryOperation.TANH, y, y);
        case SIGMOID -> scope.backend().unary(UnaryOperation.SIGMOID, y, y);
      }
      return y;
    }
  }

  static Gradients.Linear linearBackward(
      TensorScope scope, Tensor x, Tensor weights, Activation activation, Tensor y, Tensor dy) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dSum =
          switch (activation) {
            case IDENTITY -> dy;
            case RELU -> reluBackward(temporary, y, dy);
            case TANH -> tanhBackward(temporary, y, dy);
            case SIGMOID -> sigmoidBackward(temporary, y, dy);
          };
      return new Gradients.Linear(
          scope.matmul(dSum, false, weights, true),
          scope.matmul(x, true, dSum, false),
          scope.reduce(Reduction.SUM, dSum, 0));
    }
  }

  // ---- LSTM ----

  /** The gates and the cell state of one step, {@code [B, H]} each. */
  private record LstmStep(
      Tensor input, Tensor forget, Tensor output, Tensor candidate, Tensor cell, Tensor tanhCell) {}

  private record SavedLstm(List<LstmStep> steps) implements Saved {}

  static Forward lstm(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      Tensor bias,
      IntTensor lengths) {
    int batch = x.dim(0);
    int time = x.dim(1);
    int hidden = recurrentWeights.dim(0);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor flat = temporary.reshape(x, batch * time, x.dim(2));
      Tensor inputs =
          temporary.reshape(
              linear(temporary, flat, inputWeights, bias, Activation.IDENTITY),
              batch,
              time,
              4 * hidden);
      int[] ends = temporary.read(lengths);
      Tensor h = temporary.zeros(batch, hidden);
      Tensor c = temporary.zeros(batch, hidden);
      List<LstmStep> steps = new ArrayList<>();
      List<Tensor> outputs = new ArrayList<>();
      for (int t = 0; t < time; t++) {
        Tensor sums = step(temporary, inputs, t);
        temporary.addMatmul(h, false, recurrentWeights, false, sums);
        LstmStep step = lstmCell(scope, temporary, sums, c);
        steps.add(step);
        c = step.cell();
        h =
            times(
                temporary,
                times(temporary, step.output(), step.tanhCell()),
                isBeforeEnd(temporary, ends, t, hidden));
        outputs.add(temporary.reshape(h, batch, 1, hidden));
      }
      return new Forward(scope.concat(outputs, 1), new SavedLstm(steps));
    }
  }

  /** What follows from the sums {@code [B, 4H]} of a step; the results live in {@code scope}. */
  private static LstmStep lstmCell(
      TensorScope scope, TensorScope temporary, Tensor sums, Tensor previousCell) {
    Tensor input = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 0));
    Tensor forget = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 1));
    Tensor output = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 2));
    Tensor candidate = scope.unary(UnaryOperation.TANH, gate(temporary, sums, 3));
    Tensor cell =
        scope.binary(
            BinaryOperation.ADD,
            times(temporary, forget, previousCell),
            times(temporary, input, candidate));
    return new LstmStep(
        input, forget, output, candidate, cell, scope.unary(UnaryOperation.TANH, cell));
  }

  static Gradients.Lstm lstmBackward(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    int batch = x.dim(0);
    int time = x.dim(1);
    int hidden = recurrentWeights.dim(0);
    List<LstmStep> steps = ((SavedLstm) forward.saved()).steps();
    Tensor dRecurrent = scope.zeros(hidden, 4 * hidden);
    try (TensorScope temporary = scope.backend().openScope()) {
      int[] ends = temporary.read(lengths);
      Tensor dh = temporary.zeros(batch, hidden);
      Tensor dc = temporary.zeros(batch, hidden);
      List<Tensor> dSums = new ArrayList<>();
      for (int t = time - 1; t >= 0; t--) {
        Tensor dOutputHere =
            times(temporary, step(temporary, dOutput, t), isBeforeEnd(temporary, ends, t, hidden));
        temporary.addScaled(dh, 1f, dOutputHere);
        LstmStep step = steps.get(t);
        dc = cellBackward(temporary, step, dOutputHere, dc);
        Tensor previousCell = t == 0 ? temporary.zeros(batch, hidden) : steps.get(t - 1).cell();
        Tensor dSum = gatesBackward(temporary, step, previousCell, dOutputHere, dc);
        dh = temporary.matmul(dSum, false, recurrentWeights, true);
        dc = times(temporary, dc, step.forget());
        if (t > 0) {
          Tensor previous = step(temporary, forward.output(), t - 1);
          scope.addMatmul(previous, true, dSum, false, dRecurrent);
        }
        dSums.add(0, temporary.reshape(dSum, batch, 1, 4 * hidden));
      }
      Tensor dSum = temporary.reshape(temporary.concat(dSums, 1), batch * time, 4 * hidden);
      Tensor flat = temporary.reshape(x, batch * time, x.dim(2));
      return new Gradients.Lstm(
          scope.reshape(scope.matmul(dSum, false, inputWeights, true), batch, time, x.dim(2)),
          scope.matmul(flat, true, dSum, false),
          dRecurrent,
          scope.reduce(Reduction.SUM, dSum, 0));
    }
  }

  /** The derivative by the cell state of a step: what came from the next step, and through h. */
  private static Tensor cellBackward(TensorScope scope, LstmStep step, Tensor dh, Tensor dc) {
    Tensor throughHidden = tanhBackward(scope, step.tanhCell(), times(scope, dh, step.output()));
    return scope.binary(BinaryOperation.ADD, dc, throughHidden);
  }

  /** The derivative by the sums {@code [B, 4H]} of a step. */
  private static Tensor gatesBackward(
      TensorScope scope, LstmStep step, Tensor previousCell, Tensor dh, Tensor dc) {
    return scope.concat(
        List.of(
            sigmoidBackward(scope, step.input(), times(scope, dc, step.candidate())),
            sigmoidBackward(scope, step.forget(), times(scope, dc, previousCell)),
            sigmoidBackward(scope, step.output(), times(scope, dh, step.tanhCell())),
            tanhBackward(scope, step.candidate(), times(scope, dc, step.input()))),
        1);
  }

  static void lstmStep(
      TensorScope scope,
      Tensor inputTable,
      IntTensor ids,
      Tensor recurrentWeights,
      Tensor h,
      Tensor c) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor sums = temporary.gatherRows(inputTable, ids);
      temporary.addMatmul(h, false, recurrentWeights, false, sums);
      LstmStep step = lstmCell(temporary, temporary, sums, c);
      temporary.copy(step.cell(), c);
      temporary.copy(times(temporary, step.output(), step.tanhCell()), h);
    }
  }

  /** One time step of {@code [B, T, n]}, copied, {@code [B, n]}. */
  private static Tensor step(TensorScope scope, Tensor a, int t) {
    return scope.reshape(scope.slice(a, 1, t, t + 1), a.dim(0), a.dim(2));
  }

  /** One of the four blocks of columns of {@code [B, 4H]}. */
  private static Tensor gate(TensorScope scope, Tensor sums, int index) {
    int hidden = sums.dim(1) / 4;
    return scope.slice(sums, 1, index * hidden, (index + 1) * hidden);
  }

  /**
   * {@code [B, columns]}: rows of ones where {@code t} is before the sequence's end, else zeros.
   */
  private static Tensor isBeforeEnd(TensorScope scope, int[] lengths, int t, int columns) {
    float[] mask = new float[lengths.length * columns];
    for (int b = 0; b < lengths.length; b++) {
      Arrays.fill(mask, b * columns, (b + 1) * columns, t < lengths[b] ? 1f : 0f);
    }
    return scope.tensor(mask, lengths.length, columns);
  }

  // ---- tokens ----

  static void sampleTokens(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      Decoding decoding,
      RandomDraws draws,
      IntTensor out) {
    int n = h.dim(0);
    int vocabulary = weights.dim(1);
    // Three buffers of a row's logits: the product, the sum, and the copy on the host.
    long rowBytes = 3L * Float.BYTES * vocabulary;
    int chunk = (int) Math.max(1, Math.min(n, scope.backend().budgetBytes() / rowBytes));
    InverseCdf sampler = new InverseCdf(vocabulary, decoding);
    int[] tokens = new int[n];
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (TensorScope temporary = scope.backend().openScope()) {
        Tensor rows = temporary.rows(h, from, to);
        float[] logits =
            temporary.read(linear(temporary, rows, weights, bias, Activation.IDENTITY));
        for (int r = from; r < to; r++) {
          tokens[r] = sampler.draw(logits, (r - from) * vocabulary, draws.uniform(r));
        }
      }
    }
    scope.backend().write(tokens, out);
  }

  static Tensor tokenLogProbabilities(
      TensorScope scope, Tensor h, Tensor weights, Tensor bias, IntTensor targets) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor logits = linear(temporary, h, weights, bias, Activation.IDENTITY);
      IntTensor cells = targetCells(temporary, logits, targets);
      return pick(scope, temporary, temporary.logSoftmax(logits), cells);
    }
  }

  static Gradients.CrossEntropy linearCrossEntropy(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      IntTensor targets,
      Tensor tokenWeights) {
    int n = h.dim(0);
    int vocabulary = weights.dim(1);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor logits = linear(temporary, h, weights, bias, Activation.IDENTITY);
      IntTensor cells = targetCells(temporary, logits, targets);
      Tensor logProbabilities = pick(scope, temporary, temporary.logSoftmax(logits), cells);
      Tensor weighted = times(temporary, tokenWeights, logProbabilities);
      Tensor loss = scope.affine(temporary.reduce(Reduction.SUM, weighted, 0), -1f, 0f);

      Tensor weightColumn = temporary.reshape(tokenWeights, n, 1);
      Tensor ones = temporary.allocate(1, vocabulary);
      temporary.fill(ones, 1f);
      Tensor repeatedWeights = temporary.matmul(weightColumn, false, ones, false);
      Tensor dLogits = times(temporary, temporary.softmax(logits), repeatedWeights);
      subtractAt(temporary, weightColumn, cells, dLogits);
      return new Gradients.CrossEntropy(
          loss,
          logProbabilities,
          scope.matmul(dLogits, false, weights, true),
          scope.matmul(h, true, dLogits, false),
          scope.reduce(Reduction.SUM, dLogits, 0));
    }
  }

  static Gradients.Softmax softmaxCrossEntropy(TensorScope scope, Tensor logits, IntTensor labels) {
    int n = logits.dim(0);
    try (TensorScope temporary = scope.backend().openScope()) {
      IntTensor cells = targetCells(temporary, logits, labels);
      Tensor picked = pick(temporary, temporary, temporary.logSoftmax(logits), cells);
      Tensor loss = scope.affine(temporary.reduce(Reduction.MEAN, picked, 0), -1f, 0f);
      Tensor probabilities = scope.softmax(logits);
      Tensor dLogits = scope.affine(probabilities, 1f / n, 0f);
      Tensor share = temporary.allocate(n, 1);
      temporary.fill(share, 1f / n);
      subtractAt(temporary, share, cells, dLogits);
      return new Gradients.Softmax(loss, probabilities, dLogits);
    }
  }

  /** The position of each row's target in {@code [n, V]}, counted row by row, [n]. */
  private static IntTensor targetCells(TensorScope scope, Tensor logits, IntTensor targets) {
    int columns = logits.dim(1);
    int[] cells = scope.read(targets);
    for (int r = 0; r < cells.length; r++) {
      if (cells[r] < 0 || cells[r] >= columns) {
        throw new IndexOutOfBoundsException(
            "target " + cells[r] + " of row " + r + " is not in 0.." + (columns - 1));
      }
      cells[r] += r * columns;
    }
    return scope.ints(cells, cells.length);
  }

  /** The elements of a at the given positions, [n]; the result lives in {@code scope}. */
  private static Tensor pick(TensorScope scope, TensorScope temporary, Tensor a, IntTensor cells) {
    Tensor column = temporary.reshape(a, a.size(), 1);
    return scope.reshape(scope.gatherRows(column, cells), cells.size());
  }

  /** Subtracts {@code values[n, 1]} from the elements of {@code out} at the given positions. */
  private static void subtractAt(TensorScope scope, Tensor values, IntTensor cells, Tensor out) {
    scope.scatterAddRows(scope.affine(values, -1f, 0f), cells, scope.reshape(out, out.size(), 1));
  }

  // ---- convolutions ----

  /** For each filters: the window that gave the maximum, {@code [B, F]}. */
  private record SavedConvMaxPool(List<IntTensor> maximal) implements Saved {}

  static Tensor tokenConvMaxPool(
      TensorScope scope,
      Tensor table,
      IntTensor ids,
      List<ConvolutionFilters> bank,
      IntTensor lengths) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor x = temporary.gatherRows(table, ids); // (batch, time, embedding)
      Tensor pooled = temporary.convMaxPool(x, bank, lengths).output();
      Tensor out = scope.allocate(pooled.shape());
      scope.copy(pooled, out);
      return out;
    }
  }

  static Forward convMaxPool(
      TensorScope scope, Tensor x, List<ConvolutionFilters> bank, IntTensor lengths) {
    try (TensorScope temporary = scope.backend().openScope()) {
      int[] ends = temporary.read(lengths);
      Tensor masked = times(temporary, x, beforeEnd(temporary, ends, x.dim(1), x.dim(2)));
      List<Tensor> pooled = new ArrayList<>();
      List<IntTensor> maximal = new ArrayList<>();
      for (ConvolutionFilters filters : bank) {
        Tensor values = convolve(temporary, masked, filters, ends);
        pooled.add(temporary.reduce(Reduction.MAX, values, 1));
        maximal.add(scope.argMax(values, 1));
      }
      return new Forward(scope.concat(pooled, 1), new SavedConvMaxPool(maximal));
    }
  }

  /**
   * The filters at every window, after ReLU, {@code [B, windows, F]}; 0, the least value of a ReLU,
   * for the windows that a sequence does not have.
   */
  private static Tensor convolve(
      TensorScope scope, Tensor x, ConvolutionFilters filters, int[] ends) {
    int windows = x.dim(1) - filters.width() + 1;
    int outputs = filters.bias().dim(0);
    Tensor values =
        scope.reshape(
            linear(
                scope,
                windows(scope, x, filters.width()),
                filters.weights(),
                filters.bias(),
                Activation.RELU),
            x.dim(0),
            windows,
            outputs);
    int[] counts = new int[ends.length];
    for (int b = 0; b < ends.length; b++) {
      counts[b] = Math.max(ends[b] - filters.width(), 0) + 1;
    }
    return times(scope, values, beforeEnd(scope, counts, windows, outputs));
  }

  /** Every window of {@code width} steps laid out in a row: {@code [B * windows, width * E]}. */
  private static Tensor windows(TensorScope scope, Tensor x, int width) {
    int windows = x.dim(1) - width + 1;
    List<Tensor> parts = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      parts.add(scope.slice(x, 1, j, j + windows));
    }
    return scope.reshape(scope.concat(parts, 2), x.dim(0) * windows, width * x.dim(2));
  }

  static Gradients.ConvMaxPool convMaxPoolBackward(
      TensorScope scope,
      Tensor x,
      List<ConvolutionFilters> bank,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    List<IntTensor> maximal = ((SavedConvMaxPool) forward.saved()).maximal();
    List<Gradients.Filters> gradients = new ArrayList<>();
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor mask = beforeEnd(temporary, temporary.read(lengths), x.dim(1), x.dim(2));
      Tensor masked = times(temporary, x, mask);
      Tensor dPooled = reluBackward(temporary, forward.output(), dOutput);
      Tensor dx = temporary.zeros(x.shape());
      int column = 0;
      for (int i = 0; i < bank.size(); i++) {
        ConvolutionFilters filters = bank.get(i);
        int outputs = filters.bias().dim(0);
        Tensor dMaxima = temporary.slice(dPooled, 1, column, column + outputs);
        column += outputs;
        Tensor dValues = spread(temporary, dMaxima, maximal.get(i), x, filters.width());
        Tensor windows = windows(temporary, masked, filters.width());
        gradients.add(
            new Gradients.Filters(
                scope.matmul(windows, true, dValues, false),
                scope.reduce(Reduction.SUM, dValues, 0)));
        Tensor dWindows = temporary.matmul(dValues, false, filters.weights(), true);
        addWindows(temporary, dWindows, filters.width(), dx);
      }
      return new Gradients.ConvMaxPool(scope.binary(BinaryOperation.MULTIPLY, dx, mask), gradients);
    }
  }

  /** The derivative by every window, {@code [B * windows, F]}: 0 but for the maximal ones. */
  private static Tensor spread(
      TensorScope scope, Tensor dMaxima, IntTensor maximal, Tensor x, int width) {
    int batch = x.dim(0);
    int windows = x.dim(1) - width + 1;
    int outputs = dMaxima.dim(1);
    int[] cells = scope.read(maximal);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (i / outputs * windows + cells[i]) * outputs + i % outputs;
    }
    Tensor dValues = scope.zeros(batch * windows * outputs, 1);
    scope.scatterAddRows(dMaxima, scope.ints(cells, cells.length), dValues);
    return scope.reshape(dValues, batch * windows, outputs);
  }

  /** Adds the derivatives by windows to those by the steps that they cover. */
  private static void addWindows(TensorScope scope, Tensor dWindows, int width, Tensor dx) {
    int batch = dx.dim(0);
    int time = dx.dim(1);
    int features = dx.dim(2);
    int windows = time - width + 1;
    Tensor laidOut = scope.reshape(dWindows, batch, windows, width * features);
    for (int j = 0; j < width; j++) {
      List<Tensor> parts = new ArrayList<>();
      if (j > 0) {
        parts.add(scope.zeros(batch, j, features));
      }
      parts.add(scope.slice(laidOut, 2, j * features, (j + 1) * features));
      if (j < width - 1) {
        parts.add(scope.zeros(batch, width - 1 - j, features));
      }
      scope.addScaled(scope.concat(parts, 1), 1f, dx);
    }
  }

  /** {@code [B, steps, n]}: ones before each sequence's end, zeros from there on. */
  private static Tensor beforeEnd(TensorScope scope, int[] ends, int steps, int n) {
    float[] mask = new float[Math.multiplyExact(ends.length, Math.multiplyExact(steps, n))];
    for (int b = 0; b < ends.length; b++) {
      int from = b * steps * n;
      Arrays.fill(mask, from, from + Math.min(ends[b], steps) * n, 1f);
    }
    return scope.tensor(mask, ends.length, steps, n);
  }

  // ---- highway ----

  private record SavedHighway(Tensor transformed, Tensor gate) implements Saved {}

  static Forward highway(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {
    Tensor transformed = linear(scope, x, transformWeights, transformBias, Activation.RELU);
    Tensor gate = linear(scope, x, gateWeights, gateBias, Activation.SIGMOID);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor carry = temporary.affine(gate, -1f, 1f);
      Tensor output =
          scope.binary(
              BinaryOperation.ADD, times(temporary, gate, transformed), times(temporary, carry, x));
      return new Forward(output, new SavedHighway(transformed, gate));
    }
  }

  static Gradients.Highway highwayBackward(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor gateWeights,
      Forward forward,
      Tensor dOutput) {
    SavedHighway saved = (SavedHighway) forward.saved();
    Tensor gate = saved.gate();
    Tensor transformed = saved.transformed();
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dTransformed = times(temporary, dOutput, gate);
      Tensor dGate =
          times(temporary, dOutput, temporary.binary(BinaryOperation.SUBTRACT, transformed, x));
      Gradients.Linear transform =
          linearBackward(scope, x, transformWeights, Activation.RELU, transformed, dTransformed);
      Gradients.Linear gating =
          linearBackward(scope, x, gateWeights, Activation.SIGMOID, gate, dGate);
      Tensor dx = scope.binary(BinaryOperation.MULTIPLY, dOutput, temporary.affine(gate, -1f, 1f));
      scope.addScaled(transform.x(), 1f, dx);
      scope.addScaled(gating.x(), 1f, dx);
      return new Gradients.Highway(
          dx, transform.weights(), transform.bias(), gating.weights(), gating.bias());
    }
  }

  // ---- dropout and Adam ----

  static Tensor dropout(TensorScope scope, Tensor x, float keep, RandomDraws draws) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor threshold = temporary.tensor(new float[] {keep}, 1);
      Tensor kept = temporary.binary(BinaryOperation.LESS, temporary.uniform(draws), threshold);
      Tensor scaled = temporary.binary(BinaryOperation.DIVIDE, x, threshold);
      return scope.binary(BinaryOperation.MULTIPLY, scaled, temporary.reshape(kept, x.shape()));
    }
  }

  static void adam(
      TensorScope scope, List<AdamSlot> slots, AdamSettings settings, long step, Tensor normOut) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor squares = temporary.zeros(1);
      for (AdamSlot slot : slots) {
        Tensor square = temporary.unary(UnaryOperation.SQUARE, slot.gradient());
        Tensor flat = temporary.reshape(square, square.size());
        temporary.addScaled(temporary.reduce(Reduction.SUM, flat, 0), 1f, squares);
      }
      temporary.copy(temporary.unary(UnaryOperation.SQRT, squares), normOut);
    }
    float norm = scope.read(normOut)[0];
    float clip = settings.clipNorm();
    float scale = clip > 0 ? clip / Math.max(norm, clip) : 1f;
    double stepSize =
        settings.learningRate()
            * Math.sqrt(1 - Math.pow(settings.beta2(), (double) step))
            / (1 - Math.pow(settings.beta1(), (double) step));
    for (AdamSlot slot : slots) {
      adamSlot(scope, slot, settings, scale, (float) stepSize);
    }
  }

  private static void adamSlot(
      TensorScope scope, AdamSlot slot, AdamSettings settings, float scale, float stepSize) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor gradient = temporary.affine(slot.gradient(), scale, 0f);
      Tensor first = slot.firstMoment();
      temporary.affineInPlace(first, settings.beta1(), 0f);
      temporary.addScaled(gradient, 1f - settings.beta1(), first);
      Tensor second = slot.secondMoment();
      temporary.affineInPlace(second, settings.beta2(), 0f);
      Tensor square = temporary.unary(UnaryOperation.SQUARE, gradient);
      temporary.addScaled(square, 1f - settings.beta2(), second);
      Tensor root =
          temporary.affine(temporary.unary(UnaryOperation.SQRT, second), 1f, settings.epsilon());
      Tensor update = temporary.binary(BinaryOperation.DIVIDE, first, root);
      temporary.addScaled(update, -stepSize, slot.parameter());
    }
  }

  // ---- derivatives ----

  private static Tensor times(TensorScope scope, Tensor a, Tensor b) {
    return scope.binary(BinaryOperation.MULTIPLY, a, b);
  }

  /** {@code dy} where y is above 0, else 0. */
  private static Tensor reluBackward(TensorScope scope, Tensor y, Tensor dy) {
    Tensor positive = scope.binary(BinaryOperation.LESS, scope.zeros(y.shape()), y);
    return times(scope, dy, positive);
  }

  /** {@code dy (1 - y^2)}. */
  private static Tensor tanhBackward(TensorScope scope, Tensor y, Tensor dy) {
    Tensor square = scope.unary(UnaryOperation.SQUARE, y);
    return times(scope, dy, scope.affine(square, -1f, 1f));
  }

  /** {@code dy y (1 - y)}. */
  private static Tensor sigmoidBackward(TensorScope scope, Tensor y, Tensor dy) {
    return times(scope, dy, times(scope, y, scope.affine(y, -1f, 1f)));
  }
}
