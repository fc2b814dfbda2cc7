package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.task.Tune;

/** Gives sounds their times, and makes one note of tied ones. */
final class AbcPerformance {
  private static final double SECONDS_PER_MINUTE = 60;
  private static final double LONGEST_HOURS = 2;
  private static final double SAME_TIME = 1e-6;

  private final AbcLine first;
  private final List<Tune.Note> notes = new ArrayList<>();
  private final Map<Integer, Integer> tied = new HashMap<>();
  private double secondsPerWhole;
  private double now;

  /**
   * Silence.
   *
   * @param first the first line of the tune, for errors
   * @param wholesPerMinute the tempo at the beginning
   */
  AbcPerformance(AbcLine first, double wholesPerMinute) {
    this.first = first;
    this.secondsPerWhole = SECONDS_PER_MINUTE / wholesPerMinute;
  }

  /** The notes of events whose repeats are played out. */
  List<Tune.Note> play(List<AbcEvent> events) {
    for (AbcEvent event : events) {
      if (event instanceof AbcEvent.Tempo tempo) {
        secondsPerWhole = SECONDS_PER_MINUTE / tempo.wholesPerMinute();
      } else if (event instanceof AbcEvent.Sound sound) {
        sound(sound);
      }
    }
    return List.copyOf(notes);
  }

  private void sound(AbcEvent.Sound sound) {
    Map<Integer, Integer> open = Map.copyOf(tied);
    tied.clear();
    for (AbcEvent.Note note : sound.notes()) {
      int index = start(note, open.getOrDefault(note.pitch(), -1));
      if (note.tied()) {
        tied.put(note.pitch(), index);
      }
    }
    now += sound.length().toDouble() * secondsPerWhole;
    if (now > LONGEST_HOURS * 3600) {
      throw first.error("this tune lasts more than " + LONGEST_HOURS + " hours");
    }
  }

  /** The place of the note, which is the one that is tied to it if that ends now. */
  private int start(AbcEvent.Note note, int tiedTo) {
    double seconds = note.length().toDouble() * secondsPerWhole;
    if (tiedTo >= 0) {
      Tune.Note begun = notes.get(tiedTo);
      if (Math.abs(begun.start() + begun.seconds() - now) < SAME_TIME) {
        notes.set(tiedTo, new Tune.Note(begun.pitch(), begun.start(), begun.seconds() + seconds));
        return tiedTo;
      }
    }
    notes.add(new Tune.Note(note.pitch(), now, seconds));
    return notes.size() - 1;
  }
}
