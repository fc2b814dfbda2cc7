package org.seqgan.core.metric;

/**
 * What takes the place of an n-gram precision of 0, whose logarithm BLEU cannot take. Chen and
 * Cherry, "A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU" (WMT 2014);
 * NLTK calls them method 0 and method 1.
 */
public enum Smoothing {
  /** Nothing: the score is 0 but for rounding. */
  NONE {
    @Override
    double precision(long matched, long possible) {
      return matched == 0 ? Double.MIN_NORMAL : (double) matched / possible;
    }

    @Override
    String words() {
      return "none";
    }
  },
  /** 0.1 matches instead of none. */
  EPSILON {
    @Override
    double precision(long matched, long possible) {
      return matched == 0 ? EPSILON_MATCHES / possible : (double) matched / possible;
    }

    @Override
    String words() {
      return "method 1 of Chen and Cherry 2014, epsilon 0.1";
    }
  };

  private static final double EPSILON_MATCHES = 0.1;

  abstract double precision(long matched, long possible);

  /** For the identity of a score. */
  abstract String words();
}
