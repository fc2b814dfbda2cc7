package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;

/**
 * Tunes of one pitch per step. Tokens are those of {@link org.seqgan.tasks.music.song.Keyboard}.
 *
 * @param licence of the data, where it is known
 */
record MusicTask(TaskData data, MusicNotation notation, Optional<String> licence) implements Task {
  private static final List<String> METRICS =
      List.of(
          "bleu-4", TuneMseProvider.NAME, "nll-gen", "self-bleu-4", "distinct-sequences", "copied");

  /**
   * Cuts and divides tunes.
   *
   * @param origin a line that says where they come from
   * @param licence of the tunes, where it is known
   * @throws org.seqgan.api.UserException if there are too few
   */
  static MusicTask of(
      Library library, MusicOptions options, String origin, Optional<String> licence) {
    Melodies melodies = Melodies.of(library, options);
    Melodies.Sets sets = melodies.split();
    List<String> provenance = new ArrayList<>(List.of(origin));
    provenance.addAll(melodies.account());
    provenance.add(
        "%d tunes, divided at random: %d training, %d validation and %d test sequences of %d tokens"
            .formatted(
                melodies.tunes(),
                sets.training().count(),
                sets.validation().count(),
                sets.test().count(),
                options.sequenceLength()));
    return new MusicTask(
        new TaskData(
            MusicNotation.VOCABULARY,
            sets.training(),
            sets.validation(),
            sets.test(),
            METRICS,
            provenance),
        new MusicNotation(options.reading().grid()),
        licence);
  }

  /** Seconds between two tokens. */
  double step() {
    return notation.grid().step();
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
    return Optional.of(notation.state());
  }
}
