package org.seqgan.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;

/**
 * Float32 arrays in a safetensors file: the length of the header (8 bytes, little-endian), the
 * header (a JSON object: name to dtype, shape and place; strings under {@code __metadata__}), and
 * the arrays' little-endian, row-major bytes, one after the other. The format is described in the
 * README of the safetensors project.
 *
 * <p>Dtype F32 is written and read, no other. Bits are kept, those of a NaN too. Arrays are written
 * in the order of their names, so that equal arrays with equal metadata give equal bytes, whatever
 * map they come in.
 *
 * <p>Stateless and thread-safe; one file must not be written by two threads at once.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int LONGEST_REASON = 300;

  private Safetensors() {}

  /**
   * Writes a file, replacing one that is there. The file appears whole or not at all: the bytes go
   * to a neighbour called {@code NAME.tmp}, are forced to the disk, and are then renamed.
   *
   * @param metadata free text by key; may be empty
   * @return the SHA-256 of the bytes that were given to the disk, not of what a disk made of them
   * @throws UserException (environment) if the file cannot be written
   * @throws IllegalArgumentException if an array is called {@code __metadata__}
   */
  public static String write(Path file, NamedArrays arrays, Map<String, String> metadata) {
    byte[] header = header(arrays, metadata);
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try {
        String hash = writeAll(unfinished, header, arrays);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return hash;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UserException(
          Kind.ENVIRONMENT, file + " cannot be written: " + oneLine(reason(e)), e);
    }
  }

  /**
   * Writes the bytes that a file would have, such as into an archive.
   *
   * @param metadata as of a file
   * @throws IllegalArgumentException as of a file
   */
  public static void write(
      WritableByteChannel channel, NamedArrays arrays, Map<String, String> metadata)
      throws IOException {
    writeAll(channel, header(arrays, metadata), arrays);
  }

  private static byte[] header(NamedArrays arrays, Map<String, String> metadata) {
    byte[] header = SafetensorsHeader.format(arrays, metadata);
    if (header.length > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException("a header of " + header.length + " bytes is too long");
    }
    return header;
  }

  /**
   * Reads all arrays, in the order of the header.
   *
   * @throws UserException (data) if the file is missing, truncated, malformed, or holds an array
   *     that is not F32
   */
  public static NamedArrays read(Path file) {
    return reading(file, Safetensors::readArrays);
  }

  /**
   * The same of a part of an open file, such as of an archive.
   *
   * @param name of the part, for messages
   * @param from its first byte
   * @param bytes how many it has, all of them in the file
   * @throws UserException (data) as above
   */
  static NamedArrays read(FileChannel channel, String name, long from, long bytes) {
    return readingPart(channel, name, from, bytes, Safetensors::readArrays);
  }

  private static NamedArrays readArrays(
      FileChannel channel, SafetensorsHeader header, long dataStart) throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (SafetensorsEntry entry : header.entries()) {
      arrays.put(entry.name(), readArray(channel, entry, dataStart));
    }
    return new NamedArrays(arrays);
  }

  /**
   * Reads the strings under {@code __metadata__}, in the order of the header; empty if there are
   * none. The whole header is checked, the arrays are not read.
   *
   * @throws UserException (data) as {@link #read} does
   */
  public static Map<String, String> readMetadata(Path file) {
    return reading(file, (channel, header, dataStart) -> header.metadata());
  }

  /** What to do with an open file whose header has been checked. */
  private interface Reading<T> {
    T apply(FileChannel channel, SafetensorsHeader header, long dataStart) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> action) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return readingPart(channel, file.toString(), 0, channel.size(), action);
    } catch (IOException e) {
      throw cannotRead(file.toString(), e);
    }
  }

  private static <T> T readingPart(
      FileChannel channel, String name, long from, long size, Reading<T> action) {
    try {
      long headerBytes = readHeaderLength(channel, from, size);
      byte[] json = readFully(channel, from + LENGTH_BYTES, (int) headerBytes).array();
      long dataStart = LENGTH_BYTES + headerBytes;
      SafetensorsHeader header = SafetensorsHeader.parse(json, size - dataStart);
      return action.apply(channel, header, from + dataStart);
    } catch (MalformedFileException e) {
      throw new UserException(
          Kind.DATA,
          name + " is not a complete safetensors file of float32: " + oneLine(reason(e)),
          e);
    } catch (IOException e) {
      throw cannotRead(name, e);
    }
  }

  private static UserException cannotRead(String name, IOException e) {
    return new UserException(Kind.DATA, name + " cannot be read: " + oneLine(reason(e)), e);
  }

  private static long readHeaderLength(FileChannel channel, long from, long size)
      throws IOException {
    if (size < LENGTH_BYTES) {
      throw new MalformedFileException(
          "it has " + size + " bytes, expected " + LENGTH_BYTES + " for the header's length");
    }
    long length = readFully(channel, from, LENGTH_BYTES).getLong(0);
    if (length < 0 || length > MAX_HEADER_BYTES || length > size - LENGTH_BYTES) {
      throw new MalformedFileException(
          "its header claims "
              + Long.toUnsignedString(length)
              + " bytes, expected at most "
              + Math.min(MAX_HEADER_BYTES, size - LENGTH_BYTES));
    }
    return length;
  }

  private static FloatArray readArray(FileChannel channel, SafetensorsEntry entry, long dataStart)
      throws IOException {
    long count = entry.elementCount();
    if (count > Integer.MAX_VALUE - LENGTH_BYTES) {
      throw new MalformedFileException(
          "array '" + entry.name() + "' has " + count + " elements, more than can be held");
    }
    float[] values = new float[(int) count];
    int done = 0;
    while (done < values.length) {
      int part = Math.min(values.length - done, CHUNK_BYTES / Float.BYTES);
      long position = dataStart + entry.begin() + (long) done * Float.BYTES;
      readFully(channel, position, part * Float.BYTES).asFloatBuffer().get(values, done, part);
      done += part;
    }
    int[] shape = entry.shape().stream().mapToInt(Integer::intValue).toArray();
    return new FloatArray(shape, values);
  }

  private static ByteBuffer readFully(FileChannel channel, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new MalformedFileException("it became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static String writeAll(Path file, byte[] header, NamedArrays arrays) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      DigestChannel digested = new DigestChannel(channel);
      writeAll(digested, header, arrays);
      channel.force(true);
      return digested.sha256();
    }
  }

  private static void writeAll(WritableByteChannel channel, byte[] header, NamedArrays arrays)
      throws IOException {
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(channel, length.putLong(0, header.length));
    writeFully(channel, ByteBuffer.wrap(header));
    for (FloatArray array : inOrder(arrays).values()) {
      writeArray(channel, array.values());
    }
  }

  /** As they are written. */
  static SortedMap<String, FloatArray> inOrder(NamedArrays arrays) {
    return new TreeMap<>(arrays.arrays());
  }

  private static void writeArray(WritableByteChannel channel, float[] values) throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, (long) Float.BYTES * values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    int done = 0;
    while (done < values.length) {
      int part = Math.min(values.length - done, chunk.capacity() / Float.BYTES);
      chunk.clear().limit(part * Float.BYTES);
      chunk.asFloatBuffer().put(values, done, part);
      writeFully(channel, chunk);
      done += part;
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Names come from the file: they must not break the line, nor be endless. */
  private static String oneLine(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }
}
