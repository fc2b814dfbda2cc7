package org.seqgan.testkit;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.testkit.operation.OperationCatalog;

/**
 * Counts what a model asks of a backend. On a device beside the host every read waits for all that
 * was asked before it, every upload is a copy, and every operation has to be launched: figures that
 * a CPU does not show.
 *
 * <pre>{@code
 * CountingBackend counting = CountingBackend.of(backend);
 * Discriminator discriminator = create(counting.backend(), ...);
 * CountingBackend.Traffic traffic = counting.during(() -> discriminator.train(...));
 * assertThat(traffic.reads()).isZero();
 * }</pre>
 *
 * <p>The numbers do not depend on the backend that is counted, which computes as it would have
 * done. Not thread-safe.
 */
public final class CountingBackend {
  /** Methods that compute nothing. */
  private static final Set<String> ACCOUNTS =
      Set.of("name", "memory", "budgetBytes", "close", "view", "toString", "hashCode", "equals");

  private final TensorBackend backend;
  private final FusedOperations counted;
  private final FusedOperations own;

  /** Buffers that were released, by their number of bytes: what a pool would hold. */
  private final Map<Long, Integer> pool = new HashMap<>();

  private int reads;
  private int uploads;
  private int operations;
  private int newBuffers;
  private boolean isWithinOperation;

  /**
   * What was asked of a backend. How it computes an operation is its own: what is read and copied
   * within one does not count.
   *
   * @param reads how often the host waited for numbers: reads, and {@linkplain Reading readings}
   *     that somebody looked at
   * @param uploads arrays that were copied from the host
   * @param operations the operations of the API and their gradients, one each however they are
   *     computed, and the primitives beside them
   * @param newBuffers allocations that no buffer could serve that was given back before, of exactly
   *     that size: none of them, once a pool has what it needs
   */
  public record Traffic(int reads, int uploads, int operations, int newBuffers) {}

  private CountingBackend(TensorBackend counted) {
    this.own = counted.fused();
    this.counted = countedOperations();
    this.backend = BackendProxy.of(counted, this::answer);
  }

  /** Counts what is asked of a backend, which stays its owner's to close. */
  public static CountingBackend of(TensorBackend backend) {
    return new CountingBackend(backend);
  }

  /** The backend to make models on. */
  public TensorBackend backend() {
    return backend;
  }

  /** What is asked while something is done. */
  public Traffic during(Runnable work) {
    Traffic before = sinceTheStart();
    work.run();
    Traffic after = sinceTheStart();
    return new Traffic(
        after.reads - before.reads,
        after.uploads - before.uploads,
        after.operations - before.operations,
        after.newBuffers - before.newBuffers);
  }

  private Traffic sinceTheStart() {
    return new Traffic(reads, uploads, operations, newBuffers);
  }

  private @Nullable Object answer(
      Method method, Object @Nullable [] arguments, BackendProxy.Onward onward) throws Throwable {
    String name = method.getName();
    if (name.equals("fused")) {
      return isWithinOperation ? own : counted;
    }
    Object answer = onward.answer();
    switch (name) {
      case "allocate", "allocateInts" -> allocated((Storage) answer);
      case "release" -> pool.merge(bytes((Storage) arguments[0]), 1, Integer::sum);
      case "readLater" -> {
        return isWithinOperation ? answer : new LookedAt((Reading) answer);
      }
      default -> {
        if (!isWithinOperation) {
          count(name);
        }
      }
    }
    return answer;
  }

  private void count(String method) {
    switch (method) {
      case "read" -> reads++;
      case "write" -> uploads++;
      default -> operations += ACCOUNTS.contains(method) ? 0 : 1;
    }
  }

  private void allocated(Storage made) {
    int free = pool.getOrDefault(bytes(made), 0);
    if (free == 0) {
      newBuffers++;
    } else {
      pool.put(bytes(made), free - 1);
    }
  }

  /** Floats and integers take as much. */
  private static long bytes(Storage storage) {
    return (long) storage.size() * Float.BYTES;
  }

  /** A reading that counts as a read when it is looked at for the first time. */
  private final class LookedAt implements Reading {
    private final Reading reading;
    private boolean isCounted;

    LookedAt(Reading reading) {
      this.reading = reading;
    }

    @Override
    public float[] get() {
      if (!isCounted) {
        isCounted = true;
        reads++;
      }
      return reading.get();
    }

    @Override
    public boolean isDone() {
      return reading.isDone();
    }
  }

  // ---- operations ----

  private FusedOperations countedOperations() {
    FusedOperations table = FusedOperations.none();
    for (Class<?> operation : OperationCatalog.operations()) {
      table =
          Differentiable.class.isAssignableFrom(operation)
              ? withGradient(table, operation.asSubclass(Differentiable.class))
              : without(table, operation);
    }
    return table;
  }

  private <O extends Differentiable> FusedOperations withGradient(
      FusedOperations table, Class<O> operation) {
    return table.with(operation, new CountedWithGradient());
  }

  // An operation of whatever result gives what it would have given.
  @SuppressWarnings("unchecked")
  private FusedOperations without(FusedOperations table, Class<?> operation) {
    return table.with((Class<Operation<Object>>) operation, new Counted());
  }

  private <R> R asOne(Supplier<R> operation) {
    operations++;
    isWithinOperation = true;
    try {
      return operation.get();
    } finally {
      isWithinOperation = false;
    }
  }

  private final class Counted implements Fused<Operation<Object>, Object> {
    @Override
    public Object run(TensorScope scope, Operation<Object> operation) {
      return asOne(() -> scope.run(operation));
    }
  }

  private final class CountedWithGradient implements Fused.WithGradient<Differentiable> {
    @Override
    public Forward run(TensorScope scope, Differentiable operation) {
      return asOne(() -> scope.run(operation));
    }

    @Override
    public List<Tensor> gradients(
        TensorScope scope, Differentiable operation, Forward forward, Tensor dOutput) {
      return asOne(() -> scope.gradients(operation, forward, dOutput));
    }
  }
}
