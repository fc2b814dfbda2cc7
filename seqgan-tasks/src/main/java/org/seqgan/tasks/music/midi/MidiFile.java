package org.seqgan.tasks.music.midi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;

/**
 * The contents of a Standard MIDI File, as far as they are about notes.
 *
 * @param format 0: one track; 1: tracks that sound together; 2: tracks that are tunes of their own
 * @param division ticks of a quarter note, or, below 0, of a frame of time
 * @param tracks all that there are, whatever the header counts
 */
record MidiFile(int format, int division, List<MidiTrack> tracks) {
  private static final int ID_BYTES = 4;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FILE_HEADER_BYTES = 14;
  private static final int LEAST_HEADER_BYTES = 6;
  private static final int HIGHEST_FORMAT = 2;
  private static final String TRACK = "MTrk";

  MidiFile {
    tracks = List.copyOf(tracks);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @param omissions counts what is left out, or read although it should not be there
   * @throws MusicException if it is no such file, a damaged one, or cut short: naming the track and
   *     the byte, counted from 0
   */
  static MidiFile parse(String file, byte[] bytes, Omissions omissions) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < FILE_HEADER_BYTES || !id(in, 0).equals("MThd")) {
      throw new MusicException(file, "expected a Standard MIDI File, which starts with MThd");
    }
    long headerLength = in.getInt(ID_BYTES) & 0xFFFFFFFFL;
    if (headerLength < LEAST_HEADER_BYTES || headerLength > bytes.length - CHUNK_HEADER_BYTES) {
      throw new MusicException(
          file + ", byte 4",
          "expected a header of 6 bytes or some more, found one of " + headerLength);
    }
    in.position(CHUNK_HEADER_BYTES);
    int format = in.getShort() & 0xFFFF;
    int declared = in.getShort() & 0xFFFF;
    int division = in.getShort();
    if (format > HIGHEST_FORMAT) {
      throw new MusicException(
          file + ", byte 8", "expected a MIDI file of format 0, 1 or 2, found " + format);
    }
    in.position(CHUNK_HEADER_BYTES + (int) headerLength);
    return new MidiFile(format, division, tracks(file, in, declared, omissions));
  }

  private static List<MidiTrack> tracks(
      String file, ByteBuffer in, int declared, Omissions omissions) {
    List<MidiTrack> tracks = new ArrayList<>();
    while (in.remaining() >= CHUNK_HEADER_BYTES) {
      int at = in.position();
      long length = in.getInt(at + ID_BYTES) & 0xFFFFFFFFL;
      if (isTrack(in, at)) {
        in.position(at + CHUNK_HEADER_BYTES);
        tracks.add(new MidiTrackReader(file, tracks.size() + 1, in, length, omissions).read());
      } else if (isId(in, at) && length <= in.remaining() - CHUNK_HEADER_BYTES) {
        in.position(at + CHUNK_HEADER_BYTES + (int) length); // of another kind, to be passed
      } else {
        break;
      }
    }
    if (tracks.isEmpty() || tracks.size() < declared) {
      throw new MusicException(
          file + ", byte " + in.position(),
          "expected %s tracks, as the header counts them, found %d: the file is damaged or cut short"
              .formatted(declared == 0 ? "some" : declared, tracks.size()));
    }
    omissions.count(Omissions.Kind.EXTRA_TRACK, tracks.size() - declared);
    omissions.count(Omissions.Kind.STRAY_BYTE, in.remaining());
    return tracks;
  }

  /** Whether a chunk may begin there, or the file ends there. */
  static boolean isBoundary(ByteBuffer in, int at) {
    return at == in.limit() || isId(in, at);
  }

  /** Whether a track begins there. */
  static boolean isTrack(ByteBuffer in, int at) {
    return isId(in, at) && id(in, at).equals(TRACK);
  }

  /** Whether there are four printable characters, as the kind of a chunk is. */
  private static boolean isId(ByteBuffer in, int at) {
    return in.limit() - at >= CHUNK_HEADER_BYTES && id(in, at).matches("[ -~]{4}");
  }

  private static String id(ByteBuffer in, int at) {
    byte[] id = new byte[ID_BYTES];
    in.get(at, id);
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
