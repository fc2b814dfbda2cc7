package org.seqgan.testkit;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;

/**
 * What can be said of a training step by an optimiser that the contract does not know: from its
 * initial state it moves every parameter down the slope of the loss, and the norm that it tells is
 * that of all slopes. Slower than {@link GradientCheck}, since every element needs a slope of its
 * own, and blind to a factor that the gradient of one array is wrong by, but for the norm. Of an
 * array of more than a hundred elements, a hundred are looked at, and then the norm must be at
 * least that of what was seen.
 */
final class DescentCheck {
  private static final int MOST_ELEMENTS = 100;
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

  /** An element and its slope. */
  private record Element(String array, int index, Slope slope) {}

  /** Names the array and the element, or the norms. */
  void require() {
    Map<String, List<Element>> all = new LinkedHashMap<>();
    slopes.start().names().forEach(array -> all.put(array, elementsOf(array)));
    requireSmooth(all.values().stream().flatMap(List::stream).toList());
    all.values().forEach(this::requireDown);
    requireNorm(all);
  }

  private List<Element> elementsOf(String array) {
    // Within 1% of a twentieth of the norm: that of some hundreds of elements is within 1% then.
    double scale = told / 20;
    return Arrays.stream(slopes.elements(array, MOST_ELEMENTS))
        .mapToObj(i -> new Element(array, i, slopes.byElement(array, i, scale)))
        .toList();
  }

  private void requireSmooth(List<Element> all) {
    long kinks = all.stream().filter(element -> !element.slope().smooth()).count();
    if (kinks > KINKS_ALLOWED * all.size()) {
      throw new AssertionError(
          "%s: the gradient cannot be checked: the loss has a kink in %d of %d elements, expected at most a tenth; is it the same each time?"
              .formatted(training, kinks, all.size()));
    }
  }

  private void requireDown(List<Element> ofArray) {
    ofArray.stream()
        .filter(this::isClear)
        .filter(element -> !(move(element) * element.slope().value() < 0))
        .max(Comparator.comparingDouble(element -> Math.abs(element.slope().value())))
        .ifPresent(
            worst -> {
              throw new AssertionError(
                  "%s: the gradient by %s is not that of the loss: expected a step down the slope of every element; worst element %s: its slope by differences of the loss is %.6g, training moved it by %.6g"
                      .formatted(
                          training,
                          worst.array(),
                          slopes.nameOf(worst.array(), worst.index()),
                          worst.slope().value(),
                          move(worst)));
            });
  }

  /** Whether a slope has a sign that rounding cannot have changed. */
  private boolean isClear(Element element) {
    Slope slope = element.slope();
    return slope.smooth() && Math.abs(slope.value()) > 3 * slope.error() + OF_THE_NORM * told;
  }

  private double move(Element element) {
    return (double) moved.get(element.array()).values()[element.index()]
        - slopes.start().get(element.array()).values()[element.index()];
  }

  private void requireNorm(Map<String, List<Element>> all) {
    List<Element> together = all.values().stream().flatMap(List::stream).toList();
    boolean everyElement =
        together.size()
            == slopes.start().arrays().values().stream().mapToInt(a -> a.values().length).sum();
    double expected = norm(together);
    double error = LossSlopes.norm(together.stream().mapToDouble(e -> e.slope().error()).toArray());
    double tolerance = NORM_TOLERANCE * expected + error;
    if (!(told >= expected - tolerance && (told <= expected + tolerance || !everyElement))) {
      throw new AssertionError(
          "%s: expected %s%.6g for the norm of all gradients together, before clipping, found %.6g (tolerance %.2g); by differences of the loss, that of each array is %s%s"
              .formatted(
                  training,
                  everyElement ? "" : "at least ",
                  expected,
                  told,
                  tolerance,
                  everyElement ? "" : "at least ",
                  all.entrySet().stream()
                      .map(e -> "%s %.6g".formatted(e.getKey(), norm(e.getValue())))
                      .collect(joining(", "))));
    }
  }

  private static double norm(List<Element> elements) {
    return LossSlopes.norm(elements.stream().mapToDouble(e -> e.slope().value()).toArray());
  }
}
