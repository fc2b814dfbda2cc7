package org.seqgan.tasks.music.abc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.MusicText;
import org.seqgan.tasks.music.song.Omissions;

/**
 * The lines of an ABC file. They are in the charset that the file declares (ABC standard 2.1,
 * section 11.2), which holds from its line on, and the first one before it too; else in UTF-8, or
 * UTF-16 with a byte order mark. A line that is not in its charset is read as Latin-1, which has a
 * character for every byte, and counted.
 */
final class AbcText {
  private static final Pattern CHARSET =
      Pattern.compile("(?:%%|I:)\\s*abc-charset[\\s=]+(\\S+).*", Pattern.DOTALL);

  private static final String SIGNS = "X:1|[^a_b=c]%";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final Omissions omissions;
  private final List<AbcLine> lines = new ArrayList<>();
  private Charset charset = StandardCharsets.UTF_8;
  private String named = "";

  private AbcText(String file, Omissions omissions) {
    this.file = file;
    this.omissions = omissions;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @param omissions counts lines that are not in their charset
   */
  static List<AbcLine> lines(String file, byte[] bytes, Omissions omissions) {
    AbcText text = new AbcText(file, omissions);
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      return of(file, new String(bytes, StandardCharsets.UTF_16));
    }
    List<byte[]> raw = split(bytes);
    raw.stream()
        .map(AbcText::declared)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(text::choose);
    raw.forEach(text::add);
    return text.lines;
  }

  /** The lines of a text that has been decoded. */
  static List<AbcLine> of(String file, String text) {
    List<AbcLine> lines = new ArrayList<>();
    for (String line : text.split("\r\n|\r|\n", -1)) {
      lines.add(new AbcLine(file, lines.size() + 1, withoutMark(lines.size(), line)));
    }
    return lines;
  }

  private static String withoutMark(int before, String line) {
    boolean marked = before == 0 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
    return line.substring(marked ? 1 : 0);
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }

  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r') {
        lines.add(Arrays.copyOfRange(bytes, from, at));
        boolean pair = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
        at += pair ? 1 : 0;
        from = at + 1;
      }
    }
    lines.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return lines;
  }

  /** Whether a directive, without the signs that make it one, is about the charset. */
  static boolean isCharset(String directive) {
    return CHARSET.matcher("I:" + directive).matches();
  }

  /** The name of the charset that a line declares. */
  private static Optional<String> declared(byte[] line) {
    if (line.length == 0 || (line[0] != '%' && line[0] != 'I')) {
      return Optional.empty();
    }
    Matcher matcher = CHARSET.matcher(new String(line, StandardCharsets.ISO_8859_1));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private void choose(String name) {
    named = name;
    Optional<Charset> known = known(name);
    known.ifPresent(found -> charset = found);
    omissions.count(Omissions.Kind.UNKNOWN_CHARSET, known.isEmpty() ? 1 : 0);
  }

  /** A charset of that name, in which the signs of ABC are what they are in ASCII. */
  private static Optional<Charset> known(String name) {
    try {
      byte[] signs = SIGNS.getBytes(StandardCharsets.US_ASCII);
      return Optional.of(Charset.forName(name))
          .filter(charset -> new String(signs, charset).equals(SIGNS));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void add(byte[] bytes) {
    declared(bytes).filter(name -> !name.equals(named)).ifPresent(this::choose);
    Optional<String> decoded = MusicText.decode(bytes, charset);
    if (decoded.isEmpty()) {
      omissions.count(Omissions.Kind.WRONG_CHARSET);
    }
    String line = decoded.orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
    lines.add(new AbcLine(file, lines.size() + 1, withoutMark(lines.size(), line)));
  }
}
