package org.seqgan.core.checked;

import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's task, checked once when it is opened: there is something to learn from, and all its
 * sequences are of its length and of tokens of its vocabulary.
 */
public final class CheckedTask implements Task {
  private final Task task;
  private final PluginOrigin origin;
  private final TaskData data;
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
    this.data = origin.call("data", task::data);
    requireFit("data().training", data.training());
    requireFit("data().validation", data.validation());
    requireFit("data().test", data.test());
    if (data.training().count() == 0) {
      throw origin.fault("data().training", "gave no sequences, expected at least one");
    }
    this.oracle = origin.call("oracle", task::oracle).map(this::checked);
  }

  private void requireFit(String set, Sequences sequences) {
    if (sequences.count() > 0 && sequences.time() != data.sequenceLength()) {
      throw origin.fault(
          set,
          "gave sequences of %d positions, expected %d as those to train on have"
              .formatted(sequences.time(), data.sequenceLength()));
    }
    data.vocabulary()
        .misfit(sequences)
        .ifPresent(
            misfit -> {
              throw origin.fault(set, "gave " + misfit);
            });
  }

  private Policy checked(Policy given) {
    return given instanceof CheckedPolicy
        ? given
        : new CheckedPolicy(given, origin, data.vocabulary(), data.sequenceLength());
  }

  /** A task as its plugin opened it, for the plugin's own kind. */
  static Task asOpened(Task task) {
    return task instanceof CheckedTask checked ? checked.task : task;
  }

  @Override
  public TaskData data() {
    return data;
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
  public Optional<int[]> read(String beginning) {
    Optional<int[]> read = origin.call("read", () -> task.read(beginning));
    read.ifPresent(this::requireBeginning);
    return read;
  }

  /** Every token may stand before others. */
  private void requireBeginning(int[] tokens) {
    int end = data.vocabulary().endToken().orElse(-1);
    for (int token : tokens) {
      if (token < 0 || token >= data.vocabulary().size() || token == end) {
        throw origin.fault(
            "read",
            "gave token %d, expected 0 to %d and no end token"
                .formatted(token, data.vocabulary().size() - 1));
      }
    }
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
  public void close() {
    origin.run("close", task::close);
  }
}
