package org.seqgan.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.operation.ConvolutionBank.Group;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Precision;

/**
 * {@code tokenConvMaxPool}. A window's product with a filter is a sum over its positions, and each
 * term depends on the token at that position alone. So the terms of all tokens that occur are
 * computed once, {@code term[token][j] = table[token] W[j]}, and a window is w rows of them added
 * up: with E features, E times fewer operations than a matrix product, but each must be fetched
 * from memory. Widths for which that does not pay go to {@link ConvolutionBank}.
 */
public final class TokenConvolution implements Fused<TokenConvMaxPool, Tensor> {
  /** Tokens whose terms are computed together. */
  private static final int TOKENS_PER_BLOCK = 128;

  private static final int LEAST_SEQUENCES_PER_BLOCK = 16;

  /** The first of a block shares nothing: larger blocks, as long as there are many. */
  private static final int MOST_SEQUENCES_PER_BLOCK = 64;

  private static final int MANY_BLOCKS = 32;

  /** 64 MB: beyond it, terms come from main memory. */
  private static final long MOST_TERMS = 1L << 24;

  private static final int ROWS_JUDGED = 4096;

  // Nanoseconds for one filter value, on one thread of AMD Zen 5: of a window by a dense product,
  // for
  // each feature; of a term, for each feature, and to store it; to add a term to a window.
  private static final double DENSE_FEATURE = 0.0125;
  private static final double DENSE_FEATURE_BF16 = 0.007;
  private static final double TERM_FEATURE = 0.009;
  private static final double STORE_TERM = 0.6;
  private static final double ADD_TERM = 0.2;

  private final Engine engine;
  private final ConvolutionBank convolutions;
  private final RowOperations rows;

  /** The terms of one width, kept from call to call. */
  private float[] terms = new float[0];

  public TokenConvolution(Engine engine) {
    this.engine = engine;
    this.convolutions = new ConvolutionBank(engine);
    this.rows = new RowOperations(engine);
  }

  @Override
  public Tensor run(TensorScope scope, TokenConvMaxPool convolution) {
    Tensor table = convolution.table();
    IntTensor ids = convolution.ids();
    IntTensor lengths = convolution.lengths();
    Dl4jIntTensor tokens = Dl4jIntTensor.of(ids);
    RowOperations.requireRows(convolution.name(), tokens, table.dim(0));
    Batch batch = Batch.of(tokens, Dl4jIntTensor.of(lengths), table.dim(0));
    List<Group> groups = ConvolutionBank.groups(convolution.bank());
    List<Group> dense = new ArrayList<>();
    List<Group> sparse = new ArrayList<>();
    for (Group group : groups) {
      (termsPay(group, batch, table.dim(1)) ? sparse : dense).add(group);
    }
    Tensor out = scope.allocate(ids.dim(0), ConvolutionBank.columns(groups));
    try (TensorScope temporary = scope.backend().openScope()) {
      if (!dense.isEmpty()) {
        Tensor x = temporary.gatherRows(table, ids);
        convolutions.pool(temporary, x, dense, lengths, out, temporary.allocate(out.shape()));
      }
      if (!sparse.isEmpty()) {
        Tensor distinct = temporary.allocate(batch.distinct.length, table.dim(1));
        IntTensor which = temporary.ints(batch.distinct, batch.distinct.length);
        rows.gather(
            Dl4jTensor.region(table),
            table.dim(0),
            table.dim(1),
            Dl4jIntTensor.of(which),
            Dl4jTensor.region(distinct));
        for (Group group : sparse) {
          terms = ConvolutionBank.grown(terms, batch.distinct.length * rowSize(group));
          computeTerms(distinct, group);
          pool(batch, group, out);
        }
      }
    }
    return out;
  }

  /** The sequences, with tokens numbered by their first occurrence. */
  private static final class Batch {
    /** The tokens that occur. */
    private final int[] distinct;

    /** {@code [B, T]}: the place of each position's token in {@code distinct}. */
    private final int[] numbers;

    /** {@code [B]}. */
    private final int[] lengths;

    /** T. */
    private final int time;

    private Batch(int[] distinct, int[] numbers, int[] lengths, int time) {
      this.distinct = distinct;
      this.numbers = numbers;
      this.lengths = lengths;
      this.time = time;
    }

    static Batch of(Dl4jIntTensor ids, Dl4jIntTensor lengths, int vocabulary) {
      int time = ids.dim(1);
      int[] numberOf = new int[vocabulary];
      Arrays.fill(numberOf, -1);
      int[] distinct = new int[Math.min(vocabulary, ids.size())];
      int count = 0;
      int[] numbers = new int[ids.size()];
      int[] ends = new int[ids.dim(0)];
      for (int b = 0; b < ends.length; b++) {
        ends[b] = lengths.get(b);
        for (int t = 0; t < ends[b]; t++) {
          int token = ids.get(b * time + t);
          if (numberOf[token] < 0) {
            numberOf[token] = count;
            distinct[count++] = token;
          }
          numbers[b * time + t] = numberOf[token];
        }
      }
      return new Batch(Arrays.copyOf(distinct, count), numbers, ends, time);
    }

    /** How many tokens a sequence begins with that the one before it begins with too. */
    int inCommon(int sequence) {
      int most = Math.min(lengths[sequence], lengths[sequence - 1]);
      int before = (sequence - 1) * time;
      int at = sequence * time;
      int differs = Arrays.mismatch(numbers, before, before + most, numbers, at, at + most);
      return differs < 0 ? most : differs;
    }

    long windows(Group group) {
      long windows = 0;
      for (int length : lengths) {
        windows += ConvolutionBank.windowCount(length, group);
      }
      return windows;
    }
  }

  /**
   * Judged as for {@link #ROWS_JUDGED} sequences at most: the two ways differ by rounding, and how
   * many sequences a budget of memory takes together should not decide between them.
   */
  private boolean termsPay(Group group, Batch batch, int features) {
    double share = Math.min(1, ROWS_JUDGED / (double) batch.lengths.length);
    double windows = share * batch.windows(group);
    long tokens = batch.distinct.length;
    boolean bf16 = engine.multiplier().precision() == Precision.BF16;
    double dense = windows * (bf16 ? DENSE_FEATURE_BF16 : DENSE_FEATURE) * features;
    double sparse = tokens * (TERM_FEATURE * features + STORE_TERM) + windows * ADD_TERM;
    return sparse < dense && tokens * rowSize(group) <= MOST_TERMS;
  }

  /** The terms of one token: w rows of F. */
  private static int rowSize(Group group) {
    return group.filters().width() * group.count();
  }

  private void computeTerms(Tensor distinct, Group group) {
    int tokens = distinct.dim(0);
    int features = distinct.dim(1);
    int filters = group.count();
    int size = rowSize(group);
    Matrix x = LinearLayer.matrix(distinct);
    Matrix weights = LinearLayer.matrix(group.filters().weights());
    float[] target = terms;
    engine
        .workers()
        .forEach(
            (tokens + TOKENS_PER_BLOCK - 1) / TOKENS_PER_BLOCK,
            (block, scratch) -> {
              int from = block * TOKENS_PER_BLOCK;
              int count = Math.min(TOKENS_PER_BLOCK, tokens - from);
              Matrix tile = scratch.tile(0, TOKENS_PER_BLOCK * size).matrix(size);
              for (int j = 0; j < group.filters().width(); j++) {
                engine
                    .gemm()
                    .multiply(
                        x.from(from, 0),
                        false,
                        weights.from(j * features, 0),
                        false,
                        tile.from(0, j * filters),
                        new Gemm.Size(count, filters, features),
                        0f);
              }
              tile.region().load(0, target, from * size, count * size);
            });
  }

  private void pool(Batch batch, Group group, Tensor out) {
    int filters = group.count();
    int count = batch.lengths.length;
    int block =
        Math.max(
            LEAST_SEQUENCES_PER_BLOCK, Math.min(MOST_SEQUENCES_PER_BLOCK, count / MANY_BLOCKS));
    engine
        .workers()
        .forEach(
            (count + block - 1) / block,
            (i, scratch) -> {
              float[] bias = scratch.heap(0, filters);
              float[] best = scratch.heap(1, filters);
              Dl4jTensor.region(group.filters().bias()).load(0, bias, 0, filters);
              int from = i * block;
              int to = Math.min(from + block, count);
              SharedWindows shared = new SharedWindows(batch, group, from, to, scratch);
              for (int b = from; b < to; b++) {
                pool(batch, group, b, shared, best);
                // Adding the bias and ReLU keep the order of numbers, so they can come last.
                engine.kernels().addScaled(bias, 0, 1f, best, 0, filters);
                engine.kernels().unary(UnaryOperation.RELU, best, 0, filters);
                int at = b * out.dim(1) + group.firstColumn();
                Dl4jTensor.region(out).store(at, best, 0, filters);
              }
            });
  }

  /**
   * The windows that a sequence has in common with the one before it, because they begin with the
   * same tokens: their maxima are kept. So roll-outs that are scored in the order of their prefixes
   * take a prefix once, and a maximum is exact whatever its order.
   */
  private static final class SharedWindows {
    private static final int KEPT = 2;

    private final int from;
    private final int filters;

    /** How many windows a sequence has in common with the one before it; none for the first. */
    private final int[] inCommon;

    /** {@code [T + 1, F]}: the maxima of the first windows of the sequence at hand, by how many. */
    private final float[] kept;

    SharedWindows(Batch batch, Group group, int from, int to, Scratch scratch) {
      this.from = from;
      this.filters = group.count();
      this.inCommon = new int[to - from];
      for (int b = from + 1; b < to; b++) {
        inCommon[b - from] = Math.max(0, batch.inCommon(b) - group.filters().width() + 1);
      }
      this.kept = scratch.heap(KEPT, (batch.time + 1) * filters);
    }

    /** The windows of a sequence whose maximum is known. */
    int known(int sequence) {
      return inCommon[sequence - from];
    }

    /** Takes up the maximum of the first windows. */
    void load(int windows, float[] best) {
      if (windows == 0) {
        Arrays.fill(best, 0, filters, Float.NEGATIVE_INFINITY);
      } else {
        System.arraycopy(kept, windows * filters, best, 0, filters);
      }
    }

    void keep(int windows, float[] best) {
      System.arraycopy(best, 0, kept, windows * filters, filters);
    }

    /**
     * The next number of windows, beyond {@code windows}, whose maximum a later sequence takes up;
     * at most {@code all}.
     */
    int nextKept(int sequence, int windows, int all) {
      int next = all;
      int lasting = all; // what all sequences up to a later one have in common
      for (int later = sequence - from + 1; later < inCommon.length; later++) {
        lasting = Math.min(lasting, inCommon[later]);
        if (lasting <= windows) {
          break;
        }
        next = Math.min(next, lasting);
      }
      return next;
    }
  }

  /** The largest sum of terms over a sequence's windows, for each filter. */
  private void pool(Batch batch, Group group, int sequence, SharedWindows shared, float[] best) {
    int length = batch.lengths[sequence];
    int windows = ConvolutionBank.windowCount(length, group);
    int inside = Math.min(group.filters().width(), length);
    int known = shared.known(sequence);
    shared.load(known, best);
    int[] starts = new int[(windows - known) * inside];
    int at = 0;
    for (int window = known; window < windows; window++) {
      for (int j = 0; j < inside; j++) {
        int number = batch.numbers[sequence * batch.time + window + j];
        starts[at++] = number * rowSize(group) + j * group.count();
      }
    }
    int done = known;
    while (done < windows) {
      int next = shared.nextKept(sequence, done, windows);
      int[] some = Arrays.copyOfRange(starts, (done - known) * inside, (next - known) * inside);
      engine.kernels().maxOfRowSums(terms, some, next - done, inside, group.count(), best);
      shared.keep(next, best);
      done = next;
    }
  }
}
