package org.seqgan.tasks.music.midi;

import java.util.List;

/**
 * A track of a MIDI file.
 *
 * @param number counted from 1
 * @param name as its bytes say it; empty for none
 * @param events by tick
 * @param lastTick when it ends
 */
record MidiTrack(int number, String name, List<MidiEvent> events, long lastTick) {
  MidiTrack {
    events = List.copyOf(events);
  }
}
