package org.seqgan.core.metric;

import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.api.task.Task;

/** The descriptions of the built-in metrics' scores for one task. */
record Descriptions(Task task) {
  /** Raised when a change gives any built-in score another value. */
  private static final int VERSION = 1;

  static final String SAMPLES = "the samples themselves";

  /** What a score is measured against. */
  record Against(String references, int count, String smoothing) {
    static Against unsmoothed(String references, int count) {
      return new Against(references, count, "");
    }
  }

  /** A score of tokens without the one that ends a sequence. */
  ScoreDescription ofText(String name, Better better, Against against, String how) {
    boolean ends = task.data().vocabulary().endToken().isPresent();
    return description(name, better, against, ends ? ", without end tokens" : "", how);
  }

  /** A score of all tokens. */
  ScoreDescription ofTokens(String name, Better better, Against against, String how) {
    boolean ends = task.data().vocabulary().endToken().isPresent();
    return description(name, better, against, ends ? ", with end tokens" : "", how);
  }

  private ScoreDescription description(
      String name, Better better, Against against, String ends, String how) {
    String tokenisation = "ids of a vocabulary of " + task.data().vocabulary().size() + ends;
    return new ScoreDescription(
        new ScoreIdentity(
            name, against.references, against.count, against.smoothing, tokenisation, VERSION),
        better,
        how);
  }
}
