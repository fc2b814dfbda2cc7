package org.seqgan.api.metric;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.UserException;

/**
 * What has to be equal in two scores before they may be compared.
 *
 * @param metric the score's name, such as {@code bleu-2}
 * @param references what it was measured against, in words; empty where it needs nothing
 * @param referenceCount how many sequences those are. BLEU rises with it, distinct-n falls with it
 * @param smoothing of counts of zero; empty where nothing is smoothed
 * @param tokenisation what counts as one token
 * @param version of the implementation: raised by whatever changes its values
 */
public record ScoreIdentity(
    String metric,
    String references,
    int referenceCount,
    String smoothing,
    String tokenisation,
    int version) {

  /**
   * Refuses unlike scores.
   *
   * @throws UserException (data) that names every difference
   */
  public void requireComparable(ScoreIdentity other) {
    List<String> differences = new ArrayList<>();
    difference("metric", metric, other.metric, differences);
    difference("references", references, other.references, differences);
    difference("number of references", referenceCount, other.referenceCount, differences);
    difference("smoothing", smoothing, other.smoothing, differences);
    difference("tokenisation", tokenisation, other.tokenisation, differences);
    difference("version", version, other.version, differences);
    if (!differences.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "scores of "
              + metric
              + " cannot be compared: "
              + String.join("; ", differences)
              + "; measure both in the same way");
    }
  }

  private static void difference(String what, Object one, Object two, List<String> differences) {
    if (!one.equals(two)) {
      differences.add(what + " '" + one + "' and '" + two + "'");
    }
  }
}
