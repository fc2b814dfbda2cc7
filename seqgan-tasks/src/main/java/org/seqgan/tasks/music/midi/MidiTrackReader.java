package org.seqgan.tasks.music.midi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.MusicText;
import org.seqgan.tasks.music.song.Omissions;

/**
 * Reads the events of a track (Standard MIDI Files 1.0, "MTrk"). What the format forbids although
 * only one thing can be meant is read and counted; anything else is an error that names track, byte
 * and reason.
 *
 * <ul>
 *   <li>Running status goes on after a meta or system event, from the last channel message.
 *   <li>System messages other than exclusive ones are passed, with their data; so are meta events
 *       of types that there are none of.
 *   <li>A track whose length leads neither to another chunk nor to the end of the file lasts until
 *       its end-of-track event; one without such an event lasts as long as it says.
 *   <li>A tempo of 0, or of other than three bytes, changes nothing.
 * </ul>
 */
final class MidiTrackReader {
  private static final int STATUS = 0x80;
  private static final int NOTE_OFF = 0x80;
  private static final int NOTE_ON = 0x90;
  private static final int CONTROLLER = 0xB0;
  private static final int PROGRAM = 0xC0;
  private static final int CHANNEL_PRESSURE = 0xD0;
  private static final int PITCH_BEND = 0xE0;
  private static final int EXCLUSIVE = 0xF0;
  private static final int TIME_CODE = 0xF1;
  private static final int SONG_POSITION = 0xF2;
  private static final int SONG_SELECT = 0xF3;
  private static final int ESCAPE = 0xF7;
  private static final int REAL_TIME = 0xF8;
  private static final int META = 0xFF;

  private static final int TRACK_NAME = 0x03;
  private static final int PORT = 0x21;
  private static final int END_OF_TRACK = 0x2F;
  private static final int SET_TEMPO = 0x51;
  private static final int HIGHEST_META_TYPE = 0x7F;
  private static final int TEMPO_BYTES = 3;

  private static final int SUSTAIN = 64;
  private static final int SOSTENUTO = 66;
  private static final int ALL_SOUND_OFF = 120;
  private static final int ALL_NOTES_OFF = 123;

  private static final int CHANNELS = 16;
  private static final int MOST_LENGTH_BYTES = 4;

  private final String file;
  private final int number;
  private final ByteBuffer in;
  private final long declared;
  private final boolean trusted;
  private final int end;
  private final Omissions omissions;
  private final List<MidiEvent> events = new ArrayList<>();
  private String name = "";
  private long tick;
  private int port;
  private int status;
  private boolean interrupted;

  /**
   * A reader of one track.
   *
   * @param number of the track, counted from 1
   * @param in the whole file, at the first byte of the track's events
   * @param declared how many bytes these should be
   */
  MidiTrackReader(String file, int number, ByteBuffer in, long declared, Omissions omissions) {
    this.file = file;
    this.number = number;
    this.in = in;
    this.declared = declared;
    this.omissions = omissions;
    this.trusted =
        declared <= in.remaining() && MidiFile.isBoundary(in, in.position() + (int) declared);
    this.end = trusted ? in.position() + (int) declared : in.limit();
  }

  /**
   * Reads it; then the file is at what follows.
   *
   * @throws MusicException naming track and byte of what cannot be read
   */
  MidiTrack read() {
    int start = in.position();
    boolean ended = false;
    while (!ended && !(trusted && in.position() == end)) {
      ended = event();
    }
    if (!ended || in.position() - start != declared) {
      omissions.count(Omissions.Kind.TRACK_LENGTH);
    }
    if (trusted && in.position() < end && !MidiFile.isTrack(in, in.position())) {
      omissions.count(Omissions.Kind.STRAY_BYTE, end - in.position());
      in.position(end);
    }
    return new MidiTrack(number, name, events, tick);
  }

  /** Whether it was the end of the track. */
  private boolean event() {
    tick += length("a time");
    int at = in.position();
    int first = next();
    if (first == META) {
      interrupted = true;
      return meta();
    }
    if (first >= EXCLUSIVE) {
      interrupted |= first < REAL_TIME;
      system(first);
    } else if (first >= STATUS) {
      status = first;
      interrupted = false;
      message(data(first));
    } else {
      runningStatus(at, first);
    }
    return false;
  }

  private void runningStatus(int at, int data) {
    if (status == 0) {
      throw error(
          at,
          "expected the status of an event, found 0x%02X and no status before it".formatted(data));
    }
    if (interrupted) {
      omissions.count(Omissions.Kind.RUNNING_STATUS);
      interrupted = false;
    }
    message(data);
  }

  /** A channel message, whose first data byte has been read. */
  private void message(int first) {
    int command = status & 0xF0;
    if (command == PROGRAM || command == CHANNEL_PRESSURE) {
      return;
    }
    int second = data(status);
    int channel = CHANNELS * port + (status & 0x0F);
    switch (command) {
      case NOTE_OFF -> events.add(new MidiEvent.Key(tick, channel, first, false));
      case NOTE_ON -> events.add(new MidiEvent.Key(tick, channel, first, second > 0));
      case CONTROLLER -> controller(channel, first);
      case PITCH_BEND -> omissions.count(Omissions.Kind.CONTROLLER);
      default -> {} // aftertouch is about no pitch
    }
  }

  private void controller(int channel, int controller) {
    if (controller == ALL_SOUND_OFF || controller >= ALL_NOTES_OFF) {
      events.add(new MidiEvent.Silence(tick, channel));
    } else if (controller >= SUSTAIN && controller <= SOSTENUTO) {
      omissions.count(Omissions.Kind.CONTROLLER);
    }
  }

  private void system(int message) {
    switch (message) {
      case EXCLUSIVE, ESCAPE -> bytes("a system exclusive event");
      case TIME_CODE, SONG_SELECT -> data(message);
      case SONG_POSITION -> {
        data(message);
        data(message);
      }
      default -> {} // has no data
    }
    if (message != EXCLUSIVE && message != ESCAPE) {
      omissions.count(Omissions.Kind.SYSTEM_MESSAGE);
    }
  }

  private boolean meta() {
    int type = next();
    byte[] content = bytes("a meta event");
    switch (type) {
      case TRACK_NAME -> name = name.isEmpty() ? MusicText.decode(content) : name;
      case PORT -> port = content.length == 0 ? port : content[0] & 0x7F;
      case SET_TEMPO -> tempo(content);
      default -> {
        if (type > HIGHEST_META_TYPE) {
          omissions.count(Omissions.Kind.META_TYPE);
        }
      }
    }
    return type == END_OF_TRACK;
  }

  private void tempo(byte[] bigEndian) {
    int micros = 0;
    for (byte each : bigEndian) {
      micros = micros << 8 | (each & 0xFF);
    }
    if (bigEndian.length == TEMPO_BYTES && micros > 0) {
      events.add(new MidiEvent.Tempo(tick, micros));
    } else {
      omissions.count(Omissions.Kind.WRONG_TEMPO);
    }
  }

  /** The data byte of an event. */
  private int data(int event) {
    int at = in.position();
    int data = next();
    if (data >= STATUS) {
      throw error(
          at,
          "expected a data byte of event 0x%02X, below 0x80, found 0x%02X".formatted(event, data));
    }
    return data;
  }

  /** The bytes that a length announces. */
  private byte[] bytes(String what) {
    int at = in.position();
    int length = length("the length of " + what);
    if (length > end - in.position()) {
      throw error(
          at,
          "%s should have %d bytes, %d are left: the file is damaged or cut short"
              .formatted(what, length, end - in.position()));
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** A number of seven bits a byte, the last of which is below 0x80. */
  private int length(String what) {
    int at = in.position();
    int value = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      int next = next();
      value = value << 7 | (next & 0x7F);
      if (next < STATUS) {
        return value;
      }
    }
    throw error(at, "expected %s of at most 4 bytes, found a fifth".formatted(what));
  }

  private int next() {
    if (in.position() == end) {
      throw error(
          end,
          trusted
              ? "this track ends in the middle of an event"
              : String.format(
                  Locale.ROOT,
                  "this track is cut short: it should have %,d bytes and has no end",
                  declared));
    }
    return in.get() & 0xFF;
  }

  private MusicException error(int at, String reason) {
    return new MusicException("%s, track %d, byte %d".formatted(file, number, at), reason);
  }
}
