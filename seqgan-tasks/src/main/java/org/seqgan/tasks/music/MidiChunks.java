package org.seqgan.tasks.music;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the chunks of a Standard MIDI File, so that a file of another kind, or one cut short, is
 * told from a good one in words: the library's reader takes a missing end for the end.
 */
final class MidiChunks {
  private static final int NAME_BYTES = 4;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FILE_HEADER_BYTES = 14;

  private MidiChunks() {}

  static void check(String file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < FILE_HEADER_BYTES || !name(in).equals("MThd")) {
      throw MidiReader.error(file, "expected a Standard MIDI File, which starts with MThd");
    }
    int headerLength = in.getInt();
    int format = in.getShort() & 0xFFFF;
    if (format > 1) {
      throw MidiReader.error(file, "expected a MIDI file of format 0 or 1, found " + format);
    }
    int tracks = in.getShort() & 0xFFFF;
    int division = in.getShort();
    if (tracks == 0 || division == 0 || (division < 0 && (division & 0xFF) == 0)) {
      throw MidiReader.error(file, "this MIDI file has no tracks, or no ticks in a beat");
    }
    in.position(NAME_BYTES + NAME_BYTES);
    skip(file, in, headerLength);
    while (in.remaining() >= CHUNK_HEADER_BYTES && tracks > 0) {
      boolean track = name(in).equals("MTrk");
      skip(file, in, in.getInt());
      tracks -= track ? 1 : 0;
    }
    if (tracks > 0) {
      throw MidiReader.error(file, "this MIDI file ends %d tracks early".formatted(tracks));
    }
  }

  private static String name(ByteBuffer in) {
    byte[] name = new byte[NAME_BYTES];
    in.get(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static void skip(String file, ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw MidiReader.error(
          file,
          "this MIDI file is cut short: a chunk at byte %d should have %d bytes, %d are left"
              .formatted(in.position(), length & 0xFFFFFFFFL, in.remaining()));
    }
    in.position(in.position() + length);
  }
}
