package org.seqgan.backend.dl4j.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What {@link VectorKernels} is written with; meant to be inlined there. */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private VectorMath() {}

  static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(SPECIES, a, at);
  }

  /** See {@link ScalarMath#exp}. */
  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(constant(ScalarMath.LOG2_E), constant(ScalarMath.ROUNDING));
    FloatVector n = shifted.sub(ScalarMath.ROUNDING);
    FloatVector r = n.fma(constant(-ScalarMath.LN2_HIGH), x);
    r = n.fma(constant(-ScalarMath.LN2_LOW), r);
    FloatVector q = r.fma(constant(ScalarMath.EXP_5), constant(ScalarMath.EXP_4));
    q = q.fma(r, constant(ScalarMath.EXP_3));
    q = q.fma(r, constant(ScalarMath.EXP_2));
    q = q.fma(r, constant(ScalarMath.EXP_1));
    q = q.fma(r, constant(ScalarMath.EXP_0));
    FloatVector p = q.fma(r.mul(r), r.add(1f));
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector scaled = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    return scaled
        .blend(0f, x.lt(ScalarMath.EXP_LOW))
        .blend(
            Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, constant(ScalarMath.EXP_HIGH)));
  }

  /** See {@link ScalarMath#sigmoid}. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector small = exp(x.abs().neg());
    FloatVector tail = small.div(small.add(1f));
    return constant(1f).sub(tail).blend(tail, x.lt(0f));
  }

  /** See {@link ScalarMath#tanh}. */
  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector z = x.mul(x);
    FloatVector q = z.fma(constant(ScalarMath.TANH_4), constant(ScalarMath.TANH_3));
    q = q.fma(z, constant(ScalarMath.TANH_2));
    q = q.fma(z, constant(ScalarMath.TANH_1));
    q = q.fma(z, constant(ScalarMath.TANH_0));
    FloatVector small = q.mul(z).fma(x, x);
    FloatVector large = constant(1f).sub(constant(2f).div(exp(magnitude.add(magnitude)).add(1f)));
    large = large.blend(large.neg(), x.lt(0f));
    return large.blend(small, magnitude.lt(ScalarMath.TANH_SMALL));
  }

  static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
