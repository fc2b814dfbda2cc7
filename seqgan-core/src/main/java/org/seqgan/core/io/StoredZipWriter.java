package org.seqgan.core.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@link StoredZip}: entries one after the other, then {@link #finish}. No date is in it
 * but the first that a zip knows. For one thread; does not close the file.
 */
public final class StoredZipWriter {
  private static final long MOST_BYTES = 0xFFFFFFFFL;

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();

  /** Writes from the beginning of an empty file. */
  public StoredZipWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** What an entry is to contain. */
  @FunctionalInterface
  public interface Contents {
    /** Writes all of it. */
    void write(WritableByteChannel channel) throws IOException;
  }

  /**
   * What was written.
   *
   * @param bytes how many
   * @param sha256 of them
   */
  public record Written(long bytes, String sha256) {}

  private record Entry(byte[] name, long at, long bytes, long crc) {}

  /**
   * Writes an entry.
   *
   * @throws IOException also if the file becomes larger than a zip of this kind may be, 4 GiB
   */
  public Written add(String name, Contents contents) throws IOException {
    byte[] ascii = name.getBytes(US_ASCII);
    long at = channel.position();
    channel.position(at + StoredZip.LOCAL_BYTES + ascii.length);
    DigestChannel digested = new DigestChannel(channel);
    contents.write(digested);
    long end = channel.position();
    if (end > MOST_BYTES) {
      throw new IOException("a model of more than 4 GiB does not fit into one file");
    }
    Entry entry = new Entry(ascii, at, digested.bytes(), digested.crc());
    entries.add(entry);
    ByteBuffer header = buffer(StoredZip.LOCAL_BYTES + ascii.length);
    describe(header.putInt(StoredZip.LOCAL), entry).put(ascii);
    channel.position(at);
    write(header.flip());
    channel.position(end);
    return new Written(digested.bytes(), digested.sha256());
  }

  /** Writes the directory, with which the file is complete. */
  public void finish() throws IOException {
    long start = channel.position();
    for (Entry entry : entries) {
      ByteBuffer header = buffer(StoredZip.CENTRAL_BYTES + entry.name().length);
      describe(header.putInt(StoredZip.CENTRAL).putShort(StoredZip.VERSION), entry);
      header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
      write(header.putInt((int) entry.at()).put(entry.name()).flip());
    }
    int count = entries.size();
    ByteBuffer end = buffer(StoredZip.END_BYTES);
    end.putInt(StoredZip.END).putInt(0).putShort((short) count).putShort((short) count);
    end.putInt((int) (channel.position() - start)).putInt((int) start).putShort((short) 0);
    write(end.flip());
  }

  /** What stands before an entry and in the directory alike. */
  private static ByteBuffer describe(ByteBuffer header, Entry entry) {
    return header
        .putShort(StoredZip.VERSION)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(StoredZip.DATE)
        .putInt((int) entry.crc())
        .putInt((int) entry.bytes())
        .putInt((int) entry.bytes())
        .putShort((short) entry.name().length)
        .putShort((short) 0);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
