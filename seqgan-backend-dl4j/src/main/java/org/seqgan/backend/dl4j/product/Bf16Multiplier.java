package org.seqgan.backend.dl4j.product;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;
import org.seqgan.backend.dl4j.kernel.Processor;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;

/**
 * Bfloat16 products with float32 sums, by oneDNN's matmul and reorder primitives. A primitive is
 * compiled for one set of sizes, which takes about a millisecond, so each thread keeps those that
 * it made; oneDNN's primitives belong to the thread that made them.
 */
public final class Bf16Multiplier implements Multiplier {
  private static final int MOST_PRIMITIVES = 256;

  private final dnnl_engine engine = new dnnl_engine();
  private final Queue<Compiled> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Local> local = ThreadLocal.withInitial(Local::new);

  public Bf16Multiplier() {
    check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "engine");
  }

  /** Whether the processor has instructions for it; without, oneDNN would emulate them slowly. */
  public static boolean isSupportedBy(Processor processor) {
    return processor.features().contains("avx512_bf16")
        || processor.features().contains("amx_bf16");
  }

  @Override
  public Precision precision() {
    return Precision.BF16;
  }

  @Override
  public int preparedFloats(int rows, int columns) {
    return (rows * columns + 1) / 2;
  }

  @Override
  public void prepare(Matrix matrix, int fromRow, int toRow, int columns, FloatRegion memory) {
    if (fromRow >= toRow || columns == 0) {
      return;
    }
    Key key = new Key.Conversion(toRow - fromRow, columns, matrix.stride());
    Compiled conversion = local.get().get(key);
    Operand target = target(columns, memory).from(fromRow, 0);
    conversion.execute(matrix.at(fromRow, 0), address((Operand.Bf16) target), null);
  }

  @Override
  public Operand operand(Matrix matrix, int columns, FloatRegion memory) {
    return target(columns, memory);
  }

  private static Operand.Bf16 target(int columns, FloatRegion memory) {
    return new Operand.Bf16(memory.memory(), 2 * memory.offset(), columns);
  }

  @Override
  public void multiply(
      Operand a,
      boolean transposeA,
      Operand b,
      boolean transposeB,
      Matrix c,
      Gemm.Size size,
      boolean accumulate) {
    Operand.Bf16 left = (Operand.Bf16) a;
    Operand.Bf16 right = (Operand.Bf16) b;
    Key key =
        new Key.Product(
            size, left.stride(), transposeA, right.stride(), transposeB, c.stride(), accumulate);
    local.get().get(key).execute(address(left), address(right), c.at(0, 0));
  }

  private static Pointer address(Operand.Bf16 operand) {
    return new ShortPointer(operand.memory().pointer()).getPointer(operand.offset());
  }

  /** Frees all primitives; nothing may be running. */
  @Override
  public void close() {
    all.forEach(Compiled::free);
    all.clear();
    dnnl.dnnl_engine_destroy(engine);
  }

  private static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN failed with status " + status + " for " + what + " (dl4j, bf16)");
    }
  }

  /** What a primitive is compiled for. */
  private sealed interface Key {
    /** RowOperations and columns of float32 with a stride, to bfloat16 without gaps. */
    record Conversion(int rows, int columns, int stride) implements Key {}

    /** A product. */
    public record Product(
        Gemm.Size size,
        int strideA,
        boolean transposeA,
        int strideB,
        boolean transposeB,
        int strideC,
        boolean accumulate)
        implements Key {}
  }

  /** What one thread has. */
  private final class Local {
    private final dnnl_stream stream = new dnnl_stream();
    private final Map<Key, Compiled> compiled = new LinkedHashMap<>(16, 0.75f, true);

    Local() {
      check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_in_order), "stream");
    }

    Compiled get(Key key) {
      Compiled known = compiled.get(key);
      if (known != null) {
        return known;
      }
      if (compiled.size() >= MOST_PRIMITIVES) {
        Key eldest = compiled.keySet().iterator().next();
        Compiled unused = compiled.remove(eldest);
        all.remove(unused);
        unused.free();
      }
      Compiled made =
          key instanceof Key.Product product
              ? Compiled.product(engine, stream, product)
              : Compiled.conversion(engine, stream, (Key.Conversion) key);
      compiled.put(key, made);
      all.add(made);
      return made;
    }
  }

  /** A primitive with its arguments, whose addresses are set at each execution. */
  private static final class Compiled {
    private final dnnl_stream stream;
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_memory[] memories;
    private final dnnl_exec_arg_t arguments;

    private Compiled(
        dnnl_engine engine,
        dnnl_stream stream,
        dnnl_primitive_desc description,
        int[] roles,
        dnnl_memory_desc... operands) {
      this.stream = stream;
      check(dnnl.dnnl_primitive_create(primitive, description), "primitive");
      dnnl.dnnl_primitive_desc_destroy(description);
      memories = new dnnl_memory[operands.length];
      arguments = new dnnl_exec_arg_t(operands.length);
      for (int i = 0; i < operands.length; i++) {
        memories[i] = new dnnl_memory();
        check(dnnl.dnnl_memory_create(memories[i], operands[i], engine, null), "memory");
        arguments.position(i).arg(roles[i]).memory(memories[i]);
        dnnl.dnnl_memory_desc_destroy(operands[i]);
      }
      arguments.position(0);
    }

    static Compiled product(dnnl_engine engine, dnnl_stream stream, Key.Product key) {
      Gemm.Size size = key.size();
      dnnl_memory_desc a =
          matrix(dnnl.dnnl_bf16, size.m(), size.k(), key.strideA(), key.transposeA());
      dnnl_memory_desc b =
          matrix(dnnl.dnnl_bf16, size.k(), size.n(), key.strideB(), key.transposeB());
      dnnl_memory_desc c = matrix(dnnl.dnnl_f32, size.m(), size.n(), key.strideC(), false);
      dnnl_primitive_attr attributes = new dnnl_primitive_attr();
      check(dnnl.dnnl_primitive_attr_create(attributes), "attributes");
      if (key.accumulate()) {
        dnnl_post_ops sum = new dnnl_post_ops();
        check(dnnl.dnnl_post_ops_create(sum), "post-operations");
        check(
            dnnl.dnnl_post_ops_append_sum(sum, 1f, 0, dnnl.dnnl_data_type_undef),
            "post-operation sum");
        check(dnnl.dnnl_primitive_attr_set_post_ops(attributes, sum), "post-operations");
        dnnl.dnnl_post_ops_destroy(sum);
      }
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      check(
          dnnl.dnnl_matmul_primitive_desc_create(description, engine, a, b, null, c, attributes),
          "a product of " + key);
      dnnl.dnnl_primitive_attr_destroy(attributes);
      int[] roles = {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST};
      return new Compiled(engine, stream, description, roles, a, b, c);
    }

    static Compiled conversion(dnnl_engine engine, dnnl_stream stream, Key.Conversion key) {
      dnnl_memory_desc from = matrix(dnnl.dnnl_f32, key.rows(), key.columns(), key.stride(), false);
      dnnl_memory_desc to = matrix(dnnl.dnnl_bf16, key.rows(), key.columns(), key.columns(), false);
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      check(
          dnnl.dnnl_reorder_primitive_desc_create(description, from, engine, to, engine, null),
          "a conversion of " + key);
      int[] roles = {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO};
      return new Compiled(engine, stream, description, roles, from, to);
    }

    private static dnnl_memory_desc matrix(
        int type, int rows, int columns, int stride, boolean transposed) {
      dnnl_memory_desc description = new dnnl_memory_desc();
      long[] strides = transposed ? new long[] {1, stride} : new long[] {stride, 1};
      check(
          dnnl.dnnl_memory_desc_create_with_strides(
              description, 2, new long[] {rows, columns}, type, strides),
          "a matrix of " + rows + " x " + columns);
      return description;
    }

    void execute(Pointer first, Pointer second, @Nullable Pointer third) {
      check(dnnl.dnnl_memory_set_data_handle(memories[0], first), "address");
      check(dnnl.dnnl_memory_set_data_handle(memories[1], second), "address");
      if (third != null) {
        check(dnnl.dnnl_memory_set_data_handle(memories[2], third), "address");
      }
      check(
          dnnl.dnnl_primitive_execute(primitive, stream, memories.length, arguments), "execution");
    }

    void free() {
      dnnl.dnnl_primitive_destroy(primitive);
      for (dnnl_memory memory : memories) {
        dnnl.dnnl_memory_destroy(memory);
      }
    }
  }
}
