package org.seqgan.tasks.music;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.SpacedTokens;
import org.seqgan.tasks.music.abc.AbcWriter;
import org.seqgan.tasks.music.midi.MidiWriter;
import org.seqgan.tasks.music.song.Keyboard;

/** Tunes of one pitch per step. Tokens are those of {@link Keyboard}. */
record MusicTask(TaskData data, PitchGrid grid) implements Task {
  private static final List<String> METRICS =
      List.of(
          "bleu-4", TuneMseProvider.NAME, "nll-gen", "self-bleu-4", "distinct-sequences", "copied");

  /**
   * Cuts and divides tunes.
   *
   * @param origin a line that says where they come from
   * @throws org.seqgan.api.UserException if there are too few
   */
  static MusicTask of(Library library, MusicOptions options, String origin) {
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
    Vocabulary vocabulary = Vocabulary.fixedLength(Keyboard.TOKENS, Keyboard.REST);
    return new MusicTask(
        new TaskData(
            vocabulary, sets.training(), sets.validation(), sets.test(), METRICS, provenance),
        options.reading().grid());
  }

  /** Seconds between two tokens. */
  double step() {
    return grid.step();
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Keyboard::name).collect(Collectors.joining(" "));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(SpacedTokens.read(beginning, MusicTask::token));
  }

  private static int token(String name) {
    return Keyboard.token(name)
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.CONFIGURATION,
                    "'%s' is no key of the piano; expected names with spaces between them, such as C4 for middle C, F#5, and - for a rest"
                        .formatted(name)));
  }

  @Override
  public Optional<Tune> tune(int[] tokens) {
    return Optional.of(grid.tune(tokens));
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("mid", MidiWriter.bytes(grid.tune(tokens), grid.step()));
    files.put("abc", AbcWriter.text(tokens, grid.step()).getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
