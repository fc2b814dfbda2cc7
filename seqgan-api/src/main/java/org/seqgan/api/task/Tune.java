package org.seqgan.api.task;

import java.util.List;

/**
 * Notes in time, as a report draws and plays them.
 *
 * @param notes by start
 */
public record Tune(List<Note> notes) {
  /** Copies the list. */
  public Tune {
    notes = List.copyOf(notes);
  }

  /**
   * A note.
   *
   * @param pitch the MIDI note number, 0 to 127; 60 is middle C
   * @param start in seconds from the beginning
   * @param seconds how long it sounds, more than 0
   */
  public record Note(int pitch, double start, double seconds) {
    /** Checks the ranges. */
    public Note {
      if (pitch < 0 || pitch > 127) {
        throw new IllegalArgumentException("no MIDI note has number " + pitch);
      }
      if (!(start >= 0) || !(seconds > 0)) {
        throw new IllegalArgumentException(
            "a note must start at 0 or later and last: " + start + " s, " + seconds + " s");
      }
    }
  }
}
