package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.abc.Abc;
import org.seqgan.tasks.music.abc.AbcWriter;
import org.seqgan.tasks.music.midi.MidiWriter;
import org.seqgan.tasks.music.midi.Smf;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.Song;

/** A sequence that is written is read back as the same pitches. */
class RoundTripTest {
  private static final long SEED = 20_261_121;
  private static final int TRIALS = 200;

  /** Any keys, with rests in between; a rest at either end is no part of what is read back. */
  private static int[] tokens(RandomStream stream) {
    int[] tokens = new int[1 + stream.nextInt(70)];
    for (int i = 0; i < tokens.length; i++) {
      boolean same = i > 0 && stream.nextInt(3) == 0;
      tokens[i] = same ? tokens[i - 1] : stream.nextInt(Keyboard.TOKENS);
    }
    tokens[0] = Math.max(tokens[0], 1);
    tokens[tokens.length - 1] = Math.max(tokens[tokens.length - 1], 1);
    return tokens;
  }

  @ParameterizedTest(name = "steps of {0} s")
  @ValueSource(doubles = {0.4, 0.35, 0.125, 1.7})
  void midi(double step) {
    PitchGrid grid = new PitchGrid(step, Rests.TOKEN);
    RandomStream stream = RandomStream.of(SEED).split("midi");
    for (int trial = 0; trial < TRIALS; trial++) {
      int[] tokens = tokens(stream);
      byte[] file = MidiWriter.bytes(grid.tune(tokens), step);
      assertThat(grid.tokens(solo(Smf.song(file))))
          .as("seed %d, trial %d", SEED, trial)
          .isEqualTo(tokens);
    }
  }

  @ParameterizedTest(name = "steps of {0} s")
  @ValueSource(doubles = {0.4, 0.35, 0.125, 1.7})
  void abc(double step) {
    PitchGrid grid = new PitchGrid(step, Rests.TOKEN);
    RandomStream stream = RandomStream.of(SEED).split("abc");
    for (int trial = 0; trial < TRIALS; trial++) {
      int[] tokens = tokens(stream);
      String text = AbcWriter.text(tokens, step);
      assertThat(grid.tokens(solo(Abc.song(text))))
          .as("seed %d, trial %d: %s", SEED, trial, text)
          .isEqualTo(tokens);
    }
  }

  @ParameterizedTest(name = "accidentals that reach {0}")
  @ValueSource(strings = {"octave", "pitch"})
  void abcWhateverAccidentalsReach(String scope) {
    PitchGrid grid = MelodyReading.DEFAULT.grid();
    RandomStream stream = RandomStream.of(SEED).split("scope");
    for (int trial = 0; trial < TRIALS; trial++) {
      String text = AbcWriter.text(tokens(stream), 0.4);
      String directed = text.replace("K:C", "%%propagate-accidentals " + scope + "\nK:C");
      assertThat(grid.tokens(solo(Abc.song(directed))))
          .as("seed %d, trial %d: %s", SEED, trial, text)
          .isEqualTo(grid.tokens(solo(Abc.song(text))));
    }
  }

  private static List<Tune.Note> solo(Song song) {
    return song.solo(Optional.empty()).notes();
  }
}
