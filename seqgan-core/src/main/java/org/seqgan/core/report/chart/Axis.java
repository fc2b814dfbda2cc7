package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of values and where its ticks are: at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low the least value
 * @param high the greatest, above the least
 * @param step from tick to tick
 */
record Axis(double low, double high, double step) {
  /** The axis from tick to tick that holds a range, with about so many ticks. */
  static Axis covering(double least, double greatest, int ticks) {
    double from = least;
    double to = greatest;
    if (from == to) {
      double margin = from == 0 ? 1 : Math.abs(from) * 0.05;
      from -= margin;
      to += margin;
    }
    double step = step((to - from) / ticks);
    return new Axis(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  /** The step of at least some size. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      // A hair of slack, because 0.1 + 0.2 is not 0.3.
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** The values of the ticks. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick with as many decimals as the step needs. */
  String label(double tick) {
    if (step < 1e-5 || step >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", tick);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }

  /** Where a value lies, 0 at the low end and 1 at the high end. */
  double fraction(double value) {
    return (value - low) / (high - low);
  }
}
