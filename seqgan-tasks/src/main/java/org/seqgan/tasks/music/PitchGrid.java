package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;

/**
 * A tune as one token per step of time, and back.
 *
 * @param step seconds between two tokens
 * @param rests what silence is
 */
public record PitchGrid(double step, Rests rests) {
  /** A note that starts at the very time that is looked at sounds, whatever the rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * The key that sounds at 0, 1, 2, ... steps after the first note starts, until the last one ends;
   * the highest, where several sound.
   *
   * @param notes by start, all of them on the piano
   * @return no tokens if there are no notes
   */
  int[] tokens(List<Tune.Note> notes) {
    if (notes.isEmpty()) {
      return new int[0];
    }
    double first = notes.get(0).start();
    double end =
        notes.stream().mapToDouble(note -> note.start() + note.seconds()).max().orElseThrow();
    int[] tokens = new int[(int) Math.ceil((end - first - ROUNDING) / step)];
    List<Tune.Note> sounding = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < tokens.length; i++) {
      double now = first + i * step + ROUNDING;
      while (next < notes.size() && notes.get(next).start() <= now) {
        sounding.add(notes.get(next++));
      }
      sounding.removeIf(note -> note.start() + note.seconds() <= now);
      tokens[i] = token(sounding, i == 0 ? Keyboard.REST : tokens[i - 1]);
    }
    return tokens;
  }

  private int token(List<Tune.Note> sounding, int before) {
    int silence = rests == Rests.HOLD ? before : Keyboard.REST;
    return sounding.stream().mapToInt(note -> Keyboard.key(note.pitch())).max().orElse(silence);
  }

  /** Equal neighbours are one note that is held; rests are silent. */
  public Tune tune(int[] tokens) {
    List<Tune.Note> notes = new ArrayList<>();
    int from = 0;
    while (from < tokens.length) {
      int to = from + 1;
      while (to < tokens.length && tokens[to] == tokens[from]) {
        to++;
      }
      if (tokens[from] != Keyboard.REST) {
        notes.add(new Tune.Note(Keyboard.midi(tokens[from]), from * step, (to - from) * step));
      }
      from = to;
    }
    return new Tune(notes);
  }
}
