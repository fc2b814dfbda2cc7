package org.seqgan.core.portable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;

/**
 * The task of a model that travels: it shows and reads sequences, and has none itself.
 *
 * @param data three empty sets
 * @param notation made by the task's plugin
 * @param state what of
 */
record RestoredTask(TaskData data, Notation notation, NotationState state, Optional<String> licence)
    implements Task {
  static RestoredTask of(PortableModel model, Notation notation, List<String> metrics) {
    Sequences none = Sequences.ofFullLength(new int[0], model.sequenceLength());
    return new RestoredTask(
        new TaskData(
            model.vocabulary(), none, none, none, metrics, model.provenance().data().lines()),
        notation,
        model.notation(),
        model.provenance().licence().data());
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
    return Optional.of(state);
  }
}
