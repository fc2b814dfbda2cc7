package org.seqgan.tasks;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.task.Task;

/** A task without an oracle that holds its sequences; a subclass says what they are to a reader. */
public abstract class SequenceTask implements Task {
  private final Contents contents;

  /**
   * A task of these contents.
   *
   * @param contents its data
   */
  protected SequenceTask(Contents contents) {
    this.contents = contents;
  }

  /**
   * What a task holds.
   *
   * @param vocabulary the tokens
   * @param training to learn from
   * @param validation to choose among models
   * @param test to report on
   * @param metrics the names of the metrics that matter, the one to chart first
   * @param provenance one line each: where the data come from and how many there are
   */
  public record Contents(
      Vocabulary vocabulary,
      Sequences training,
      Sequences validation,
      Sequences test,
      List<String> metrics,
      List<String> provenance) {
    /** Copies the lists. */
    public Contents {
      metrics = List.copyOf(metrics);
      provenance = List.copyOf(provenance);
    }
  }

  @Override
  public final Vocabulary vocabulary() {
    return contents.vocabulary();
  }

  @Override
  public final int sequenceLength() {
    return contents.training().time();
  }

  @Override
  public final Sequences training() {
    return contents.training();
  }

  @Override
  public final Sequences validation() {
    return contents.validation();
  }

  @Override
  public final Sequences test() {
    return contents.test();
  }

  @Override
  public final Optional<Policy> oracle() {
    return Optional.empty();
  }

  @Override
  public final List<String> metrics() {
    return contents.metrics();
  }

  @Override
  public final List<String> provenance() {
    return contents.provenance();
  }

  /** Nothing to free. */
  @Override
  public final void close() {}
}
