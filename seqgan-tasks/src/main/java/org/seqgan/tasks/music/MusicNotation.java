package org.seqgan.tasks.music;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.Saved;
import org.seqgan.tasks.SpacedTokens;
import org.seqgan.tasks.music.abc.AbcWriter;
import org.seqgan.tasks.music.midi.MidiWriter;
import org.seqgan.tasks.music.song.Keyboard;

/**
 * Tunes of one pitch per step: names of notes, sounding notes, and files of both formats.
 *
 * @param grid how long a step is, and what a rest
 */
record MusicNotation(PitchGrid grid) implements Notation {
  static final Vocabulary VOCABULARY = Vocabulary.fixedLength(Keyboard.TOKENS, Keyboard.REST);

  private static final String STEP = "step";
  private static final String RESTS = "rests";
  private static final List<String> TOKENS =
      IntStream.range(0, Keyboard.TOKENS).mapToObj(Keyboard::name).toList();

  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Keyboard::name).collect(Collectors.joining(" "));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(SpacedTokens.read(beginning, MusicNotation::token));
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

  NotationState state() {
    return new NotationState(
        TOKENS, Map.of(STEP, Double.toString(grid.step()), RESTS, Saved.word(grid.rests())));
  }

  static MusicNotation of(Vocabulary vocabulary, NotationState state) {
    Saved saved = new Saved(state.settings());
    saved.requireKeys(STEP, RESTS);
    Saved.requireTokens(TOKENS, state.tokens());
    Saved.requireVocabulary(VOCABULARY, vocabulary);
    return new MusicNotation(
        new PitchGrid(
            saved.number(STEP, MelodyReading.SHORTEST_STEP, MelodyReading.LONGEST_STEP),
            saved.choice(RESTS, Rests.class)));
  }
}
