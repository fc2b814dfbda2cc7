package org.seqgan.tasks.music.song;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text in files that do not say how it is encoded. */
public final class MusicText {
  private MusicText() {}

  /** UTF-8 where the bytes are UTF-8, else Latin-1, which has a character for every byte. */
  public static String decode(byte[] bytes) {
    return decode(bytes, StandardCharsets.UTF_8)
        .orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Empty if the bytes are not in that encoding. */
  public static Optional<String> decode(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
