package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;

class PitchGridTest {
  private static final PitchGrid HOLD = new PitchGrid(0.4, Rests.HOLD);
  private static final PitchGrid TOKEN = new PitchGrid(0.4, Rests.TOKEN);

  private static Tune.Note key(int key, double start, double seconds) {
    return new Tune.Note(Keyboard.midi(key), start, seconds);
  }

  @Test
  void itTakesThePitchThatSoundsAtEachStep() {
    assertThat(HOLD.tokens(List.of(key(40, 0, 0.5), key(42, 0.5, 0.25), key(44, 0.75, 0.9))))
        .as("at 0, 0.4, 0.8, 1.2 and 1.6 s")
        .containsExactly(40, 40, 44, 44, 44);
  }

  @Test
  void aNoteThatStartsAtAStepSoundsThereAndOneThatEndsThereDoesNot() {
    assertThat(HOLD.tokens(List.of(key(40, 0, 0.4), key(42, 0.4, 0.4)))).containsExactly(40, 42);
    double thirdStep = 0.4 + 0.4 + 0.4;
    assertThat(HOLD.tokens(List.of(key(40, 0, thirdStep), key(42, thirdStep, 0.4))))
        .containsExactly(40, 40, 40, 42);
  }

  @Test
  void itTakesTheHighestOfSeveral() {
    assertThat(HOLD.tokens(List.of(key(40, 0, 1), key(44, 0, 0.5), key(42, 0, 1))))
        .containsExactly(44, 44, 42);
  }

  @Test
  void aSilenceIsThePitchBeforeOrARest() {
    List<Tune.Note> notes = List.of(key(40, 0, 0.3), key(42, 1.2, 0.3));
    assertThat(HOLD.tokens(notes)).containsExactly(40, 40, 40, 42);
    assertThat(TOKEN.tokens(notes)).containsExactly(40, 0, 0, 42);
  }

  @Test
  void theFirstNoteIsTheBeginning() {
    assertThat(TOKEN.tokens(List.of(key(40, 7.3, 0.8)))).containsExactly(40, 40);
    assertThat(TOKEN.tokens(List.of())).isEmpty();
  }
}
