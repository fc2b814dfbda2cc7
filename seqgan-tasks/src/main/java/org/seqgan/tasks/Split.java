package org.seqgan.tasks;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;

/**
 * Items divided at random into three sets, none of them empty.
 *
 * @param training to learn from
 * @param validation to choose among models
 * @param test to report on
 * @param <T> the type of an item
 */
public record Split<T>(List<T> training, List<T> validation, List<T> test) {
  /** Copies the lists. */
  public Split {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Shuffles and divides. The items should be distinct, so that no test item was trained on.
   *
   * @param items at least 3
   * @param validationShare of all items, 0 to 1; at least one item is taken
   * @param testShare of all items, 0 to 1; at least one item is taken
   * @param what the items are, for the error, in the plural
   * @param seed of the shuffling; the same seed divides the same items in the same way
   * @throws UserException (data) if there are too few items for three sets
   */
  public static <T> Split<T> of(
      List<T> items, double validationShare, double testShare, String what, long seed) {
    int validation = share(items.size(), validationShare);
    int test = share(items.size(), testShare);
    int training = items.size() - validation - test;
    if (training < 1) {
      throw new UserException(
          UserException.Kind.DATA,
          "%d different %s cannot be divided into training, validation (%s) and test (%s): give more data or smaller shares"
              .formatted(items.size(), what, validationShare, testShare));
    }
    int[] order = RandomStream.of(seed).split("split").permutation(items.size());
    List<T> shuffled = Arrays.stream(order).mapToObj(items::get).toList();
    return new Split<>(
        shuffled.subList(0, training),
        shuffled.subList(training, training + validation),
        shuffled.subList(training + validation, items.size()));
  }

  private static int share(int count, double share) {
    return Math.max(1, (int) Math.round(count * share));
  }
}
