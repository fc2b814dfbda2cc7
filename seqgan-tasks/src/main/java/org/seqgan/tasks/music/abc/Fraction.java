package org.seqgan.tasks.music.abc;

/**
 * An exact number, in lowest terms. The unit of lengths is the whole note.
 *
 * @param numerator above the line
 * @param denominator below the line, positive
 */
public record Fraction(long numerator, long denominator) {
  public static final Fraction ZERO = new Fraction(0, 1);
  static final Fraction ONE = new Fraction(1, 1);

  public Fraction {
    if (denominator <= 0) {
      throw new IllegalArgumentException("denominator " + denominator);
    }
    long divisor = Math.max(1, commonDivisor(Math.absExact(numerator), denominator));
    numerator /= divisor;
    denominator /= divisor;
  }

  private static long commonDivisor(long one, long other) {
    return other == 0 ? one : commonDivisor(other, one % other);
  }

  /**
   * The product.
   *
   * @throws ArithmeticException if it has no place in 64 bits
   */
  Fraction times(Fraction other) {
    return new Fraction(
        Math.multiplyExact(numerator, other.numerator),
        Math.multiplyExact(denominator, other.denominator));
  }

  /**
   * The sum.
   *
   * @throws ArithmeticException if it has no place in 64 bits
   */
  public Fraction plus(Fraction other) {
    return new Fraction(
        Math.addExact(
            Math.multiplyExact(numerator, other.denominator),
            Math.multiplyExact(other.numerator, denominator)),
        Math.multiplyExact(denominator, other.denominator));
  }

  public double toDouble() {
    return (double) numerator / denominator;
  }
}
