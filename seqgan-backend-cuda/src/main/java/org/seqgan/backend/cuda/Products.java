package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;

/**
 * Matrix products: {@code products.cu}, on tensor cores {@code tensor_products.cu}. One launch
 * computes several that do not need one another, such as all gradients of a layer; a second one
 * adds up those whose sums were cut into parts, because their results have too few tiles to keep a
 * device busy.
 */
final class Products {
  private static final int MOST_PRODUCTS = 6; // as in the kernel
  private static final int MOST_TERMS = 2; // as in the kernel
  static final int TILE = 64; // rows and columns; as in the kernels
  private static final int LARGE_TILE = 128; // as in the kernels for tensor cores
  private static final int DEPTH = 16; // as in the kernel
  private static final int THREADS = 256; // as in the kernel

  static final int OPERAND_BYTES = 32;
  private static final int TERM_BYTES = 2 * OPERAND_BYTES + 16;
  private static final int PRODUCT_BYTES = MOST_TERMS * TERM_BYTES + 40;
  private static final int COMBINATION_BYTES = 48;

  /**
   * So many blocks keep a large device busy. Not this device: the order of a sum, and with it the
   * bits of a result, shall not depend on it.
   */
  private static final int ENOUGH_BLOCKS = 256;

  /** Parts of a sum are not worth their own blocks below so many terms each. */
  private static final int SHORTEST_PART = 64;

  /** A result of so few columns leaves most of a tile empty. */
  private static final int FEW_COLUMNS = 8;

  private static final int FEW_ELEMENTS = 4096;

  /** So many large tiles keep a large device busy; each reads its operands less often. */
  private static final int ENOUGH_LARGE_TILES = 128;

  private final Engine engine;
  private final Precision precision;

  /** Products in float32. */
  Products(Engine engine) {
    this(engine, Precision.FLOAT32);
  }

  Products(Engine engine, Precision precision) {
    this.engine = engine;
    this.precision = precision;
  }

  /**
   * An operand as it lies in memory: element (i, k), where k is the axis that the product sums
   * over.
   *
   * @param values the numbers; null where all are 1
   * @param outputs where values are derivatives by these outputs of an activation, and the element
   *     is the derivative by its argument
   * @param stride element (i, k) is at {@code k stride + i} where across, else at {@code i stride +
   *     k}
   * @param period above 0, element (i, k) is that of k - 1, and 0 where k is a multiple of it
   */
  record Operand(
      @Nullable Tensor values,
      @Nullable Tensor outputs,
      int stride,
      boolean across,
      Activation activation,
      int period) {
    /** A matrix {@code [i, k]}. */
    static Operand along(Tensor matrix) {
      return of(matrix, false);
    }

    /** A matrix {@code [k, i]}. */
    static Operand across(Tensor matrix) {
      return of(matrix, true);
    }

    private static Operand of(Tensor matrix, boolean across) {
      int columns = matrix.dim(matrix.rank() - 1);
      return new Operand(matrix, null, columns, across, Activation.IDENTITY, 0);
    }

    /** Ones: the product sums the other operand. */
    static Operand ones() {
      return new Operand(null, null, 0, false, Activation.IDENTITY, 0);
    }

    /** The derivative by the argument of an activation, where this is that by its outputs. */
    Operand beforeActivation(Activation function, Tensor functionOutputs) {
      return function == Activation.IDENTITY
          ? this
          : new Operand(values, functionOutputs, stride, across, function, period);
    }

    /** Of sequences {@code [B, T, i]} the step before each, and zeros before the first. */
    Operand stepBefore(int time) {
      return new Operand(values, outputs, stride, across, activation, time);
    }

    void write(ByteBuffer to) {
      to.putLong(values == null ? 0 : address(values))
          .putLong(outputs == null ? 0 : address(outputs))
          .putInt(stride)
          .putInt(across ? 1 : 0)
          .putInt(activation.ordinal())
          .putInt(period);
    }
  }

  /**
   * Terms of a product.
   *
   * @param a {@code [m, k]}
   * @param b {@code [n, k]}
   * @param k how long the sums are
   */
  record Term(Operand a, Operand b, int k) {}

  /**
   * {@code out[m, n] = activation(sum over the terms of A B^T + bias)}, or {@code out += } it.
   *
   * @param terms one or two
   */
  record Product(
      List<Term> terms,
      int m,
      int n,
      Tensor out,
      Optional<Tensor> bias,
      Activation activation,
      boolean accumulate) {
    /** {@code out = A B^T}. */
    static Product of(Operand a, Operand b, int k, int m, int n, Tensor out) {
      return of(List.of(new Term(a, b, k)), m, n, out);
    }

    /** {@code out} is the sum of the terms. */
    static Product of(List<Term> terms, int m, int n, Tensor out) {
      return new Product(terms, m, n, out, Optional.empty(), Activation.IDENTITY, false);
    }

    /** {@code out += } the sum of the terms. */
    Product added() {
      return new Product(terms, m, n, out, bias, activation, true);
    }

    /** {@code out = function(the sum of the terms + bias)}. */
    Product with(Tensor added, Activation function) {
      return new Product(terms, m, n, out, Optional.of(added), function, accumulate);
    }

    int tiles(int side) {
      return Engine.ceil(m, side) * Engine.ceil(n, side);
    }

    /** Whether it is one term and nothing more. */
    boolean isPlain() {
      return terms.size() == 1
          && bias.isEmpty()
          && activation == Activation.IDENTITY
          && !accumulate;
    }

    private int words() {
      return m * n;
    }
  }

  /**
   * A product with its sums cut.
   *
   * @param tile rows and columns of a block's part of the result
   * @param depths how long the parts of each term are
   * @param parts how many, of all terms
   * @param isCut whether the parts are written apart, [parts, m, n]
   * @param scratchFrom where those begin in the memory for all products
   */
  private record Plan(
      Product product, int tile, int[] depths, int parts, boolean isCut, long scratchFrom) {
    static Plan of(Product product, int tile, boolean apart, long scratchFrom) {
      int[] depths = new int[product.terms().size()];
      int parts = 0;
      for (int i = 0; i < depths.length; i++) {
        int k = product.terms().get(i).k();
        int wanted =
            Math.min(
                tile == LARGE_TILE
                    ? 1
                    : Engine.ceil(ENOUGH_BLOCKS, Math.max(1, product.tiles(tile))),
                Math.max(1, k / SHORTEST_PART));
        depths[i] = Math.max(1, Engine.ceil(Engine.ceil(k, wanted), DEPTH)) * DEPTH;
        parts += partsOf(k, depths[i]);
      }
      return new Plan(product, tile, depths, parts, apart || parts > 1, scratchFrom);
    }

    /** A product that is not cut. */
    static Plan whole(Product product) {
      int[] depths = product.terms().stream().mapToInt(Term::k).toArray();
      return new Plan(product, TILE, depths, 1, false, 0);
    }

    /** Whether a warp for each element is better than tiles. */
    boolean isOfFewElements() {
      return product.terms().size() == 1
          && product.n() <= FEW_COLUMNS
          && product.words() <= FEW_ELEMENTS;
    }

    private static int partsOf(int k, int depth) {
      return Math.max(1, Engine.ceil(k, depth));
    }

    int blocks() {
      return product.tiles(tile) * parts;
    }

    long scratchWords() {
      return isCut() ? (long) parts * product.words() : 0;
    }

    void write(ByteBuffer to, long scratch) {
      int start = to.position();
      for (int i = 0; i < depths.length; i++) {
        Term term = product.terms().get(i);
        term.a().write(to);
        term.b().write(to);
        to.putInt(term.k()).putInt(partsOf(term.k(), depths[i])).putInt(depths[i]).putInt(0);
      }
      to.position(start + MOST_TERMS * TERM_BYTES);
      to.putLong(isCut() ? parts(scratch) : address(product.out()))
          .putLong(isCut() ? 0 : bias())
          .putInt(product.m())
          .putInt(product.n())
          .putInt(blocks())
          .putInt(isCut() ? 0 : accumulate())
          .putInt((isCut() ? Activation.IDENTITY : product.activation()).ordinal())
          .putInt(0);
    }

    void writeCombination(ByteBuffer to, long scratch) {
      to.putLong(parts(scratch))
          .putLong(bias())
          .putLong(address(product.out()))
          .putInt(parts)
          .putInt(product.n())
          .putInt(product.words())
          .putInt(combinationBlocks())
          .putInt(accumulate())
          .putInt(product.activation().ordinal());
    }

    int combinationBlocks() {
      return Engine.ceil(product.words(), Engine.BLOCK);
    }

    private long parts(long scratch) {
      return scratch + scratchFrom * Float.BYTES;
    }

    private long bias() {
      return product.bias().map(DeviceMemory::address).orElse(0L);
    }

    private int accumulate() {
      return product.accumulate() ? 1 : 0;
    }
  }

  /**
   * Computes products, at most six, in one launch or two.
   *
   * @param all none of which needs the result of another
   */
  void compute(List<Product> all) {
    List<Plan> plans = plans(all, false);
    long scratchWords = plans.stream().mapToLong(Plan::scratchWords).sum();
    if (scratchWords == 0) {
      multiply(plans, 0);
    } else if (plans.size() == 1 && plans.get(0).isOfFewElements()) {
      dotProducts(plans.get(0).product());
    } else {
      engine.withScratch(
          scratchWords,
          scratch -> {
            multiply(plans, scratch);
            combine(plans.stream().filter(Plan::isCut).toList(), scratch);
          });
    }
  }

  /** The same, also while the arguments of another launch are being collected. */
  void computeAside(List<Product> all) {
    engine.session().aside(() -> compute(all));
  }

  /**
   * The parts of a product, {@code [count, m, n]}, whose sum it is.
   *
   * @param address of the first
   */
  record Parts(long address, int count) {}

  /**
   * Computes products in parts, in one launch, for a kernel that adds them up: in their order, then
   * the bias, then the activation.
   *
   * @param all as above; nothing is written to their {@code out}
   * @param use gets the parts of each, which are gone when it returns
   */
  void computeParts(List<Product> all, Consumer<List<Parts>> use) {
    List<Plan> plans = plans(all, true);
    engine.withScratch(
        plans.stream().mapToLong(Plan::scratchWords).sum(),
        scratch -> {
          multiply(plans, scratch);
          use.accept(
              plans.stream().map(plan -> new Parts(plan.parts(scratch), plan.parts())).toList());
        });
  }

  private List<Plan> plans(List<Product> all, boolean apart) {
    int tile = isLarge(all) ? LARGE_TILE : TILE;
    List<Plan> plans = new ArrayList<>();
    long scratchFrom = 0;
    for (Product product : all) {
      Plan plan = Plan.of(product, tile, apart, scratchFrom);
      plans.add(plan);
      scratchFrom += plan.scratchWords();
    }
    return plans;
  }

  private boolean isLarge(List<Product> all) {
    return precision.isRounded()
        && all.stream().allMatch(product -> Math.min(product.m(), product.n()) >= LARGE_TILE)
        && all.stream().mapToInt(product -> product.tiles(LARGE_TILE)).sum() >= ENOUGH_LARGE_TILES;
  }

  private void dotProducts(Product product) {
    var launch = engine.launchWarps("dot_products", product.words(), product.out());
    Plan.whole(product).write(launch.structure(PRODUCT_BYTES), 0);
    launch.run();
  }

  private void multiply(List<Plan> plans, long scratch) {
    int blocks = plans.stream().mapToInt(Plan::blocks).sum();
    String kernel = precision.products() + (plans.get(0).tile() == LARGE_TILE ? "_large" : "");
    var launch = engine.launch(kernel, shapes(plans)).grid(blocks).block(THREADS);
    ByteBuffer list = launch.structure(MOST_PRODUCTS * PRODUCT_BYTES);
    plans.forEach(plan -> plan.write(list, scratch));
    launch.run();
  }

  private void combine(List<Plan> cut, long scratch) {
    int blocks = cut.stream().mapToInt(Plan::combinationBlocks).sum();
    var launch = engine.launch("combine", shapes(cut)).grid(blocks).block(Engine.BLOCK);
    ByteBuffer list = launch.structure(MOST_PRODUCTS * COMBINATION_BYTES);
    cut.forEach(plan -> plan.writeCombination(list, scratch));
    launch.run();
  }

  /**
   * Leaves products to whoever uses their results, but for those whose sums are cut into parts,
   * that are not of one term alone, or not in the precision of a discriminator's products.
   *
   * @param all whose operands live as long as {@code out}
   * @return those that are to be computed now
   */
  List<Product> defer(List<Product> all) {
    List<Product> others = new ArrayList<>();
    for (Product product : all) {
      if (precision == engine.precision()
          && product.isPlain()
          && !Plan.of(product, TILE, false, 0).isCut()) {
        ((CudaTensor) product.out()).defer(new DeferredProduct(this, product));
      } else {
        others.add(product);
      }
    }
    return others;
  }

  private static Storage[] shapes(List<Plan> plans) {
    return plans.stream().map(plan -> plan.product().out()).toArray(Storage[]::new);
  }

  /** The primitive {@code matmul}: {@code out = A B} or {@code out += A B}. */
  void matmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out, boolean accumulate) {
    Product product =
        Product.of(
            transposeA ? Operand.across(a) : Operand.along(a),
            transposeB ? Operand.along(b) : Operand.across(b),
            a.dim(transposeA ? 0 : 1),
            out.dim(0),
            out.dim(1),
            out);
    compute(List.of(accumulate ? product.added() : product));
  }
}
