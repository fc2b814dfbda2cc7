package org.seqgan.tasks;

import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;

/**
 * The ids of a {@link Split}, none of whose sequences is in two sets. Different items may have the
 * same ids, because all rare tokens are {@link TokenTable#UNKNOWN}: a test item that differs from a
 * training item in those alone would measure what was learnt by heart.
 *
 * @param training as it was, repeats and all
 * @param validation what is not in training
 * @param test what is in neither
 * @param removed how many of the last two an earlier set has
 */
public record EncodedSplit(Sequences training, Sequences validation, Sequences test, int removed) {
  /**
   * Removes from validation and test what an earlier set has. The others stay, in their order.
   *
   * @param data whose they are, for the error
   * @throws UserException (data) if nothing is left of one
   */
  public static EncodedSplit of(
      Sequences training, Sequences validation, Sequences test, String data) {
    Set<IntBuffer> heldOut =
        Stream.of(validation, test).flatMap(EncodedSplit::rows).collect(Collectors.toSet());
    // Of the training set, which is large, only what matters is kept.
    Set<IntBuffer> earlier =
        rows(training).filter(heldOut::contains).collect(Collectors.toCollection(HashSet::new));
    Sequences validated = without(validation, earlier, "validation", data);
    rows(validated).forEach(earlier::add);
    Sequences tested = without(test, earlier, "test", data);
    int before = validation.count() + test.count();
    return new EncodedSplit(
        training, validated, tested, before - validated.count() - tested.count());
  }

  private static Stream<IntBuffer> rows(Sequences sequences) {
    return IntStream.range(0, sequences.count()).mapToObj(i -> row(sequences, i));
  }

  /** A row with its padding, which is the same for the same tokens. */
  private static IntBuffer row(Sequences sequences, int i) {
    return IntBuffer.wrap(sequences.tokens(), i * sequences.time(), sequences.time());
  }

  private static Sequences without(
      Sequences set, Set<IntBuffer> earlier, String name, String data) {
    int[] kept =
        IntStream.range(0, set.count()).filter(i -> !earlier.contains(row(set, i))).toArray();
    if (kept.length == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected at least one sequence for %s that no other set has, found none once rare tokens are %s: give more data or a smaller minimum-count"
              .formatted(data, name, TokenTable.UNKNOWN));
    }
    return kept.length == set.count() ? set : set.select(kept);
  }

  /** How many were removed, to be put behind the sizes of the sets; empty if none were. */
  public String removedNote() {
    return removed == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "; removed from validation and test: %,d that %s from one of an earlier set in %s alone",
            removed,
            removed == 1 ? "differs" : "differ",
            TokenTable.UNKNOWN);
  }
}
