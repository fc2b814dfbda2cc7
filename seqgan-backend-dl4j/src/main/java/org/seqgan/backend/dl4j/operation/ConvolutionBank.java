package org.seqgan.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToIntFunction;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier.Operand;

/**
 * {@code convMaxPool}. Forward: the windows of a few sequences are laid out as rows, multiplied by
 * the filters of one width, and reduced to maximum and position while the tile is in cache.
 * Backward: through the maximum, each filter of each sequence has a gradient at one window only, so
 * the derivatives are sums of scaled windows and of scaled filters, about a tenth of the dense
 * work.
 */
public final class ConvolutionBank implements Fused.WithGradient<ConvMaxPool> {
  private static final int MOST_ROWS = 256;
  private static final int LEAST_ROWS = 32;
  private static final int WINDOW_FLOATS = 1 << 17;
  private static final int FILTERS_PER_BLOCK = 16;
  private static final int ROWS_TRANSPOSED = 32;
  private static final int SEQUENCES_PER_BLOCK = 16;
  private static final int ROW_GRAIN = 32;

  private final Engine engine;
  private final Operands operands;

  /**
   * Where numbers begin in {@link #shared}. A large array of the garbage collector G1 has a cache
   * line for its beginning, the first 16 bytes of which are its header: from here on numbers begin
   * a line. A vector across two lines takes twice as long to load: measured a third of all sums of
   * rows. Where arrays begin elsewhere, this is as good as any other place.
   */
  private static final int FIRST_ROW = 12;

  /** Heap space of the backward operation that all workers read, kept from call to call. */
  private float[] passed = new float[0];

  private float[] windows = new float[0];

  /**
   * The sequences, then all filters, then their gradients, each filter in the layout of a window.
   */
  private float[] shared = new float[0];

  public ConvolutionBank(Engine engine) {
    this.engine = engine;
    this.operands = new Operands(engine);
  }

  /**
   * What backward needs.
   *
   * @param windows {@code [B, F1 + F2 + ...]}: the first window that has the maximum
   */
  private record ConvolutionSaved(Tensor windows) implements Saved {}

  /**
   * The filters of one width and where they stand among all.
   *
   * @param firstColumn of the pooled output
   * @param firstWeight among the weights of the whole bank
   */
  record Group(ConvMaxPool.Filters filters, int firstColumn, int firstWeight) {
    int count() {
      return filters.bias().size();
    }

    /** Floats of a window and of a filter: width * E. */
    int windowSize() {
      return filters.weights().dim(0);
    }
  }

  /** Some items of a group: sequences, filters, or rows of its weights. */
  private record Part(Group group, int from, int to) {}

  @Override
  public Forward run(TensorScope scope, ConvMaxPool convolution) {
    Tensor x = convolution.x();
    List<Group> groups = groups(convolution.bank());
    Tensor out = scope.allocate(x.dim(0), columns(groups));
    Tensor windows = scope.allocate(out.shape());
    pool(scope, x, groups, convolution.lengths(), out, windows);
    return new Forward(out, new ConvolutionSaved(windows));
  }

  /** Fills the columns of some groups. */
  void pool(
      TensorScope scope,
      Tensor x,
      List<Group> groups,
      IntTensor lengths,
      Tensor out,
      Tensor windows) {
    Dl4jIntTensor ends = Dl4jIntTensor.of(lengths);
    try (TensorScope temporary = scope.backend().openScope()) {
      IdentityHashMap<Group, Operand> weights = new IdentityHashMap<>();
      for (Group group : groups) {
        weights.put(group, operands.of(temporary, group.filters().weights()));
      }
      Operand inputs = operands.of(temporary, x);
      forEachPart(
          groups,
          group -> x.dim(0),
          group -> sequencesPerBlock(group, x.dim(1)),
          (part, scratch) ->
              pool(x, inputs, weights.get(part.group()), part, ends, out, windows, scratch));
    }
  }

  private void pool(
      Tensor x,
      Operand inputs,
      Operand weights,
      Part part,
      Dl4jIntTensor lengths,
      Tensor out,
      Tensor windows,
      Scratch scratch) {
    Group group = part.group();
    int filters = group.count();
    int size = group.windowSize();
    int[] firstRows = new int[part.to() - part.from() + 1];
    for (int i = 0; i < firstRows.length - 1; i++) {
      firstRows[i + 1] = firstRows[i] + windowCount(lengths.get(part.from() + i), group);
    }
    int rows = firstRows[firstRows.length - 1];
    if (rows == 0 || filters == 0) {
      return;
    }
    // A product of any other number of rows may have to be compiled: few numbers are used.
    int computed = (rows + ROW_GRAIN - 1) / ROW_GRAIN * ROW_GRAIN;
    Operand unfolded = unfolded(inputs, scratch.tile(0, computed * size), size);
    for (int i = 0; i < firstRows.length - 1; i++) {
      int sequence = part.from() + i;
      int length = lengths.get(sequence);
      Operand windowsOfOne = unfolded.from(firstRows[i], 0);
      int inside = Math.min(size, length * x.dim(2));
      int count = windowCount(length, group);
      for (int window = 0; window < count; window++) {
        copy(inputs.from(sequence * x.dim(1) + window, 0), windowsOfOne.from(window, 0), inside);
        if (inside < size) {
          clear(windowsOfOne.from(window, inside), size - inside);
        }
      }
    }
    FloatRegion products = scratch.tile(1, computed * filters);
    engine
        .multiplier()
        .multiply(
            unfolded,
            false,
            weights,
            false,
            products.matrix(filters),
            new Gemm.Size(computed, filters, size),
            false);
    maximum(products, firstRows, part, out, windows, scratch);
  }

  /** A tile for windows as rows, of the kind that the inputs are. */
  private static Operand unfolded(Operand inputs, FloatRegion tile, int size) {
    return inputs instanceof Operand.Float32
        ? new Operand.Float32(tile.matrix(size))
        : new Operand.Bf16(tile.memory(), 2 * tile.offset(), size);
  }

  private static void copy(Operand from, Operand to, int count) {
    if (from instanceof Operand.Float32 floats) {
      FloatRegion target = ((Operand.Float32) to).matrix().region();
      target.copyFrom(0, floats.matrix().region(), 0, count);
    } else {
      Operand.Bf16 source = (Operand.Bf16) from;
      Operand.Bf16 target = (Operand.Bf16) to;
      target
          .memory()
          .halves()
          .put(target.offset(), source.memory().halves(), source.offset(), count);
    }
  }

  private static void clear(Operand operand, int count) {
    for (int i = 0; i < count; i++) {
      if (operand instanceof Operand.Float32 floats) {
        floats.matrix().region().set(i, 0f);
      } else {
        Operand.Bf16 halves = (Operand.Bf16) operand;
        halves.memory().halves().put(halves.offset() + i, (short) 0);
      }
    }
  }

  private void maximum(
      FloatRegion products,
      int[] firstRows,
      Part part,
      Tensor out,
      Tensor windows,
      Scratch scratch) {
    Group group = part.group();
    int filters = group.count();
    int rows = firstRows[firstRows.length - 1];
    float[] tile = scratch.heap(0, rows * filters);
    float[] bias = scratch.heap(1, filters);
    float[] best = scratch.heap(2, filters);
    float[] where = scratch.heap(3, filters);
    products.load(0, tile, 0, rows * filters);
    Dl4jTensor.region(group.filters().bias()).load(0, bias, 0, filters);
    for (int i = 0; i < firstRows.length - 1; i++) {
      int count = firstRows[i + 1] - firstRows[i];
      engine
          .kernels()
          .reluMaxOverRows(tile, firstRows[i] * filters, count, filters, bias, best, where);
      int at = (part.from() + i) * out.dim(1) + group.firstColumn();
      Dl4jTensor.region(out).store(at, best, 0, filters);
      Dl4jTensor.region(windows).store(at, where, 0, filters);
    }
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, ConvMaxPool convolution, Forward forward, Tensor dOutput) {
    Tensor x = convolution.x();
    List<Group> groups = groups(convolution.bank());
    List<Tensor> gradients = new ArrayList<>();
    gradients.add(scope.allocate(x.shape()));
    for (Group group : groups) {
      gradients.add(scope.allocate(group.windowSize(), group.count()));
      gradients.add(scope.allocate(group.count()));
    }
    Work work =
        new Work(x, Dl4jIntTensor.of(convolution.lengths()), columns(groups), weightCount(groups));
    shared = grown(shared, work.sharedSize());
    load(x, forward, dOutput, work);
    forEachPart(
        groups,
        Group::windowSize,
        group -> ROWS_TRANSPOSED,
        (part, scratch) -> loadTransposed(part, work.filter(part.group(), 0), scratch));
    forEachPart(
        groups,
        Group::count,
        group -> FILTERS_PER_BLOCK,
        (part, scratch) ->
            filterGradients(
                work, part, gradients.get(2 * groups.indexOf(part.group()) + 2), scratch));
    forEachPart(
        groups,
        Group::windowSize,
        group -> ROWS_TRANSPOSED,
        (part, scratch) -> {
          Tensor weights = gradients.get(2 * groups.indexOf(part.group()) + 1);
          int first = work.filterGradient(part.group(), 0);
          storeTransposed(first, part, Dl4jTensor.region(weights), scratch);
        });
    inputGradients(work, groups, gradients.get(0));
    return gradients;
  }

  /**
   * Sizes of a backward operation, and where its numbers are in {@link #shared}.
   *
   * @param batch B
   * @param time T
   * @param features E
   * @param lengths {@code [B]}
   * @param columns all filters
   * @param weights of all filters
   */
  private record Work(
      int batch, int time, int features, Dl4jIntTensor lengths, int columns, int weights) {
    Work(Tensor x, Dl4jIntTensor lengths, int columns, int weights) {
      this(x.dim(0), x.dim(1), x.dim(2), lengths, columns, weights);
    }

    int sequenceSize() {
      return time * features;
    }

    int sequence(int number) {
      return FIRST_ROW + number * sequenceSize();
    }

    int filter(Group group, int number) {
      return sequence(batch) + group.firstWeight() + number * group.windowSize();
    }

    int filterGradient(Group group, int number) {
      return weights + filter(group, number);
    }

    int sharedSize() {
      return sequence(batch) + 2 * weights;
    }
  }

  /** What is done with a part, by one thread. */
  @FunctionalInterface
  private interface PartBody {
    void run(Part part, Scratch scratch);
  }

  /** Shares out the items of all groups, so many of a group at a time. */
  private void forEachPart(
      List<Group> groups,
      ToIntFunction<Group> items,
      ToIntFunction<Group> together,
      PartBody body) {
    List<Part> parts = new ArrayList<>();
    for (Group group : groups) {
      int count = items.applyAsInt(group);
      int length = together.applyAsInt(group);
      for (int from = 0; from < count; from += length) {
        parts.add(new Part(group, from, Math.min(count, from + length)));
      }
    }
    engine.workers().forEach(parts.size(), (i, scratch) -> body.run(parts.get(i), scratch));
  }

  /**
   * Copies to the heap what all workers read: the sequences, with 0 after the end of each; the
   * gradient that passes each maximum; and the window it goes to.
   */
  private void load(Tensor x, Forward forward, Tensor dOutput, Work work) {
    int size = work.sequenceSize();
    int columns = work.columns();
    passed = grown(passed, dOutput.size());
    windows = grown(windows, dOutput.size());
    FloatRegion where = Dl4jTensor.region(((ConvolutionSaved) forward.saved()).windows());
    engine
        .workers()
        .forEach(
            work.batch(),
            (sequence, scratch) -> {
              int inside = work.lengths().get(sequence) * work.features();
              int start = work.sequence(sequence);
              Dl4jTensor.region(x).load(sequence * size, shared, start, inside);
              Arrays.fill(shared, start + inside, start + size, 0f);
              int first = sequence * columns;
              where.load(first, windows, first, columns);
              Dl4jTensor.region(dOutput).load(first, passed, first, columns);
              float[] output = scratch.heap(0, columns);
              Dl4jTensor.region(forward.output()).load(first, output, 0, columns);
              for (int i = 0; i < columns; i++) {
                if (!(output[i] > 0f)) {
                  passed[first + i] = 0f;
                }
              }
            });
  }

  /**
   * Copies some rows of a group's weights, so that each filter is a row in the layout of a window.
   *
   * @param first where the first filter goes
   */
  private void loadTransposed(Part part, int first, Scratch scratch) {
    Group group = part.group();
    int filters = group.count();
    int rows = part.to() - part.from();
    float[] piece = scratch.heap(0, rows * filters);
    float[] target = shared;
    Dl4jTensor.region(group.filters().weights())
        .load(part.from() * filters, piece, 0, rows * filters);
    for (int f = 0; f < filters; f++) {
      int at = first + f * group.windowSize() + part.from();
      int from = f; // counted on: half as long again where it is multiplied each time
      for (int i = 0; i < rows; i++) {
        target[at + i] = piece[from];
        from += filters;
      }
    }
  }

  /** The way back. */
  private void storeTransposed(int first, Part part, FloatRegion out, Scratch scratch) {
    Group group = part.group();
    int filters = group.count();
    int rows = part.to() - part.from();
    float[] piece = scratch.heap(0, rows * filters);
    float[] source = shared;
    for (int f = 0; f < filters; f++) {
      int at = first + f * group.windowSize() + part.from();
      int to = f;
      for (int i = 0; i < rows; i++) {
        piece[to] = source[at + i];
        to += filters;
      }
    }
    out.store(part.from() * filters, piece, 0, rows * filters);
  }

  /** {@code dW[:, f] = sum over sequences of gradient * window}, in the order of sequences. */
  private void filterGradients(Work work, Part part, Tensor dBias, Scratch scratch) {
    Group group = part.group();
    int size = group.windowSize();
    int count = part.to() - part.from();
    float[] biases = scratch.heap(0, count);
    int[] starts = scratch.ints(0, work.batch());
    float[] scales = scratch.heap(1, work.batch());
    for (int f = 0; f < count; f++) {
      int column = group.firstColumn() + part.from() + f;
      int found = 0;
      float bias = 0f;
      for (int sequence = 0; sequence < work.batch(); sequence++) {
        int at = sequence * work.columns() + column;
        float gradient = passed[at];
        if (gradient != 0f) {
          starts[found] = work.sequence(sequence) + (int) windows[at] * work.features();
          scales[found++] = gradient;
          bias += gradient;
        }
      }
      biases[f] = bias;
      int row = work.filterGradient(group, part.from() + f);
      Arrays.fill(shared, row, row + size, 0f);
      engine.kernels().addScaledRows(shared, starts, scales, 0, found, shared, row, size);
    }
    Dl4jTensor.region(dBias).store(part.from(), biases, 0, count);
  }

  /** {@code dX[window] += gradient * filter}, window by window, in the order of filters. */
  private void inputGradients(Work work, List<Group> groups, Tensor dX) {
    int blocks = (work.batch() + SEQUENCES_PER_BLOCK - 1) / SEQUENCES_PER_BLOCK;
    int size = work.sequenceSize();
    engine
        .workers()
        .forEach(
            blocks,
            (block, scratch) -> {
              int from = block * SEQUENCES_PER_BLOCK;
              int to = Math.min(work.batch(), from + SEQUENCES_PER_BLOCK);
              float[] sums = scratch.heap(0, SEQUENCES_PER_BLOCK * size);
              Arrays.fill(sums, 0, (to - from) * size, 0f);
              for (Group group : groups) {
                for (int sequence = from; sequence < to; sequence++) {
                  addFilters(work, group, sequence, sums, (sequence - from) * size, scratch);
                }
              }
              for (int sequence = from; sequence < to; sequence++) {
                int at = (sequence - from) * size;
                int inside = work.lengths().get(sequence) * work.features();
                Arrays.fill(sums, at + inside, at + size, 0f);
              }
              Dl4jTensor.region(dX).store(from * size, sums, 0, (to - from) * size);
            });
  }

  /** Adds what the filters of a group give to one sequence, whose sums begin at {@code at}. */
  private void addFilters(
      Work work, Group group, int sequence, float[] sums, int at, Scratch scratch) {
    int windowCount = work.time() - group.filters().width() + 1;
    int first = sequence * work.columns() + group.firstColumn();
    // Filters that have their maximum at the same window are added together: sorted by counting.
    int[] ends = scratch.ints(0, windowCount + 1);
    Arrays.fill(ends, 0, windowCount + 1, 0);
    for (int f = 0; f < group.count(); f++) {
      if (passed[first + f] != 0f) {
        ends[(int) windows[first + f] + 1]++;
      }
    }
    for (int window = 0; window < windowCount; window++) {
      ends[window + 1] += ends[window];
    }
    int[] filters = scratch.ints(1, group.count());
    float[] scales = scratch.heap(1, group.count());
    for (int f = 0; f < group.count(); f++) {
      float gradient = passed[first + f];
      if (gradient != 0f) {
        int place = ends[(int) windows[first + f]]++;
        filters[place] = work.filter(group, f);
        scales[place] = gradient;
      }
    }
    // Each end has moved on to where its own window ends.
    int from = 0;
    for (int window = 0; window < windowCount; window++) {
      int to = ends[window];
      int target = at + window * work.features();
      engine
          .kernels()
          .addScaledRows(shared, filters, scales, from, to, sums, target, group.windowSize());
      from = to;
    }
  }

  /** How many windows a sequence has. */
  static int windowCount(int length, Group group) {
    return Math.max(length - group.filters().width(), 0) + 1;
  }

  private static int sequencesPerBlock(Group group, int time) {
    int rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, WINDOW_FLOATS / group.windowSize()));
    return Math.max(1, rows / (time - group.filters().width() + 1));
  }

  static List<Group> groups(List<ConvMaxPool.Filters> bank) {
    List<Group> groups = new ArrayList<>();
    int column = 0;
    int weight = 0;
    for (ConvMaxPool.Filters filters : bank) {
      groups.add(new Group(filters, column, weight));
      column += filters.bias().size();
      weight += filters.weights().size();
    }
    return groups;
  }

  static int columns(List<Group> groups) {
    return groups.stream().mapToInt(Group::count).sum();
  }

  private static int weightCount(List<Group> groups) {
    return groups.stream().mapToInt(group -> group.filters().weights().size()).sum();
  }

  static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }
}
