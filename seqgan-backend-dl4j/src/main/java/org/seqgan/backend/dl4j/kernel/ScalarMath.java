package org.seqgan.backend.dl4j.kernel;

/**
 * Exponential functions in float32 for one number, with the polynomials of Moshier's Cephes library
 * (expf, tanhf): relative error of exp below 2e-7. {@link VectorKernels} computes the same formulas
 * on many numbers at a time.
 */
final class ScalarMath {
  /** Where e^x leaves the normal float32 numbers; below it, 0. */
  static final float EXP_LOW = -87.33654f;

  /** Where e^x leaves the float32 numbers; above it, infinity. */
  static final float EXP_HIGH = 88.72283f;

  static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts (Cody and Waite), so that x - n ln 2 is nearly exact. */
  static final float LN2_HIGH = 0.6933594f;

  static final float LN2_LOW = -2.1219444E-4f;

  /** 1.5 * 2^23: adding it rounds to a whole number, found in the low bits of the sum. */
  static final float ROUNDING = 12582912f;

  static final float EXP_5 = 1.9875691E-4f;
  static final float EXP_4 = 0.0013981999f;
  static final float EXP_3 = 0.008333452f;
  static final float EXP_2 = 0.041665796f;
  static final float EXP_1 = 0.16666666f;
  static final float EXP_0 = 0.5f;

  /** Below it tanh is its odd polynomial, above it 1 - 2 / (e^2x + 1). */
  static final float TANH_SMALL = 0.625f;

  static final float TANH_4 = -0.0057049887f;
  static final float TANH_3 = 0.020639088f;
  static final float TANH_2 = -0.053739715f;
  static final float TANH_1 = 0.13331442f;
  static final float TANH_0 = -0.3333328f;

  private ScalarMath() {}

  static float exp(float x) {
    if (x < EXP_LOW) {
      return 0f;
    }
    if (x > EXP_HIGH) {
      return Float.POSITIVE_INFINITY;
    }
    float shifted = x * LOG2_E + ROUNDING;
    float n = shifted - ROUNDING;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float q = ((((EXP_5 * r + EXP_4) * r + EXP_3) * r + EXP_2) * r + EXP_1) * r + EXP_0;
    float p = q * (r * r) + (r + 1f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
  }

  static float sigmoid(float x) {
    // The smaller of sigmoid(x) and 1 - sigmoid(x) is exact to rounding in both tails, so
    // derivatives g (1 - g) are too.
    float small = exp(-Math.abs(x));
    float tail = small / (1f + small);
    return x < 0f ? tail : 1f - tail;
  }

  static float tanh(float x) {
    float magnitude = Math.abs(x);
    if (magnitude < TANH_SMALL) {
      float z = x * x;
      float q = (((TANH_4 * z + TANH_3) * z + TANH_2) * z + TANH_1) * z + TANH_0;
      return q * z * x + x;
    }
    return Math.copySign(1f - 2f / (exp(2f * magnitude) + 1f), x);
  }
}
