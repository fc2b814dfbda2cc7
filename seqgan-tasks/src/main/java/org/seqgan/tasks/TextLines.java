package org.seqgan.tasks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;

/**
 * Reads text files of UTF-8 line by line, in memory that does not grow with the file. Strict: what
 * is not UTF-8, and a control character that text does not have, is an error with its place, and a
 * file of {@linkplain FileKind another kind} is named. A byte-order mark at the beginning is left
 * out.
 *
 * <p>A line ends in LF, CR LF or CR, also in turns, the last one also without. Nothing else ends
 * one: a vertical tab, a form feed, NEL (U+0085), LS (U+2028) and PS (U+2029) are white space, so
 * that the numbers of lines are those that editors and other programs show.
 */
public final class TextLines {
  /** The largest line, in bytes. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final int BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int DELETE = 0x7F;
  private static final int NEXT_LINE = 0x85;
  private static final String REPLACEMENT = "\uFFFD";
  private static final Charset WINDOWS = Charset.forName("windows-1252");

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
    open(name, in, sink).read(Integer.MAX_VALUE);
  }

  /**
   * Reads the beginning of a file.
   *
   * @param most how many lines are read, if there are so many
   * @throws UserException (data) as {@link #read(Path, Consumer)} says, for as far as is read
   */
  public static List<Line> first(Path file, int most) {
    List<Line> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      open(file.toString(), in, lines::add).read(most);
      return lines;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Checks that a file does not begin as one of another kind does.
   *
   * @throws UserException (data) if it does, or cannot be read; the message names the kind
   */
  public static void requireText(Path file) {
    requireText(file.toString(), FileKind.of(file));
  }

  private static void requireText(String name, Optional<FileKind> kind) {
    kind.ifPresent(
        other -> {
          throw new UserException(
              Kind.DATA,
              "%s: expected text in UTF-8, found %s".formatted(name, other.description()));
        });
  }

  private static TextLines open(String name, InputStream in, Consumer<Line> sink)
      throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    buffered.mark(FileKind.HEAD_BYTES);
    requireText(name, FileKind.of(buffered.readNBytes(FileKind.HEAD_BYTES)));
    buffered.reset();
    return new TextLines(name, buffered, sink);
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

  /**
   * Whether text may have a character: all but control characters, and of those the ones that are
   * white space.
   */
  public static boolean isText(int character) {
    return !Character.isISOControl(character)
        || (character >= '\t' && character <= '\r')
        || character == NEXT_LINE;
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

  private void read(int most) throws IOException {
    boolean afterReturn = false;
    for (int next = in.read(); next >= 0 && number <= most; next = in.read()) {
      if (next == '\r' || (next == '\n' && !afterReturn)) {
        finishLine(false);
      } else if (next != '\n') {
        append(next);
      }
      afterReturn = next == '\r';
    }
    if (line.size() > 0) {
      finishLine(true);
    }
  }

  private void append(int next) {
    if (next <= DELETE && !isText(next)) {
      throw byteError(next, line.size(), "no text has it; remove it, or give text in UTF-8");
    }
    if (line.size() == MAXIMUM_BYTES) {
      throw error("longer than %d bytes; expected text with line breaks".formatted(MAXIMUM_BYTES));
    }
    line.write(next);
  }

  private void finishLine(boolean atEnd) {
    String text = decoded(atEnd);
    boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    sink.accept(new Line(name, number, marked ? text.substring(1) : text));
    line.reset();
    number++;
  }

  private String decoded(boolean atEnd) {
    byte[] bytes = line.toByteArray();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, true);
    int place = in.position();
    if (result.isError()) {
      boolean toTheEnd = atEnd && place + result.length() == bytes.length;
      throw byteError(
          bytes[place] & 0xFF,
          place,
          toTheEnd && !isAlone(bytes, place)
              ? "the file ends within a character; is it complete?"
              : notUtf8(bytes, place));
    }
    String text = out.flip().toString();
    checkControls(text);
    return text;
  }

  private void checkControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!isText(character)) {
        throw error(
            "character %d (U+%04X) is a control character, which no text has%s"
                .formatted(text.codePointCount(0, i) + 1, (int) character, meant(character)));
      }
    }
  }

  /** What was meant, most likely: the characters that Windows-1252 has in these places. */
  private static String meant(char control) {
    String meant = WINDOWS.decode(ByteBuffer.wrap(new byte[] {(byte) control})).toString();
    return meant.equals(REPLACEMENT)
        ? "; remove it"
        : "; in Windows-1252 it is %s: convert the original from that, not from Latin-1"
            .formatted(meant);
  }

  /** Western files have single bytes above 0x7F, those of other scripts have them in groups. */
  private static String notUtf8(byte[] bytes, int place) {
    String western = WINDOWS.decode(ByteBuffer.wrap(bytes, place, 1)).toString();
    return isAlone(bytes, place) && !western.equals(REPLACEMENT)
        ? "not UTF-8; if it is %s, the file is Windows-1252 or Latin-1: iconv -f WINDOWS-1252 -t UTF-8"
            .formatted(western)
        : "not UTF-8; convert the file from its encoding: iconv -f ENCODING -t UTF-8";
  }

  private static boolean isAlone(byte[] bytes, int place) {
    return (place == 0 || bytes[place - 1] >= 0)
        && (place + 1 == bytes.length || bytes[place + 1] >= 0);
  }

  private UserException byteError(int found, int place, String why) {
    return new UserException(
        Kind.DATA,
        "%s, line %d, byte 0x%02X (number %d of the line): %s"
            .formatted(name, number, found, place + 1, why));
  }

  private UserException error(String found) {
    return new UserException(Kind.DATA, "%s, line %d: %s".formatted(name, number, found));
  }
}
