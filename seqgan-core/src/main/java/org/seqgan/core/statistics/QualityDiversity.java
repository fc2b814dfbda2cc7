package org.seqgan.core.statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seqgan.api.metric.Better;

/**
 * Quality against diversity of one method: for each seed the path that its generator draws when it
 * is sampled at several temperatures (Caccia et al., "Language GANs Falling Short", ICLR 2020).
 *
 * <p>Between two neighbouring temperatures a path is a straight line, and it ends at the outermost
 * ones: nothing is extrapolated. Where it comes back to a diversity (which need not rise with the
 * temperature), the better quality counts, so that every method is taken at its best temperature.
 * Whether more or less of the diversity's number is better plays no part: qualities are compared at
 * equal diversity.
 *
 * @param better which way quality is better, not {@link Better#NEITHER}
 * @param paths one for each seed
 */
public record QualityDiversity(Better better, List<Path> paths) {
  /** Copies the list. */
  public QualityDiversity {
    if (better == Better.NEITHER) {
      throw new IllegalArgumentException("a quality is better one way or the other");
    }
    paths = List.copyOf(paths);
  }

  /**
   * A generator at a temperature.
   *
   * @param temperature what the logits were divided by
   * @param diversity a finite number
   * @param quality a finite number
   */
  public record Point(double temperature, double diversity, double quality) {
    /** Checks that it can be drawn. */
    public Point {
      if (!Double.isFinite(temperature)
          || !Double.isFinite(diversity)
          || !Double.isFinite(quality)) {
        throw new IllegalArgumentException(
            "expected finite numbers, found diversity %s and quality %s at temperature %s"
                .formatted(diversity, quality, temperature));
      }
    }
  }

  /**
   * The points of one generator.
   *
   * @param seed of its training
   * @param points at least one, by temperature upwards
   */
  public record Path(long seed, List<Point> points) {
    /** Sorts the points. */
    public Path {
      if (points.isEmpty()) {
        throw new IllegalArgumentException("a path has at least one point");
      }
      points = points.stream().sorted(Comparator.comparingDouble(Point::temperature)).toList();
    }

    /** The diversities that it reaches. */
    public Interval diversities() {
      return new Interval(
          points.stream().mapToDouble(Point::diversity).min().orElseThrow(),
          points.stream().mapToDouble(Point::diversity).max().orElseThrow());
    }

    /** The quality at a diversity, the better one of several; empty where it is not reached. */
    public OptionalDouble qualityAt(double diversity, Better better) {
      // Of an upright line the ends are all that counts, and they are points.
      DoubleStream at =
          points.stream().filter(p -> p.diversity() == diversity).mapToDouble(Point::quality);
      DoubleStream between =
          lines().filter(line -> line.passes(diversity)).mapToDouble(line -> line.at(diversity));
      DoubleStream reached = DoubleStream.concat(at, between);
      return better == Better.HIGHER ? reached.max() : reached.min();
    }

    private Stream<Line> lines() {
      return IntStream.range(1, points.size())
          .mapToObj(i -> new Line(points.get(i - 1), points.get(i)));
    }

    /**
     * The area under the path, of the better quality where it comes back: quality times diversity,
     * negative where the quality is.
     *
     * @param range of diversities, within {@link #diversities()}
     */
    public double area(Interval range, Better better) {
      requireReaches(range);
      List<Double> cuts = List.copyOf(cuts(range));
      double area = 0;
      for (int i = 1; i < cuts.size(); i++) {
        // One line is the best from cut to cut, and its mean is that in the middle.
        double middle = (cuts.get(i - 1) + cuts.get(i)) / 2;
        area += (cuts.get(i) - cuts.get(i - 1)) * qualityAt(middle, better).orElseThrow();
      }
      return area;
    }

    /** Where a line begins or ends or crosses another, and both ends of the range. */
    private TreeSet<Double> cuts(Interval range) {
      TreeSet<Double> cuts = new TreeSet<>();
      points.forEach(point -> cuts.add(point.diversity()));
      List<Line> lines = lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        for (int j = 0; j < i; j++) {
          lines.get(i).crossing(lines.get(j)).ifPresent(cuts::add);
        }
      }
      cuts.removeIf(cut -> cut < range.low() || cut > range.high());
      cuts.add(range.low());
      cuts.add(range.high());
      return cuts;
    }

    /**
     * The mean quality over a range of diversities: area over width, or the quality where it has no
     * width.
     */
    public double meanQuality(Interval range, Better better) {
      double width = range.high() - range.low();
      requireReaches(range);
      return width == 0
          ? qualityAt(range.low(), better).orElseThrow()
          : area(range, better) / width;
    }

    private void requireReaches(Interval range) {
      Interval own = diversities();
      if (range.low() < own.low() || range.high() > own.high()) {
        throw new IllegalArgumentException(
            "a path of diversities %s to %s does not reach %s to %s"
                .formatted(own.low(), own.high(), range.low(), range.high()));
      }
    }
  }

  /** From one temperature to the next. */
  private record Line(Point from, Point to) {
    /** Whether a diversity lies between the ends, and is not that of one. */
    boolean passes(double diversity) {
      return Math.min(from.diversity, to.diversity) < diversity
          && diversity < Math.max(from.diversity, to.diversity);
    }

    /** The quality at a diversity that it passes. */
    double at(double diversity) {
      return from.quality + slope() * (diversity - from.diversity);
    }

    private double slope() {
      return (to.quality - from.quality) / (to.diversity - from.diversity);
    }

    private boolean isUpright() {
      return from.diversity == to.diversity;
    }

    OptionalDouble crossing(Line other) {
      if (isUpright() || other.isUpright() || slope() == other.slope()) {
        return OptionalDouble.empty();
      }
      double diversity =
          (other.from.quality
                  - from.quality
                  + slope() * from.diversity
                  - other.slope() * other.from.diversity)
              / (slope() - other.slope());
      return passes(diversity) && other.passes(diversity)
          ? OptionalDouble.of(diversity)
          : OptionalDouble.empty();
    }
  }

  /** The diversities that all of some paths reach; empty where there are none. */
  public static Optional<Interval> shared(Collection<Path> paths) {
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    double low = paths.stream().mapToDouble(path -> path.diversities().low()).max().orElseThrow();
    double high = paths.stream().mapToDouble(path -> path.diversities().high()).min().orElseThrow();
    return low <= high ? Optional.of(new Interval(low, high)) : Optional.empty();
  }

  /** The mean quality of each path over a range that all reach, in their order. */
  public double[] meanQualities(Interval range) {
    return paths.stream().mapToDouble(path -> path.meanQuality(range, better)).toArray();
  }

  /**
   * This method against another at equal diversity, over the diversities that all paths of both
   * reach.
   *
   * @throws IllegalArgumentException if quality is better the other way there
   */
  public Dominance against(QualityDiversity baseline) {
    if (better != baseline.better) {
      throw new IllegalArgumentException("two qualities of different directions");
    }
    List<Path> all = new ArrayList<>(paths);
    all.addAll(baseline.paths);
    Optional<Interval> range = shared(all);
    if (paths.isEmpty() || baseline.paths.isEmpty() || range.isEmpty()) {
      return new Dominance(Optional.empty(), new NotTestable(reason(baseline)));
    }
    TestResult mean = WelchTest.of(meanQualities(range.get()), baseline.meanQualities(range.get()));
    return new Dominance(range, mean);
  }

  private String reason(QualityDiversity baseline) {
    Optional<Interval> own = shared(paths);
    Optional<Interval> other = shared(baseline.paths);
    if (own.isEmpty() || other.isEmpty()) {
      return "the seeds of one of them have no diversity in common";
    }
    return String.format(
        Locale.ROOT,
        "no diversity is reached by all: %.4g to %.4g of the one and %.4g to %.4g of the other",
        own.get().low(),
        own.get().high(),
        other.get().low(),
        other.get().high());
  }
}
