package org.seqgan.core.survey;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.event.Shown;

/**
 * Items of one source.
 *
 * @param items all of them
 * @param repeated how many of them are repetitions of others
 */
record ItemChoice(List<Shown> items, int repeated) {
  /** After so many samples for each item that is wanted, repetitions are taken. */
  private static final int PATIENCE = 20;

  /**
   * Different sequences of the test set.
   *
   * @param least how many there must be, where there are not {@code count}
   */
  static ItemChoice real(Task task, int least, int count, RandomStream stream) {
    Sequences test = task.data().test();
    Set<Shown> chosen = new LinkedHashSet<>();
    for (int row : stream.permutation(test.count())) {
      chosen.add(Shown.of(task, test.row(row)));
      if (chosen.size() == count) {
        break;
      }
    }
    if (chosen.size() >= least) {
      return new ItemChoice(List.copyOf(chosen), 0);
    }
    throw new UserException(
        UserException.Kind.CONFIGURATION,
        "expected at most as many items of each source as the test set has different sequences,"
            + " %d, found %d; ask for fewer with --items".formatted(chosen.size(), least));
  }

  /** Samples of a generator, different ones as far as it writes them. */
  static ItemChoice generated(
      Task task, SurveyBuilder.Writer writer, Decoding decoding, int count, RandomStream stream) {
    Set<Shown> different = new LinkedHashSet<>();
    List<Shown> again = new ArrayList<>();
    for (int turn = 0; turn < PATIENCE && different.size() < count; turn++) {
      Sequences samples = writer.write(count, decoding, stream);
      for (int i = 0; i < count && different.size() < count; i++) {
        Shown shown = Shown.of(task, samples.row(i));
        if (!different.add(shown)) {
          again.add(shown);
        }
      }
    }
    int missing = count - different.size();
    List<Shown> items = new ArrayList<>(different);
    items.addAll(again.subList(0, missing));
    return new ItemChoice(List.copyOf(items), missing);
  }

  /** How many items are among some sequences. */
  long among(Set<Shown> sequences) {
    return items.stream().filter(sequences::contains).count();
  }
}
