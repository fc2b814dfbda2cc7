package org.seqgan.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.zip.CRC32;

/** Writes all of what it is given to another channel, and counts and digests it. For one thread. */
final class DigestChannel implements WritableByteChannel {
  private final WritableByteChannel target;
  private final MessageDigest sha256 = Sha256.digest();
  private final CRC32 crc = new CRC32();
  private long bytes;

  DigestChannel(WritableByteChannel target) {
    this.target = target;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int size = source.remaining();
    sha256.update(source.duplicate());
    crc.update(source.duplicate());
    while (source.hasRemaining()) {
      target.write(source);
    }
    bytes += size;
    return size;
  }

  /** How many bytes there were. */
  long bytes() {
    return bytes;
  }

  /** Their CRC-32. */
  long crc() {
    return crc.getValue();
  }

  /** Their SHA-256; once, at the end. */
  String sha256() {
    return Sha256.hex(sha256.digest());
  }

  @Override
  public boolean isOpen() {
    return target.isOpen();
  }

  /** The other channel stays open: it is somebody else's. */
  @Override
  public void close() {}
}
