package org.seqgan.core.checked;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.Tune;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's task, checked once when it is opened: there is something to learn from, and all its
 * sequences are of its length and of tokens of its vocabulary.
 */
public final class CheckedTask implements Task {
  private final Task task;
  private final PluginOrigin origin;
  private final Vocabulary vocabulary;
  private final int sequenceLength;
  private final Sequences training;
  private final Sequences validation;
  private final Sequences test;
  private final Optional<Policy> oracle;

  /**
   * Checks a task.
   *
   * @param task closed with this; the caller's to close where it is refused
   * @param origin the plugin that opened it
   * @throws org.seqgan.api.UserException of kind {@code PLUGIN} if it is not as {@link Task} says
   */
  public CheckedTask(Task task, PluginOrigin origin) {
    this.task = task;
    this.origin = origin;
    this.vocabulary = origin.call("vocabulary", task::vocabulary);
    this.sequenceLength = origin.call("sequenceLength", task::sequenceLength);
    this.training = data("training", task::training);
    this.validation = data("validation", task::validation);
    this.test = data("test", task::test);
    if (training.count() == 0) {
      throw origin.fault("training", "gave no sequences, expected at least one");
    }
    this.oracle = origin.call("oracle", task::oracle).map(this::checked);
  }

  private Sequences data(String method, Supplier<Sequences> data) {
    Sequences sequences = origin.call(method, data);
    if (sequences.count() > 0 && sequences.time() != sequenceLength) {
      throw origin.fault(
          method,
          "gave sequences of %d positions, expected %d as sequenceLength says"
              .formatted(sequences.time(), sequenceLength));
    }
    vocabulary
        .misfit(sequences)
        .ifPresent(
            misfit -> {
              throw origin.fault(method, "gave " + misfit);
            });
    return sequences;
  }

  private Policy checked(Policy given) {
    return given instanceof CheckedPolicy
        ? given
        : new CheckedPolicy(given, origin, vocabulary, sequenceLength);
  }

  /** A task as its plugin opened it, for the plugin's own kind. */
  static Task asOpened(Task task) {
    return task instanceof CheckedTask checked ? checked.task : task;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int sequenceLength() {
    return sequenceLength;
  }

  @Override
  public Sequences training() {
    return training;
  }

  @Override
  public Sequences validation() {
    return validation;
  }

  @Override
  public Sequences test() {
    return test;
  }

  @Override
  public Optional<Policy> oracle() {
    return oracle;
  }

  @Override
  public String show(int[] tokens) {
    return origin.call("show", () -> task.show(tokens));
  }

  @Override
  public Optional<Tune> tune(int[] tokens) {
    return origin.call("tune", () -> task.tune(tokens));
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    return origin.call("files", () -> task.files(tokens));
  }

  @Override
  public List<String> metrics() {
    return origin.call("metrics", task::metrics);
  }

  @Override
  public List<String> provenance() {
    return origin.call("provenance", task::provenance);
  }

  @Override
  public void close() {
    origin.run("close", task::close);
  }
}
