package org.seqgan.tasks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;

/**
 * Reads text files of UTF-8 line by line, in memory that does not grow with the file. Strict: what
 * is not UTF-8 is an error with its place. A byte-order mark at the beginning is left out; lines
 * end in LF or CRLF, the last one also without.
 */
public final class TextLines {
  /** The largest line, in bytes. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final int BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final InputStream in;
  private final Consumer<Line> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int number = 1;

  private TextLines(String name, InputStream in, Consumer<Line> sink) {
    this.name = name;
    this.in = in;
    this.sink = sink;
  }

  /**
   * A line of a file.
   *
   * @param file the name of the file, for errors
   * @param number counted from 1
   * @param text without its end
   */
  public record Line(String file, int number, String text) {
    /** Whether there is nothing but white space. */
    public boolean isBlank() {
      return text.isBlank();
    }

    /** Where it is, for an error. */
    public String place() {
      return file + ", line " + number;
    }
  }

  /**
   * Reads a file.
   *
   * @param sink gets each line once, in order
   * @throws UserException (data) if the file cannot be read, is not UTF-8 text, or has a line of
   *     more than {@link #MAXIMUM_BYTES}; the message names the file and the line
   */
  public static void read(Path file, Consumer<Line> sink) {
    try (InputStream in = Files.newInputStream(file)) {
      read(file.toString(), in, sink);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads a stream, as {@link #read(Path, Consumer)} does a file. Does not close it.
   *
   * @param name of the file, for errors
   * @throws IOException if the stream cannot be read
   */
  public static void read(String name, InputStream in, Consumer<Line> sink) throws IOException {
    new TextLines(name, new BufferedInputStream(in, BUFFER_BYTES), sink).read();
  }

  /**
   * The file itself, or the files of a folder, sorted by name.
   *
   * @param ending of the files of a folder, such as {@code .txt}, in any case; others are not
   *     looked at, nor are hidden ones, whose names begin with a full stop
   * @throws UserException (data) if there is nothing at the path, or no such file in the folder
   */
  public static List<Path> files(Path path, String ending) {
    if (!Files.isDirectory(path)) {
      if (!Files.exists(path)) {
        throw new UserException(
            Kind.DATA, path + " is neither a file nor a folder: check the path");
      }
      return List.of(path);
    }
    List<Path> files = filesOf(path, ending);
    if (files.isEmpty()) {
      throw new UserException(
          Kind.DATA, "folder %s has no file that ends in %s".formatted(path, ending));
    }
    return files;
  }

  private static List<Path> filesOf(Path folder, String ending) {
    return visibleFiles(folder).stream().filter(file -> hasEnding(file, ending)).toList();
  }

  private static boolean hasEnding(Path file, String ending) {
    return LetterCase.LOWER.apply(file.getFileName().toString()).endsWith(ending);
  }

  /**
   * The files of a folder, sorted by name, but for hidden ones, whose names begin with a full stop.
   *
   * @throws UserException (data) if the folder cannot be read
   */
  public static List<Path> visibleFiles(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry) && !isHidden(entry))
          .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** An error of kind data: a file or folder could not be read. */
  public static UserException unreadable(Path path, IOException e) {
    return new UserException(
        Kind.DATA,
        "%s cannot be read (%s: %s)".formatted(path, e.getClass().getSimpleName(), e.getMessage()),
        e);
  }

  private void read() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        finishLine();
      } else {
        append(next);
      }
    }
    if (line.size() > 0) {
      finishLine();
    }
  }

  private void append(int next) {
    if (next == 0) {
      throw error("a zero byte, which no text has; expected UTF-8 text");
    }
    if (line.size() == MAXIMUM_BYTES) {
      throw error("longer than %d bytes; expected text with line breaks".formatted(MAXIMUM_BYTES));
    }
    line.write(next);
  }

  private void finishLine() {
    String text = decoded();
    boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    sink.accept(new Line(name, number, text.substring(marked ? 1 : 0, end)));
    line.reset();
    number++;
  }

  private String decoded() {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CoderResult result = decoder.decode(bytes, text, true);
    if (result.isError()) {
      throw error(
          "byte %d of the line (0x%02X) is not UTF-8; convert the file to UTF-8"
              .formatted(bytes.position() + 1, bytes.get(bytes.position())));
    }
    return text.flip().toString();
  }

  private UserException error(String found) {
    return new UserException(Kind.DATA, "%s, line %d: %s".formatted(name, number, found));
  }
}
