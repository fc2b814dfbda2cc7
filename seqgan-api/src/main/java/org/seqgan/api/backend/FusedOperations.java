package org.seqgan.api.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which operations a backend computes in its own way: from type to implementation. Immutable. */
public final class FusedOperations {
  private final Map<Class<?>, Fused<?, ?>> table;

  private FusedOperations(Map<Class<?>, Fused<?, ?>> table) {
    this.table = table;
  }

  /** No operations: everything is composed of primitives. */
  public static FusedOperations none() {
    return new FusedOperations(Map.of());
  }

  /** These operations and another; a later implementation of the same operation replaces it. */
  public <O extends Operation<R>, R> FusedOperations with(
      Class<O> operation, Fused<? super O, R> implementation) {
    if (Differentiable.class.isAssignableFrom(operation)
        && !(implementation instanceof Fused.WithGradient)) {
      throw new IllegalArgumentException(
          operation.getSimpleName() + " has a gradient, which must be fused with it");
    }
    Map<Class<?>, Fused<?, ?>> changed = new LinkedHashMap<>(table);
    changed.put(operation, implementation);
    return new FusedOperations(changed);
  }

  /** The result, where there is an implementation that fits. */
  <R> Optional<R> run(TensorScope scope, Operation<R> operation) {
    return implementation(operation).map(fused -> fused.run(scope, operation));
  }

  /** The gradients, where {@link #run} gave the value. */
  Optional<List<Tensor>> gradients(
      TensorScope scope, Differentiable operation, Forward forward, Tensor dOutput) {
    return implementation(operation)
        .map(fused -> withGradient(fused).gradients(scope, operation, forward, dOutput));
  }

  // with() ties each type to an implementation for it, and one with a gradient to one that has it.

  @SuppressWarnings("unchecked")
  private <R> Optional<Fused<Operation<R>, R>> implementation(Operation<R> operation) {
    Fused<Operation<R>, R> fused = (Fused<Operation<R>, R>) table.get(operation.getClass());
    return Optional.ofNullable(fused).filter(each -> each.fits(operation));
  }

  @SuppressWarnings("unchecked")
  private static Fused.WithGradient<Differentiable> withGradient(Fused<?, Forward> fused) {
    return (Fused.WithGradient<Differentiable>) fused;
  }
}
