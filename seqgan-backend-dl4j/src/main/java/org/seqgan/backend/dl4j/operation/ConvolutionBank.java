package org.seqgan.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.OffHeap;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier.Operand;

/**
 * {@code convMaxPool}. Forward: one window after another of some sequences is multiplied by the
 * filters of one width, and reduced to maximum and position while the products are in cache.
 * Backward: through the maximum, each filter of each sequence has a gradient at one window only, so
 * the derivatives are sums of scaled windows and of scaled filters, about a tenth of the dense
 * work.
 */
public final class ConvolutionBank implements Fused.WithGradient<ConvMaxPool> {
  /** Enough for a native product, few enough that there are many parts. */
  private static final int SEQUENCES_MULTIPLIED = 32;

  private static final int ROW_GRAIN = 16;
  private static final int FILTERS_PER_BLOCK = 32;

  /** Rows of weights that are transposed together: with as many filters, a first-level cache. */
  private static final int ROWS_TRANSPOSED = 64;

  private static final int ROWS_LOADED = 64;
  private static final int SEQUENCES_PER_BLOCK = 16;

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

  /** The sequences, then all filters, each in the layout of a window. */
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

    int weightCount() {
      return filters.weights().size();
    }

    /** Floats of a window and of a filter: width * E. */
    int windowSize() {
      return filters.weights().dim(0);
    }
  }

  /** Some items of a group: sequences, filters, or rows of its weights. */
  private record Part(Group group, int from, int to) {
    int count() {
      return to - from;
    }
  }

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
    try (TensorScope temporary = scope.backend().openScope()) {
      IdentityHashMap<Group, Operand> weights = new IdentityHashMap<>();
      for (Group group : groups) {
        weights.put(group, operands.of(temporary, group.filters().weights()));
      }
      Queue queue = Queue.of(x, Dl4jIntTensor.of(lengths));
      Operand inputs = operands.of(temporary, queue.sequences(temporary, x, engine));
      run(
          tasks(
              groups,
              group -> x.dim(0),
              SEQUENCES_MULTIPLIED,
              part -> (long) part.count() * queue.windows(part) * part.group().weightCount(),
              (part, scratch) ->
                  pool(inputs, weights.get(part.group()), part, queue, out, windows, scratch)));
    }
  }

  /**
   * The order in which sequences are multiplied: longest first, so that those of some places that
   * have a window at a position are the first of them.
   *
   * @param numbers the sequence in each place
   * @param lengths of the sequence in each place
   * @param time T
   * @param features E
   */
  private record Queue(int[] numbers, int[] lengths, int time, int features) {
    static Queue of(Tensor x, Dl4jIntTensor ends) {
      int batch = x.dim(0);
      long[] keys = new long[batch];
      for (int b = 0; b < batch; b++) {
        keys[b] = (long) (x.dim(1) - ends.get(b)) * batch + b;
      }
      Arrays.sort(keys);
      int[] numbers = new int[batch];
      int[] lengths = new int[batch];
      for (int place = 0; place < batch; place++) {
        numbers[place] = (int) (keys[place] % batch);
        lengths[place] = ends.get(numbers[place]);
      }
      return new Queue(numbers, lengths, x.dim(1), x.dim(2));
    }

    /** How many windows the first of some sequences has, and so the most. */
    int windows(Part part) {
      return windowCount(lengths[part.from()], part.group());
    }

    /** How many places of a part have that window. */
    int under(Part part, int window) {
      int count = part.count();
      while (count > 0 && windowCount(lengths[part.from() + count - 1], part.group()) <= window) {
        count--;
      }
      return count;
    }

    /**
     * A row for each place, {@code [n, T * E]}, with 0 after the end of each, and rows of 0 behind
     * so that n is a multiple of {@link #ROW_GRAIN}.
     */
    Tensor sequences(TensorScope scope, Tensor x, Engine engine) {
      int batch = numbers.length;
      int rows = (batch + ROW_GRAIN - 1) / ROW_GRAIN * ROW_GRAIN;
      int size = time * features;
      FloatRegion from = Dl4jTensor.region(x);
      if (batch > 0 && rows == batch && lengths[batch - 1] == time) {
        return new Dl4jTensor(from, batch, size);
      }
      Tensor ordered = scope.allocate(rows, size);
      FloatRegion to = Dl4jTensor.region(ordered);
      engine
          .workers()
          .forEach(
              rows,
              (place, scratch) -> {
                int inside = place < batch ? lengths[place] * features : 0;
                if (inside > 0) {
                  to.copyFrom(place * size, from, numbers[place] * size, inside);
                }
                engine.fill(to, place * size + inside, size - inside, 0f, scratch);
              });
      return ordered;
    }
  }

  /**
   * Multiplies window after window of some sequences, and keeps the largest products. A window of
   * all of them is a matrix as the sequences lie: each row begins a sequence after the one before.
   */
  private void pool(
      Operand inputs,
      Operand weights,
      Part part,
      Queue queue,
      Tensor out,
      Tensor windows,
      Scratch scratch) {
    Group group = part.group();
    int filters = group.count();
    if (filters == 0) {
      return;
    }
    int size = part.count() * filters;
    float[] bias = scratch.heap(0, size);
    float[] best = scratch.heap(1, size);
    float[] where = scratch.heap(2, size);
    float[] tile = scratch.heap(3, size);
    for (int i = 0; i < part.count(); i++) {
      Dl4jTensor.region(group.filters().bias()).load(0, bias, i * filters, filters);
    }
    FloatRegion products = scratch.tile(0, (part.count() + ROW_GRAIN) * filters);
    for (int window = 0; window < queue.windows(part); window++) {
      int rows = queue.under(part, window);
      // A product of any other number of rows may have to be compiled: few numbers are used.
      int computed = (rows + ROW_GRAIN - 1) / ROW_GRAIN * ROW_GRAIN;
      engine
          .multiplier()
          .multiply(
              inputs.from(part.from(), window * queue.features()),
              false,
              weights,
              false,
              products.matrix(filters),
              new Gemm.Size(computed, filters, group.windowSize()),
              false);
      products.load(0, tile, 0, rows * filters);
      engine.kernels().reluMaxOfWindow(tile, bias, window, best, where, rows * filters);
    }
    for (int i = 0; i < part.count(); i++) {
      int at = queue.numbers()[part.from() + i] * out.dim(1) + group.firstColumn();
      Dl4jTensor.region(out).store(at, best, i * filters, filters);
      Dl4jTensor.region(windows).store(at, where, i * filters, filters);
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
    List<Task> tasks =
        tasks(
            groups,
            Group::count,
            FILTERS_PER_BLOCK,
            part -> (long) part.count() * part.group().windowSize(),
            (part, scratch) -> {
              int first = 2 * groups.indexOf(part.group()) + 1;
              filterGradients(work, part, gradients.get(first), gradients.get(first + 1), scratch);
            });
    tasks.addAll(
        tasks(
            groups,
            Group::windowSize,
            ROWS_LOADED,
            part -> 0, // least of all, and so last
            (part, scratch) -> loadTransposed(part, work.filter(part.group(), 0), scratch)));
    run(tasks);
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

    int sharedSize() {
      return sequence(batch) + weights;
    }
  }

  /** What is done with a part, by one thread. */
  @FunctionalInterface
  private interface PartBody {
    void run(Part part, Scratch scratch);
  }

  /** Something to do with a part, and how long it takes beside others. */
  private record Task(Part part, long operations, PartBody body) {}

  /** A task for the items of all groups, so many of a group at a time. */
  private static List<Task> tasks(
      List<Group> groups,
      ToIntFunction<Group> items,
      int together,
      ToLongFunction<Part> operations,
      PartBody body) {
    List<Task> tasks = new ArrayList<>();
    for (Group group : groups) {
      int count = items.applyAsInt(group);
      for (int from = 0; from < count; from += together) {
        Part part = new Part(group, from, Math.min(count, from + together));
        tasks.add(new Task(part, operations.applyAsLong(part), body));
      }
    }
    return tasks;
  }

  /** Shares out tasks, what takes longest first. */
  private void run(List<Task> tasks) {
    tasks.sort(Comparator.comparingLong(Task::operations).reversed());
    engine
        .workers()
        .forEach(
            tasks.size(),
            (i, scratch) -> {
              Task task = tasks.get(i);
              task.body().run(task.part(), scratch);
            });
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
    float[] piece = scratch.heap(0, part.count() * filters);
    float[] target = shared;
    Dl4jTensor.region(group.filters().weights())
        .load(part.from() * filters, piece, 0, part.count() * filters);
    for (int f = 0; f < filters; f++) {
      int at = first + f * group.windowSize() + part.from();
      int from = f; // counted on: half as long again where it is multiplied each time
      for (int i = 0; i < part.count(); i++) {
        target[at + i] = piece[from];
        from += filters;
      }
    }
  }

  /** Writes filters that lie one after another as columns of a group's weights. */
  private void storeTransposed(float[] source, Part part, Tensor out, Scratch scratch) {
    Group group = part.group();
    int size = group.windowSize();
    int filters = part.count();
    float[] piece = scratch.heap(0, ROWS_TRANSPOSED * filters);
    OffHeap weights = Dl4jTensor.region(out).offHeap(part.from());
    for (int row = 0; row < size; row += ROWS_TRANSPOSED) {
      int rows = Math.min(ROWS_TRANSPOSED, size - row);
      for (int f = 0; f < filters; f++) {
        int at = f * size + row;
        int to = f;
        for (int i = 0; i < rows; i++) {
          piece[to] = source[at + i];
          to += filters;
        }
      }
      engine
          .kernels()
          .storeRows(piece, rows, filters, weights.from(row * group.count()), group.count());
    }
  }

  /** {@code dW[:, f] = sum over sequences of gradient * window}, in the order of sequences. */
  private void filterGradients(
      Work work, Part part, Tensor dWeights, Tensor dBias, Scratch scratch) {
    Group group = part.group();
    int size = group.windowSize();
    float[] biases = scratch.heap(2, part.count());
    int[] starts = scratch.ints(0, work.batch());
    float[] scales = scratch.heap(1, work.batch());
    float[] sums = scratch.heap(3, part.count() * size);
    Arrays.fill(sums, 0, part.count() * size, 0f);
    for (int f = 0; f < part.count(); f++) {
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
      engine.kernels().addScaledRows(shared, starts, scales, 0, found, sums, f * size, size);
    }
    storeTransposed(sums, part, dWeights, scratch);
    Dl4jTensor.region(dBias).store(part.from(), biases, 0, part.count());
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
    return groups.stream().mapToInt(Group::weightCount).sum();
  }

  static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }
}
