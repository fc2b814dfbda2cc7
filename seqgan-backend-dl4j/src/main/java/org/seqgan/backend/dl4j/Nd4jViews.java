package org.seqgan.backend.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.dl4j.operation.Dl4jTensor;

/** Tensors of backend {@code dl4j} as ND4J sees them, for programs that use both. */
public final class Nd4jViews {
  private Nd4jViews() {}

  /**
   * A view of the same numbers, without a copy: what is written through one is read through the
   * other. It has the tensor's shape, in C order, and is valid as long as the tensor: until its
   * scope or its backend is closed. After that the memory belongs to other tensors; {@code
   * view.dup()} before is a copy that stays. Close neither the view nor what it is a part of. For
   * the thread of the backend.
   *
   * @param tensor of any shape with at least one element
   * @throws IllegalArgumentException if another backend made it
   */
  public static INDArray of(Tensor tensor) {
    Dl4jTensor.region(tensor); // says whose it is
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return ((Dl4jTensor) tensor).array().reshape('c', shape);
  }
}
