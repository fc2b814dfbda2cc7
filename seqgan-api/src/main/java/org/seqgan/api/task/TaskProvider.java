package org.seqgan.api.task;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.Provider;

/** Opens tasks. */
public interface TaskProvider<O extends Record> extends Provider<O> {
  /**
   * Loads or makes the data.
   *
   * @throws org.seqgan.api.UserException if an input is missing or malformed
   */
  Task open(TaskContext context, O options);

  /**
   * How large the task will be, where its options alone tell: so that what has no room is refused
   * before {@link #open} works for it. Empty where the data tell.
   */
  default Optional<TaskSize> size(O options) {
    return Optional.empty();
  }

  /**
   * The notation of a task whose data are not here, as {@link Task#notationState} told it when the
   * task was open.
   *
   * @param vocabulary of the task
   * @param state perhaps from a file of a stranger: V tokens, and whatever settings
   * @return empty if no notation can be had without the data
   * @throws org.seqgan.api.UserException (data) if the state is not one that the task tells
   */
  default Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.empty();
  }

  /**
   * What there is to fetch for this task, if anything. A constant, as all that a provider tells.
   */
  default Optional<Corpus> corpus() {
    return Optional.empty();
  }

  /**
   * Looks at a user's file or folder and proposes how to train on it ({@code seqgan init}).
   *
   * @param data exists and can be read
   * @return empty if this is not the kind of data that the task is for
   * @throws org.seqgan.api.UserException if it is, but nothing can be made of it
   */
  default Optional<Proposal> propose(Path data) {
    return Optional.empty();
  }

  /**
   * A reader of a user's file, by which anybody can check what the task makes of it ({@code seqgan
   * data show}). Looks at the file's name and beginning alone. Of several tasks that read a file,
   * one that {@link #propose proposes} how to train on such data comes first.
   *
   * @param formats reads formats that the program knows
   * @param file exists and can be read
   * @return empty if this is not the kind of data that the task is for
   */
  default Optional<DataReader<O>> reader(FileFormats formats, Path file) {
    return Optional.empty();
  }
}
