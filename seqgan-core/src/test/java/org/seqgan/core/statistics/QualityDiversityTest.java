package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.metric.Better;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.statistics.QualityDiversity.Path;
import org.seqgan.core.statistics.QualityDiversity.Point;

@DisplayName("Quality and diversity")
class QualityDiversityTest {
  /** Diversity and quality by turns, at temperatures 1, 2, 3... */
  private static Path path(long seed, double... numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Point(1 + i / 2.0, numbers[i], numbers[i + 1]));
    }
    return new Path(seed, points);
  }

  // ---- a path ----

  @Test
  void isStraightBetweenItsPointsAndEndsAtTheOutermost() {
    Path path = path(1, 1, 10, 3, 20, 4, 0);
    assertThat(path.qualityAt(1, Better.HIGHER)).hasValue(10);
    assertThat(path.qualityAt(1.5, Better.HIGHER)).hasValue(12.5);
    assertThat(path.qualityAt(3, Better.LOWER)).hasValue(20);
    assertThat(path.qualityAt(3.75, Better.LOWER)).hasValue(5);
    assertThat(path.qualityAt(4, Better.LOWER)).hasValue(0);
    assertThat(path.qualityAt(0.99, Better.HIGHER)).isEqualTo(OptionalDouble.empty());
    assertThat(path.qualityAt(4.01, Better.HIGHER)).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void pointsAreInTheOrderOfTheirTemperatures() {
    Path sorted = path(1, 1, 10, 3, 20, 4, 0);
    List<Point> shuffled = new ArrayList<>(sorted.points());
    shuffled.add(0, shuffled.remove(2));
    assertThat(new Path(1, shuffled)).isEqualTo(sorted);
  }

  /** Trapezia: 2 wide of 10 and 20, 1 wide of 20 and 0. */
  @Test
  void areaIsThatOfTrapezia() {
    Path path = path(1, 1, 10, 3, 20, 4, 0);
    assertThat(path.area(new Interval(1, 4), Better.HIGHER)).isCloseTo(40, within(1e-12));
    assertThat(path.meanQuality(new Interval(1, 4), Better.HIGHER))
        .isCloseTo(40 / 3.0, within(1e-12));
    // From 2 (15) to 3 (20) and on to 3.5 (10).
    assertThat(path.area(new Interval(2, 3.5), Better.LOWER)).isCloseTo(25, within(1e-12));
  }

  @Test
  void nothingIsExtrapolated() {
    Path path = path(1, 1, 10, 3, 20);
    assertThatThrownBy(() -> path.area(new Interval(1, 3.1), Better.HIGHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of diversities 1.0 to 3.0 does not reach 1.0 to 3.1");
    assertThatThrownBy(() -> path.meanQuality(new Interval(0.5, 0.5), Better.HIGHER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Diversity 0 to 2 and back to 0: twice the way, once at 1, once rising from 0 to 4. */
  @Test
  void whereAPathComesBackTheBetterQualityCounts() {
    Path back = path(1, 0, 1, 2, 1, 2, 4, 0, 0);
    assertThat(back.qualityAt(0.25, Better.HIGHER)).hasValue(1);
    assertThat(back.qualityAt(1, Better.HIGHER)).hasValue(2);
    assertThat(back.qualityAt(1, Better.LOWER)).hasValue(1);
    assertThat(back.qualityAt(2, Better.HIGHER)).hasValue(4);
    assertThat(back.qualityAt(2, Better.LOWER)).hasValue(1);
    // They cross at 0.5: 0.5 of 1, then from 1 to 4 over 1.5.
    assertThat(back.area(new Interval(0, 2), Better.HIGHER)).isCloseTo(4.25, within(1e-12));
    // The other one of each.
    assertThat(back.area(new Interval(0, 2), Better.LOWER)).isCloseTo(1.75, within(1e-12));
  }

  /** Two temperatures of one diversity, wherever on the path they are. */
  @Test
  void ofPointsOfOneDiversityTheBetterCounts() {
    for (double[] numbers :
        List.of(
            new double[] {2, 5, 1, 3, 1, 9},
            new double[] {1, 3, 1, 9, 2, 5},
            new double[] {1, 9, 1, 3, 2, 5},
            new double[] {1, 3, 1, 9},
            new double[] {1, 9, 1, 3})) {
      Path path = path(1, numbers);
      assertThat(path.qualityAt(1, Better.HIGHER)).hasValue(9);
      assertThat(path.qualityAt(1, Better.LOWER)).hasValue(3);
    }
    Path upright = path(1, 1, 3, 1, 9);
    assertThat(upright.meanQuality(upright.diversities(), Better.HIGHER)).isEqualTo(9);
  }

  /** Beside the mean over very many diversities. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areaIsTheSumOfVeryManyStrips(long seed) {
    RandomStream stream = RandomStream.of(seed);
    double[] numbers =
        IntStream.range(0, 14).mapToDouble(i -> 2 * stream.nextUniform() - 1).toArray();
    Path path = path(seed, numbers);
    Interval range = path.diversities();
    int strips = 200_000;
    double width = (range.high() - range.low()) / strips;
    for (Better better : List.of(Better.HIGHER, Better.LOWER)) {
      double sum =
          IntStream.range(0, strips)
              .mapToDouble(
                  i -> path.qualityAt(range.low() + (i + 0.5) * width, better).orElseThrow())
              .sum();
      assertThat(path.area(range, better)).isCloseTo(sum * width, within(1e-4));
    }
  }

  @Test
  void aSinglePointHasAQualityAndNoArea() {
    Path point = path(1, 0.5, 3);
    Interval there = new Interval(0.5, 0.5);
    assertThat(point.area(there, Better.HIGHER)).isZero();
    assertThat(point.meanQuality(there, Better.HIGHER)).isEqualTo(3);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> new Point(1, Double.NaN, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found diversity NaN and quality 2.0 at temperature 1.0");
    assertThatThrownBy(() -> new Path(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QualityDiversity(Better.NEITHER, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- over seeds ----

  @Test
  void sharedIsWhatAllPathsReach() {
    Path one = path(1, 1, 0, 3, 0);
    Path two = path(2, 2, 0, 5, 0);
    assertThat(QualityDiversity.shared(List.of(one, two))).hasValue(new Interval(2, 3));
    assertThat(QualityDiversity.shared(List.of(one, two, path(3, 4, 0, 5, 0)))).isEmpty();
    assertThat(QualityDiversity.shared(List.of())).isEmpty();
  }

  /** Paths over the diversities 0 to 1, of a quality that is a function of it plus a seed's own. */
  private static QualityDiversity method(
      Better better, DoubleUnaryOperator quality, double... ofSeeds) {
    List<Path> paths = new ArrayList<>();
    for (int seed = 0; seed < ofSeeds.length; seed++) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i <= 4; i++) {
        double diversity = i / 4.0;
        points.add(new Point(0.5 + i, diversity, quality.applyAsDouble(diversity) + ofSeeds[seed]));
      }
      paths.add(new Path(seed, points));
    }
    return new QualityDiversity(better, paths);
  }

  private static Interval difference(Dominance dominance) {
    return ((WelchTest) dominance.mean()).interval();
  }

  @Test
  void theDifferenceIsOfQualitiesAtEqualDiversity() {
    QualityDiversity high = method(Better.HIGHER, d -> 2 - d, 0.01, -0.01, 0.02);
    QualityDiversity low = method(Better.HIGHER, d -> 1 - d, 0.03, -0.01, 0.01);
    Dominance dominance = high.against(low);
    assertThat(dominance.range()).hasValue(new Interval(0, 1));
    assertThat(difference(dominance).low()).isBetween(0.9, 1.0);
    assertThat(difference(dominance).high()).isBetween(1.0, 1.1);
    assertThat(difference(low.against(high)).high()).isBetween(-1.0, -0.9);
  }

  @Test
  void seedsThatVaryMoreThanMethodsDecideNothing() {
    QualityDiversity one = method(Better.HIGHER, d -> 1 - d, 1, -1, 0);
    QualityDiversity other = method(Better.HIGHER, d -> 1.1 - d, -0.9, 0.8, 0.2);
    assertThat(difference(one.against(other)).low()).isNegative();
    assertThat(difference(one.against(other)).high()).isPositive();
  }

  /** The interval is Welch's of the means over the shared range, here by hand. */
  @Test
  void theTestIsOfOneMeanForEachSeed() {
    QualityDiversity one =
        new QualityDiversity(
            Better.HIGHER, List.of(path(1, 0, 0, 4, 4), path(2, 1, 2, 5, 6), path(3, 0, 1, 3, 1)));
    QualityDiversity other =
        new QualityDiversity(Better.HIGHER, List.of(path(1, -1, 9, 3, 9), path(2, 2, 5, 9, 5)));
    Dominance dominance = one.against(other);
    assertThat(dominance.range()).hasValue(new Interval(2, 3));
    double[] means = one.meanQualities(new Interval(2, 3));
    assertThat(means).isEqualTo(new double[] {2.5, 3.5, 1});
    assertThat(dominance.mean()).isEqualTo(WelchTest.of(means, new double[] {9, 5}));
  }

  /** The baseline is not better, nor worse, for the temperatures that nobody would choose. */
  @Test
  void theBaselineIsTakenAtItsBestTemperature() {
    QualityDiversity detour =
        new QualityDiversity(
            Better.HIGHER,
            List.of(path(1, 0, 1, 1, 1, 0.5, -9, 0.9, -9), path(2, 0, 2, 1, 2, 0.5, -9, 0.9, -9)));
    QualityDiversity straight =
        new QualityDiversity(Better.HIGHER, List.of(path(1, 0, 1, 1, 1), path(2, 0, 2, 1, 2)));
    QualityDiversity method = method(Better.HIGHER, d -> 3, 0.1, 0, -0.2);
    assertThat(method.against(detour).mean()).isEqualTo(method.against(straight).mean());
  }

  @Test
  void methodsThatShareNoDiversityAreNotCompared() {
    QualityDiversity collapsed =
        new QualityDiversity(Better.HIGHER, List.of(path(1, 0, 1, 0.2, 1), path(2, 0, 1, 0.3, 1)));
    QualityDiversity varied =
        new QualityDiversity(Better.HIGHER, List.of(path(1, 0.6, 1, 1, 1), path(2, 0.7, 1, 1, 1)));
    Dominance dominance = collapsed.against(varied);
    assertThat(dominance.range()).isEmpty();
    assertThat(dominance.mean())
        .isEqualTo(
            new NotTestable(
                "no diversity is reached by all: 0.000 to 0.2000 of the one and 0.7000 to 1.000 of the other"));
    QualityDiversity torn =
        new QualityDiversity(Better.HIGHER, List.of(path(1, 0, 1, 0.2, 1), path(2, 0.6, 1, 1, 1)));
    assertThat(torn.against(varied).mean())
        .isEqualTo(new NotTestable("the seeds of one of them have no diversity in common"));
  }

  @Test
  void oneSeedIsNotTestable() {
    QualityDiversity one = method(Better.HIGHER, d -> 1, 0);
    assertThat(one.against(method(Better.HIGHER, d -> 2, 0, 0.1)).mean())
        .isInstanceOf(NotTestable.class);
  }
}
