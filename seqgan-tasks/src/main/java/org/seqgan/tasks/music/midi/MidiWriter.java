package org.seqgan.tasks.music.midi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.seqgan.api.task.Tune;

/** Writes a tune as a Standard MIDI File of format 0; a step is a quarter note. */
public final class MidiWriter {
  private static final int TICKS_PER_STEP = 480;
  private static final int SET_TEMPO = 0x51;
  private static final int LOUDNESS = 80;

  private MidiWriter() {}

  /**
   * The bytes of a file.
   *
   * @param tune its notes start and end on the grid
   * @param step of the grid, seconds
   */
  public static byte[] bytes(Tune tune, double step) {
    try {
      Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_STEP);
      Track track = sequence.createTrack();
      track.add(new MidiEvent(tempo(step), 0));
      for (Tune.Note note : tune.notes()) {
        track.add(event(ShortMessage.NOTE_ON, note, tick(note.start(), step)));
        track.add(event(ShortMessage.NOTE_OFF, note, tick(note.start() + note.seconds(), step)));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MidiSystem.write(sequence, 0, out);
      return out.toByteArray();
    } catch (InvalidMidiDataException e) {
      throw new IllegalStateException("a note of a tune is a note of MIDI", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MetaMessage tempo(double step) throws InvalidMidiDataException {
    int micros = (int) Math.round(step * 1e6);
    byte[] bigEndian = {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros};
    return new MetaMessage(SET_TEMPO, bigEndian, bigEndian.length);
  }

  private static MidiEvent event(int command, Tune.Note note, long tick)
      throws InvalidMidiDataException {
    return new MidiEvent(new ShortMessage(command, 0, note.pitch(), LOUDNESS), tick);
  }

  private static long tick(double seconds, double step) {
    return Math.round(seconds / step) * TICKS_PER_STEP;
  }
}
