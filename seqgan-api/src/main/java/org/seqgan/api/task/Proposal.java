package org.seqgan.api.task;

import java.util.List;

/**
 * What a task makes of a user's own data: the options to train on them, and why.
 *
 * @param choices the options of the task, in the order in which they are to be written
 * @param findings one line each: what is in the data, what is left out and why
 * @param trainingSequences how many sequences would be trained on
 * @param sequenceLength T, in tokens
 * @param vocabularySize V, special tokens included
 */
public record Proposal(
    List<Choice> choices,
    List<String> findings,
    int trainingSequences,
    int sequenceLength,
    int vocabularySize) {
  /** Copies the lists. */
  public Proposal {
    choices = List.copyOf(choices);
    findings = List.copyOf(findings);
  }

  /**
   * An option with its value.
   *
   * @param key as in a configuration file, such as {@code sequence-length}
   * @param value a string, number, boolean, or list of those
   * @param reason one line: why this value
   */
  public record Choice(String key, Object value, String reason) {}
}
