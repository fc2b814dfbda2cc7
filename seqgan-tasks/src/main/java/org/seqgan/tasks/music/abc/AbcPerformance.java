package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.task.Tune;

/** Gives sounds their times, and makes one note of tied ones. */
final class AbcPerformance {
  private static final double LONGEST_HOURS = 2;
  private static final double SAME_TIME = 1e-6;

  private final AbcLine first;
  private final AbcClock clock;
  private final List<Tune.Note> notes = new ArrayList<>();
  private final Map<Integer, Integer> tied = new HashMap<>();
  private double place; // in whole notes
  private double now;

  /**
   * Silence.
   *
   * @param first the first line of the tune, for errors
   * @param clock of the tune
   */
  AbcPerformance(AbcLine first, AbcClock clock) {
    this.first = first;
    this.clock = clock;
  }

  /** The notes of events whose repeats are played out. */
  List<Tune.Note> play(List<AbcEvent> events) {
    for (AbcEvent event : events) {
      if (event instanceof AbcEvent.Sound sound) {
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
    double length = sound.length().toDouble();
    now += clock.seconds(place, length);
    place += length;
    if (now > LONGEST_HOURS * 3600) {
      throw first.error("this tune lasts more than " + LONGEST_HOURS + " hours");
    }
  }

  /** The place of the note, which is the one that is tied to it if that ends now. */
  private int start(AbcEvent.Note note, int tiedTo) {
    double seconds = clock.seconds(place, note.length().toDouble());
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
