package org.seqgan.core.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;

/**
 * A zip file in which nothing is compressed, as {@link StoredZipWriter} writes it and any program
 * unpacks it: an entry is a part of the file. So it can claim no more than it has, and two of the
 * same contents are the same bytes.
 *
 * <p>What is read may come from anybody. The entries have to follow one another without a hole or
 * an overlap, each described in the same way twice, under different names without a folder; a
 * comment, an extra field, a compressed or a split entry is refused. The directory is read whole,
 * entries only when they are asked for. For one thread; close it to let go of the file.
 */
public final class StoredZip implements Closeable {
  static final int LOCAL = 0x04034b50;
  static final int CENTRAL = 0x02014b50;
  static final int END = 0x06054b50;
  static final short VERSION = 10;

  /** The first of January 1980, midnight. */
  static final int DATE = 0x00210000;

  static final int LOCAL_BYTES = 30;
  static final int CENTRAL_BYTES = 46;
  static final int END_BYTES = 22;

  private static final long MOST_CENTRAL_BYTES = CENTRAL_BYTES + 64;

  /** More than any file of ours has. */
  static final int MOST_ENTRIES = 64;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHORT_MASK = 0xFFFF;
  private static final long INT_MASK = 0xFFFFFFFFL;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Part> parts;

  private StoredZip(Path file, FileChannel channel, Map<String, Part> parts) {
    this.file = file;
    this.channel = channel;
    this.parts = parts;
  }

  /**
   * An entry.
   *
   * @param from its first byte in the file
   * @param bytes how many it has
   * @param crc their CRC-32
   */
  private record Part(long from, long bytes, long crc) {}

  /**
   * Opens a file and reads what is in it.
   *
   * @throws UserException (data) if it is missing, or no such zip, saying what is wrong with it
   */
  public static StoredZip open(Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new UserException(UserException.Kind.DATA, file + ": there is no such file", e);
    } catch (IOException e) {
      throw cannotRead(file.toString(), e);
    }
    try {
      Map<String, Part> parts = new Directory(channel).read();
      return new StoredZip(file, channel, Collections.unmodifiableMap(parts));
    } catch (MalformedFileException e) {
      closeQuietly(channel, e);
      throw new UserException(
          UserException.Kind.DATA,
          "%s is no complete file of parts (a zip without compression): %s"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw cannotRead(file.toString(), e);
    }
  }

  private static void closeQuietly(FileChannel channel, IOException failure) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static UserException cannotRead(String what, IOException e) {
    return new UserException(
        UserException.Kind.DATA, "%s cannot be read: %s".formatted(what, e.getMessage()), e);
  }

  /** What the entries are called, in their order. */
  public Iterable<String> names() {
    return parts.keySet();
  }

  /** Whether there is such an entry. */
  public boolean has(String name) {
    return parts.containsKey(name);
  }

  /** How many bytes an entry has. */
  public long bytes(String name) {
    return part(name).bytes();
  }

  /**
   * The contents of an entry.
   *
   * @param most how many bytes it may have
   * @throws UserException (data) if it has more, or cannot be read
   */
  public byte[] read(String name, int most) {
    Part part = part(name);
    if (part.bytes() > most) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s has %,d bytes, expected at most %,d".formatted(place(name), part.bytes(), most));
    }
    try {
      byte[] contents = bytes(channel, part.from(), (int) part.bytes()).array();
      CRC32 crc = new CRC32();
      crc.update(contents);
      if (crc.getValue() != part.crc()) {
        throw new MalformedFileException("its contents are not what was written");
      }
      return contents;
    } catch (IOException e) {
      throw cannotRead(place(name), e);
    }
  }

  /**
   * The SHA-256 of an entry, which is read as a stream.
   *
   * @throws UserException (data) if it cannot be read
   */
  public String sha256(String name) {
    Part part = part(name);
    var digest = Sha256.digest();
    try {
      for (long done = 0; done < part.bytes(); ) {
        int size = (int) Math.min(BUFFER_BYTES, part.bytes() - done);
        digest.update(bytes(channel, part.from() + done, size));
        done += size;
      }
    } catch (IOException e) {
      throw cannotRead(place(name), e);
    }
    return Sha256.hex(digest.digest());
  }

  /**
   * The arrays of an entry that is a safetensors file.
   *
   * @throws UserException (data) as {@link Safetensors#read}
   */
  public NamedArrays readSafetensors(String name) {
    Part part = part(name);
    return Safetensors.read(channel, place(name), part.from(), part.bytes());
  }

  /** An entry, for messages. */
  public String place(String name) {
    return file + ", entry " + name;
  }

  private Part part(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("no entry is called " + name);
    }
    return part;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw cannotRead(file.toString(), e);
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new MalformedFileException("it ends too early");
      }
    }
    return buffer.flip();
  }

  /** Reads the directory at the end of the file. */
  private record Directory(FileChannel channel) {
    Map<String, Part> read() throws IOException {
      long size = channel.size();
      if (size < END_BYTES) {
        throw new MalformedFileException("it has %,d bytes, fewer than any".formatted(size));
      }
      ByteBuffer end = bytes(channel, size - END_BYTES, END_BYTES);
      if (end.getInt(0) != END || end.getShort(20) != 0) {
        throw new MalformedFileException(
            "it does not end as one does: cut short, with a comment, or another kind of file");
      }
      int count = end.getShort(10) & SHORT_MASK;
      long length = end.getInt(12) & INT_MASK;
      long start = end.getInt(16) & INT_MASK;
      if (end.getInt(4) != 0 || (end.getShort(8) & SHORT_MASK) != count || count > MOST_ENTRIES) {
        throw new MalformedFileException(
            "expected at most %d entries in one file, found %d, or parts in other files"
                .formatted(MOST_ENTRIES, count));
      }
      if (start + length != size - END_BYTES || length > MOST_ENTRIES * MOST_CENTRAL_BYTES) {
        throw new MalformedFileException("its directory is not where its end says, or too long");
      }
      return entries(count, bytes(channel, start, (int) length), start);
    }

    private Map<String, Part> entries(int count, ByteBuffer directory, long end)
        throws IOException {
      Map<String, Part> parts = new LinkedHashMap<>();
      long at = 0;
      for (int i = 0; i < count; i++) {
        if (directory.remaining() < CENTRAL_BYTES) {
          throw new MalformedFileException("its directory ends within an entry");
        }
        ByteBuffer entry = directory.slice().order(ByteOrder.LITTLE_ENDIAN);
        int nameBytes = entry.getShort(28) & SHORT_MASK;
        if (entry.getInt(0) != CENTRAL || entry.remaining() < CENTRAL_BYTES + nameBytes) {
          throw new MalformedFileException("its directory is damaged");
        }
        String name = name(entry, CENTRAL_BYTES, nameBytes);
        Part part = part(name, entry, at, end);
        if (parts.put(name, part) != null) {
          throw new MalformedFileException("entry %s is there twice".formatted(name));
        }
        at = part.from() + part.bytes();
        directory.position(directory.position() + CENTRAL_BYTES + nameBytes);
      }
      if (directory.hasRemaining() || at != end) {
        throw new MalformedFileException("there are bytes in it that belong to no entry");
      }
      return parts;
    }

    private static String name(ByteBuffer bytes, int from, int count)
        throws MalformedFileException {
      byte[] name = new byte[count];
      bytes.get(from, name);
      String text = new String(name, US_ASCII);
      if (!text.matches(NAME)) {
        throw new MalformedFileException(
            "an entry is called '%s', expected a name without a folder".formatted(text));
      }
      return text;
    }

    /** One that begins where the one before it ended, and is described in the same way twice. */
    private Part part(String name, ByteBuffer entry, long at, long end) throws IOException {
      long bytes = entry.getInt(24) & INT_MASK;
      if (entry.getShort(10) != 0 || (entry.getInt(20) & INT_MASK) != bytes) {
        throw new MalformedFileException(
            "entry %s is compressed, expected it stored".formatted(name));
      }
      boolean plain =
          entry.getShort(4) == VERSION
              && entry.getShort(6) == VERSION
              && entry.getShort(8) == 0
              && entry.getInt(12) == DATE
              && entry.getShort(30) == 0
              && entry.getShort(32) == 0
              && entry.getShort(34) == 0
              && entry.getShort(36) == 0
              && entry.getInt(38) == 0;
      long from = at + LOCAL_BYTES + name.length();
      if (!plain || (entry.getInt(42) & INT_MASK) != at || from + bytes > end) {
        throw new MalformedFileException(
            "entry %s is not right behind the one before it, or has fields that no such zip has"
                .formatted(name));
      }
      ByteBuffer local = bytes(channel, at, LOCAL_BYTES + name.length());
      boolean same = local.getInt(0) == LOCAL && local.getShort(28) == 0;
      // From the version to the lengths, the directory repeats what stands before the entry.
      for (int i = 0; i < LOCAL_BYTES - 2 - 4; i++) {
        same &= local.get(4 + i) == entry.get(6 + i);
      }
      if (!same || !name(local, LOCAL_BYTES, name.length()).equals(name)) {
        throw new MalformedFileException("entry %s is not what the directory says".formatted(name));
      }
      return new Part(from, bytes, entry.getInt(16) & INT_MASK);
    }
  }
}
