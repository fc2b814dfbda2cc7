package org.seqgan.core.checked;

import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.task.NotationState;
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
  private final CheckedNotation notation;

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
    this.notation = new CheckedNotation(task, origin, data.vocabulary());
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
    return notation.show(tokens);
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return notation.read(beginning);
  }

  @Override
  public Optional<Tune> tune(int[] tokens) {
    return notation.tune(tokens);
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    return notation.files(tokens);
  }

  @Override
  public Optional<NotationState> notationState() {
    Optional<NotationState> state = origin.call("notationState", task::notationState);
    state.ifPresent(
        told -> {
          if (told.tokens().size() != data.vocabulary().size()) {
            throw origin.fault(
                "notationState",
                "gave %d tokens, expected the %d of the vocabulary"
                    .formatted(told.tokens().size(), data.vocabulary().size()));
          }
        });
    return state;
  }

  @Override
  public Optional<String> licence() {
    return origin.call("licence", task::licence);
  }

  @Override
  public void close() {
    origin.run("close", task::close);
  }
}
