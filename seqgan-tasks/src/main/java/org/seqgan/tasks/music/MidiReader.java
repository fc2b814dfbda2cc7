package org.seqgan.tasks.music;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Tune;

/**
 * Reads Standard MIDI Files of format 0 and 1. A voice is what one channel plays in one track; the
 * drums of General MIDI (channel 10) are none.
 */
final class MidiReader {
  private static final int DRUMS = 9;
  private static final int TRACK_NAME = 0x03;
  private static final int HIGHEST = 127;
  private static final double LONGEST_SECONDS = 2 * 3600;

  private final String file;
  private final MidiClock clock;

  private MidiReader(String file, Sequence sequence) {
    this.file = file;
    this.clock = MidiClock.of(sequence);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @throws UserException if it is no such file, or a damaged one
   */
  static Song parse(String file, byte[] bytes) {
    MidiChunks.check(file, bytes);
    try {
      Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
      requireTimes(file, sequence);
      return new MidiReader(file, sequence).song(sequence);
    } catch (InvalidMidiDataException | IOException e) {
      throw error(file, "expected a Standard MIDI File, found a damaged one: " + e.getMessage());
    }
  }

  /** The library lets a time grow until it overflows. */
  private static void requireTimes(String file, Sequence sequence) {
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        if (track.get(i).getTick() < 0) {
          throw error(
              file, "expected a Standard MIDI File, found a damaged one: a time that overflows");
        }
      }
    }
  }

  static UserException error(String file, String message) {
    return new UserException(UserException.Kind.DATA, file + ": " + message);
  }

  private Song song(Sequence sequence) {
    if (clock.seconds(sequence.getTickLength()) > LONGEST_SECONDS) {
      throw error(file, "this tune lasts more than 2 hours");
    }
    List<Song.Voice> voices = new ArrayList<>();
    Track[] tracks = sequence.getTracks();
    for (Track track : tracks) {
      voices.addAll(voices(track));
    }
    String title = tracks.length == 0 ? "" : name(tracks[0]);
    return new Song(title.isEmpty() ? file : title, file, voices, true);
  }

  private List<Song.Voice> voices(Track track) {
    Map<Integer, MidiVoice> channels = new LinkedHashMap<>();
    for (int i = 0; i < track.size(); i++) {
      MidiEvent event = track.get(i);
      if (event.getMessage() instanceof ShortMessage message && message.getChannel() != DRUMS) {
        channels
            .computeIfAbsent(message.getChannel(), channel -> new MidiVoice())
            .play(message, event.getTick());
      }
    }
    String name = name(track);
    return channels.values().stream()
        .map(voice -> new Song.Voice(name, voice.notes(track.ticks())))
        .filter(voice -> !voice.notes().isEmpty())
        .toList();
  }

  private static String name(Track track) {
    for (int i = 0; i < track.size(); i++) {
      MidiMessage message = track.get(i).getMessage();
      if (message instanceof MetaMessage meta && meta.getType() == TRACK_NAME) {
        // the format names no encoding: Latin-1 reads any bytes
        String name = new String(meta.getData(), StandardCharsets.ISO_8859_1);
        return name.replaceAll("\\p{Cntrl}", " ").strip();
      }
    }
    return "";
  }

  /** The notes of a channel while they are read. */
  private final class MidiVoice {
    private final Map<Integer, Long> sounding = new HashMap<>();
    private final List<Tune.Note> notes = new ArrayList<>();

    void play(ShortMessage message, long tick) {
      int command = message.getCommand();
      if (command == ShortMessage.NOTE_ON || command == ShortMessage.NOTE_OFF) {
        requirePitch(message.getData1());
        end(message.getData1(), tick);
        if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
          sounding.put(message.getData1(), tick);
        }
      }
    }

    /** The library hands on a byte with its top bit set, which is no data. */
    private void requirePitch(int pitch) {
      if (pitch > HIGHEST) {
        throw error(file, "expected a Standard MIDI File, found a damaged one: a note " + pitch);
      }
    }

    private void end(int pitch, long tick) {
      Long started = sounding.remove(pitch);
      if (started == null) {
        return;
      }
      double start = clock.seconds(started);
      double seconds = clock.seconds(tick) - start;
      if (seconds > 0) {
        notes.add(new Tune.Note(pitch, start, seconds));
      }
    }

    /** A note that nothing ends lasts as long as its track. */
    List<Tune.Note> notes(long lastTick) {
      List.copyOf(sounding.keySet()).forEach(pitch -> end(pitch, lastTick));
      notes.sort(Comparator.comparingDouble(Tune.Note::start).thenComparingInt(Tune.Note::pitch));
      return notes;
    }
  }
}
