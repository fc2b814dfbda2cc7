package org.seqgan.testkit;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.seqgan.api.data.NamedArrays;

/**
 * What can be said of a training step by an optimiser that the contract does not know: from its
 * initial state it moves every parameter down the slope of the loss, and the norm that it tells is
 * that of all slopes. Slower than {@link GradientCheck}, since every element needs its slope, and
 * blind to a factor that one array's gradient is wrong by, but for the norm.
 */
final class DescentCheck {
  private static final double OF_THE_NORM = 1e-3;
  private static final double KINKS_ALLOWED = 0.1;
  private static final double NORM_TOLERANCE = 0.01;

  private final String training;
  private final LossSlopes slopes;
  private final NamedArrays moved;
  private final double told;

  /**
   * A check of one step.
   *
   * @param training the kind of training, for messages
   * @param moved the parameters after the step from those of the slopes
   * @param told the norm of all gradients that the step told
   */
  DescentCheck(String training, LossSlopes slopes, NamedArrays moved, double told) {
    this.training = training;
    this.slopes = slopes;
    this.moved = moved;
    this.told = told;
  }

  /** Names the array and the element, or the norms. */
  void require() {
    Map<String, Slope[]> all = new LinkedHashMap<>();
    slopes.start().names().forEach(array -> all.put(array, ofElements(array)));
    Slope[] together = all.values().stream().flatMap(Arrays::stream).toArray(Slope[]::new);
    requireSmooth(together);
    all.forEach(this::requireDown);
    double expected = norm(together, Slope::value);
    double tolerance = NORM_TOLERANCE * expected + norm(together, Slope::error);
    if (!(Math.abs(told - expected) <= tolerance)) {
      throw new AssertionError(
          "%s: expected %.6g for the norm of all gradients together, before clipping, found %.6g (tolerance %.2g); by differences of the loss, that of each array is %s"
              .formatted(
                  training,
                  expected,
                  told,
                  tolerance,
                  all.entrySet().stream()
                      .map(e -> "%s %.6g".formatted(e.getKey(), norm(e.getValue(), Slope::value)))
                      .collect(joining(", "))));
    }
  }

  private static double norm(Slope[] slopes, ToDoubleFunction<Slope> part) {
    return LossSlopes.norm(Arrays.stream(slopes).mapToDouble(part).toArray());
  }

  private Slope[] ofElements(String array) {
    int size = slopes.start().get(array).values().length;
    // Within 0.5% of a twentieth of the norm: that of some hundred elements is within 1% then.
    double scale = told / 20;
    return IntStream.range(0, size)
        .mapToObj(i -> slopes.byElement(array, i, scale))
        .toArray(Slope[]::new);
  }

  private void requireSmooth(Slope[] all) {
    long kinks = Arrays.stream(all).filter(slope -> !slope.smooth()).count();
    if (kinks > KINKS_ALLOWED * all.length) {
      throw new AssertionError(
          "%s: the gradient cannot be checked: the loss has a kink in %d of %d elements, expected at most a tenth; is it the same each time?"
              .formatted(training, kinks, all.length));
    }
  }

  private void requireDown(String array, Slope[] ofArray) {
    int worst = -1;
    for (int i = 0; i < ofArray.length; i++) {
      Slope slope = ofArray[i];
      boolean clear =
          slope.smooth() && Math.abs(slope.value()) > 3 * slope.error() + OF_THE_NORM * told;
      boolean down = move(array, i) * slope.value() < 0;
      if (clear
          && !down
          && (worst < 0 || Math.abs(slope.value()) > Math.abs(ofArray[worst].value()))) {
        worst = i;
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          "%s: the gradient by %s is not that of the loss: expected a step down the slope of every element; worst element %s: its slope by differences of the loss is %.6g, training moved it by %.6g"
              .formatted(
                  training,
                  array,
                  slopes.nameOf(array, worst),
                  ofArray[worst].value(),
                  move(array, worst)));
    }
  }

  private double move(String array, int i) {
    return (double) moved.get(array).values()[i] - slopes.start().get(array).values()[i];
  }
}
