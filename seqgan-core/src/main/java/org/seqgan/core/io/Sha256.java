package org.seqgan.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in 64 lower-case hexadecimal digits. Thread-safe. */
public final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 16;

  private Sha256() {}

  /** Of some bytes. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** Of the contents of a file, which is read as a stream. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  /** Of some bytes and the numbers after them, four bytes each, the highest first. */
  public static String of(byte[] bytes, int[]... numbers) {
    MessageDigest digest = digest();
    digest.update(bytes);
    // Piece by piece: an array of all their bytes would have its limit at half a billion numbers.
    ByteBuffer piece = ByteBuffer.allocate(BUFFER_BYTES);
    for (int[] some : numbers) {
      for (int number : some) {
        piece.putInt(number);
        if (!piece.hasRemaining()) {
          digest.update(piece.flip());
          piece.clear();
        }
      }
    }
    digest.update(piece.flip());
    return hex(digest.digest());
  }

  /** A digest in digits. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  /** What computes one, for bytes that come piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
