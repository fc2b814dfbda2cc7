package org.seqgan.tasks.music.midi;

/** An event of a track that says something about a note. */
sealed interface MidiEvent {
  /** When it happens, in ticks from the start of the track. */
  long tick();

  /**
   * A key is pressed or let go.
   *
   * @param channel where it sounds: 16 times the port, and the channel from 0
   * @param pitch the MIDI note number
   * @param on whether it is pressed
   */
  record Key(long tick, int channel, int pitch, boolean on) implements MidiEvent {}

  /**
   * All notes of a channel end: one of the channel mode messages 120 (all sound off), 123 (all
   * notes off) and 124 to 127 (of modes, which end all notes too).
   *
   * @param channel as of a {@link Key}
   */
  record Silence(long tick, int channel) implements MidiEvent {}

  /**
   * The speed changes.
   *
   * @param microseconds of a quarter note, more than 0
   */
  record Tempo(long tick, int microseconds) implements MidiEvent {}
}
