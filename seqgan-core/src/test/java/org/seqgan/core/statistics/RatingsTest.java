package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Ratings} and {@link RatingsComparison}. */
class RatingsTest {
  private static final Ratings LIKED = ratings("1011", "1110", "0111");
  private static final Ratings DISLIKED = ratings("00100", "10001", "00010");

  /** A text for each rater, a character for each item, a dot where the rating is missing. */
  private static Ratings ratings(String... raters) {
    return new Ratings(
        Stream.of(raters)
            .map(r -> r.chars().mapToDouble(c -> c == '.' ? Double.NaN : c - '0').toArray())
            .toArray(double[][]::new));
  }

  @Test
  void countsWhatIsThere() {
    Ratings ratings = ratings("1.0.", "11..");
    assertThat(ratings.count()).isEqualTo(4);
    assertThat(ratings.items()).isEqualTo(3);
    assertThat(ratings.mean()).contains(0.75);
    assertThat(ratings("..").mean()).isEmpty();
    assertThat(ratings("..").interval()).isEmpty();
  }

  @Test
  void minFTakesItemsAndRatersForSamples() {
    // F1 = 52.5625 over raters (1, 2 df), F2 = 20.5122 over items (1, 6.1726 df), by hand; Clark's
    // min F' = F1 F2 / (F1 + F2) and its degrees of freedom; p of F by SciPy 1.17.
    double f1 = 52.5625;
    double f2 = 20.51219512195122;
    RatingsComparison.MinF test =
        assertThat(RatingsComparison.of(LIKED, DISLIKED))
            .asInstanceOf(type(RatingsComparison.MinF.class))
            .actual();
    assertThat(test.difference()).isCloseTo(0.75 - 4 / 15., within(1e-12));
    assertThat(test.t() * test.t()).isCloseTo(f1 * f2 / (f1 + f2), within(1e-9));
    assertThat(test.degreesOfFreedom()).isCloseTo(8.11573688592839, within(1e-9));
    assertThat(test.p()).isCloseTo(0.004807041912483402, within(1e-9));
    assertThat(((RatingsComparison.MinF) RatingsComparison.of(DISLIKED, LIKED)).t())
        .isEqualTo(-test.t());
  }

  @Test
  void theIntervalTakesItemsAndRatersForSamples() {
    // 4/15 +- 0.2379, by SciPy 1.17 from the variances of the means of items and raters.
    Interval interval = DISLIKED.interval().orElseThrow();
    assertThat(interval.high()).isCloseTo(4 / 15. + 0.23787091171269029, within(1e-9));
    assertThat(interval.low()).isCloseTo(Math.max(0, 4 / 15. - 0.23787091171269029), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    // Newcombe, Statistics in Medicine 17 (1998), Table I, method 3.
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void oneRaterHasWilsonsIntervalOverItems(int yes, int items, double low, double high) {
    Ratings ratings = ratings("1".repeat(yes) + "0".repeat(items - yes));
    Interval interval = ratings.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void oneRaterIsTestedByFishersExactTestOverItems() {
    // Fisher (1935): the lady who tastes tea, 3 of 4 right; 34/70 two-sided.
    assertThat(RatingsComparison.of(ratings("1110"), ratings("1000")))
        .asInstanceOf(type(RatingsComparison.Fisher.class))
        .extracting(RatingsComparison.Fisher::p)
        .satisfies(p -> assertThat(p).isCloseTo(34 / 70., within(1e-12)));
  }

  @Test
  void unanimousRatersAreTestedLikeOneBecauseTheyDoNotVary() {
    // Full separation of 4 and 4 items: 2 / C(8, 4).
    RatingsComparison test = RatingsComparison.of(ratings("1111", "1111"), ratings("0000", "0000"));
    assertThat(((RatingsComparison.Fisher) test).p()).isCloseTo(2 / 70., within(1e-12));
    assertThat(RatingsComparison.of(ratings("11", "11"), ratings("11", "11")))
        .isEqualTo(new RatingsComparison.Fisher(0, 1));
  }

  @Test
  void ratersWhoShareNoItemAreNotUnanimous() {
    // Each says the same of all items: nobody sees a difference, what differs is who rated which.
    Ratings first = ratings("111111111...", ".........000");
    Ratings second = ratings("111.........", "...000000000");
    assertThat(RatingsComparison.of(first, second))
        .isEqualTo(new RatingsComparison.Untestable("it takes items that judges have in common"));
    assertThat(RatingsComparison.of(ratings("1111111111", ".........."), ratings("..", "00")))
        .isEqualTo(new RatingsComparison.Untestable("it takes 2 judges who answered both"));
    // Means of raters 1 and 0 alone have v = 1/4: no score is left out.
    assertThat(first.interval()).contains(new Interval(0, 1));
    assertThat(ratings("11..", "..11").interval()).as("agreement that nobody saw").isEmpty();
  }

  @Test
  void ratersAreUnanimousWhereSharedItemsLeadFromEachToAll() {
    // The third shares an item with the second alone, and that one of the other source.
    Ratings first = ratings("111.", ".11.", "...1", "....");
    Ratings second = ratings("0...", "000.", "..00", "....");
    assertThat(((RatingsComparison.Fisher) RatingsComparison.of(first, second)).p())
        .isCloseTo(2 / 70., within(1e-12));
    assertThat(ratings("1110", ".11.", "..10").interval())
        .isEqualTo(ratings("1110").interval())
        .isPresent();
  }

  @Test
  void varianceOfOneKindAloneIsEnough() {
    // Items alike, raters not: F1 alone, the paired t-test of differences 0 and 1 has t = 1.
    RatingsComparison test = RatingsComparison.of(ratings("11", "11"), ratings("11", "00"));
    RatingsComparison.MinF minF = (RatingsComparison.MinF) test;
    assertThat(minF.t()).isCloseTo(1, within(1e-12));
    assertThat(minF.degreesOfFreedom()).isEqualTo(1);
    assertThat(minF.p()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void saysWhatCannotBeTested() {
    assertThat(RatingsComparison.of(ratings("11"), ratings("..")))
        .isEqualTo(new RatingsComparison.Untestable("there is no answer to one of them"));
    assertThat(RatingsComparison.of(ratings("10", "01"), ratings("11", "11")))
        .isEqualTo(new RatingsComparison.Untestable("neither items nor judges vary"));
    assertThat(RatingsComparison.of(ratings("10", "01"), ratings("01", "..")))
        .isEqualTo(new RatingsComparison.Untestable("it takes 2 judges who answered both"));
    assertThat(RatingsComparison.of(ratings("1", "0"), ratings("00", "01")))
        .isEqualTo(new RatingsComparison.Untestable("it takes 2 items of each"));
  }
}
