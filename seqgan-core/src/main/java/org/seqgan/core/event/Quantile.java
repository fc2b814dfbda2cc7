package org.seqgan.core.event;

import java.util.regex.Pattern;

/**
 * The names of figures that are quantiles of something whose mean is a figure too, such as {@code
 * reward-q10} of {@code reward}. A log has them all; a reader who has little room is shown the
 * mean, and where they are drawn, the area between two of them.
 */
public final class Quantile {
  private static final Pattern NAME = Pattern.compile(".+-q(?:100|[1-9]?[0-9])");

  private Quantile() {}

  /**
   * The name of a quantile.
   *
   * @param figure that it is a quantile of
   * @param percent which one, 0 for the least value to 100 for the greatest
   */
  public static String name(String figure, int percent) {
    return figure + "-q" + percent;
  }

  /** Whether a figure is a quantile by its name. */
  public static boolean isName(String figure) {
    return NAME.matcher(figure).matches();
  }
}
