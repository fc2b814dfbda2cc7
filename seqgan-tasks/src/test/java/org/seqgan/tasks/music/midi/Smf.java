package org.seqgan.tasks.music.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** Standard MIDI Files, written byte by byte from the format's description. */
public final class Smf {
  static final String FILE = "t.mid";

  private Smf() {}

  /** A file of tracks given as hexadecimal digits; the end of each is added. */
  public static byte[] file(int format, int division, String... tracks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("MThd".getBytes(StandardCharsets.US_ASCII));
    number(out, 6, 4);
    number(out, format, 2);
    number(out, tracks.length, 2);
    number(out, division, 2);
    for (String track : tracks) {
      byte[] events = HexFormat.of().parseHex(track.replaceAll("\\s", "") + "00ff2f00");
      out.writeBytes("MTrk".getBytes(StandardCharsets.US_ASCII));
      number(out, events.length, 4);
      out.writeBytes(events);
    }
    return out.toByteArray();
  }

  /** What a file of format 0 or 1 is as a tune. */
  public static Song song(byte[] file) {
    return song(file, new Omissions());
  }

  /** The same, with what is counted. */
  public static Song song(byte[] file, Omissions omissions) {
    return MidiReader.parse(FILE, file, omissions).get(0);
  }

  private static void number(ByteArrayOutputStream out, int value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(value >> (8 * i));
    }
  }
}
