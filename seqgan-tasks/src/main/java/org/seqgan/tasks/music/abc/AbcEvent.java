package org.seqgan.tasks.music.abc;

import java.util.List;
import java.util.Set;

/** What a voice of an ABC tune does next. */
public sealed interface AbcEvent {
  /**
   * Notes that start together; none is a rest.
   *
   * @param notes their pitches
   * @param length until the next event, in whole notes
   */
  record Sound(List<Note> notes, Fraction length) implements AbcEvent {
    /** Copies the list. */
    public Sound {
      notes = List.copyOf(notes);
    }

    Sound scaled(Fraction factor) {
      return new Sound(
          notes.stream().map(note -> note.scaled(factor)).toList(), length.times(factor));
    }

    Sound tied() {
      return new Sound(
          notes.stream().map(note -> new Note(note.pitch, note.length, true)).toList(), length);
    }
  }

  /**
   * A note.
   *
   * @param pitch a MIDI note number, 0 to 127
   * @param length in whole notes
   * @param tied whether the next note of its pitch continues it
   */
  record Note(int pitch, Fraction length, boolean tied) {
    private Note scaled(Fraction factor) {
      return new Note(pitch, length.times(factor), tied);
    }
  }

  /**
   * A bar line.
   *
   * @param repeats how often what came before is played again
   * @param startsRepeat whether a repeated section starts here
   * @param closes whether it also closes an ending: double, thick, or with repeats
   */
  record Bar(int repeats, boolean startsRepeat, boolean closes) implements AbcEvent {}

  /**
   * The start of an ending.
   *
   * @param numbers the times at which it is played, counted from 1
   */
  record Ending(Set<Integer> numbers) implements AbcEvent {
    /** Copies the set. */
    public Ending {
      numbers = Set.copyOf(numbers);
    }
  }

  /**
   * The start of a part.
   *
   * @param label such as {@code A}
   */
  public record Part(String label) implements AbcEvent {}

  /**
   * A change of speed.
   *
   * @param wholesPerMinute whole notes in a minute
   */
  record Tempo(double wholesPerMinute) implements AbcEvent {}

  /**
   * A change of meter.
   *
   * @param meter the new one
   */
  record Meter(AbcMeter meter) implements AbcEvent {}
}
