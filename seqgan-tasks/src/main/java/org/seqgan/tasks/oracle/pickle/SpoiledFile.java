package org.seqgan.tasks.oracle.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.FileKind;
import org.seqgan.tasks.TextLines;

/**
 * What happened on its way to a file of parameters that cannot be read, as far as its bytes tell:
 * programs that move text change line ends and encodings, and a server may send a message instead.
 */
public final class SpoiledFile {
  /** The beginning of a file tells enough. */
  private static final int MOST_BYTES = 1 << 20;

  /** Of what is missing altogether so many are expected among bytes that are there by chance. */
  private static final int ENOUGH = 8;

  /** A message fails as a pickle this soon: few of its letters are instructions. */
  private static final int FEW_BYTES = 16;

  private static final int SHOWN = 60;

  private static final Pattern SAVED_AS_UTF_8 = Pattern.compile("\\xC2\\x80[\\x02-\\x05]");
  private static final Pattern REPLACED = Pattern.compile("\\xEF\\xBF\\xBD[\\x02-\\x05]");
  private static final String MARK = "\u00EF\u00BB\u00BF";
  private static final Pattern FIRST_WORDS = Pattern.compile("[\\t -~][\\t\\r\\n -~]{7,}");

  private SpoiledFile() {}

  /**
   * Why a file that cannot be read may be as it is, and what to do.
   *
   * @param failedAt the number of bytes after which reading failed; line ends that follow are not
   *     to blame
   * @return one line that follows the name of the file; empty if nothing can be told
   */
  public static Optional<String> reason(Path file, long failedAt) {
    try (InputStream in = Files.newInputStream(file)) {
      return reason(in.readNBytes(MOST_BYTES), failedAt);
    } catch (IOException e) {
      throw TextLines.unreadable(file, e);
    }
  }

  private static Optional<String> reason(byte[] head, long failedAt) {
    if (head.length == 0) {
      return Optional.of("it is empty; fetch it again");
    }
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    int line = bytes.indexOf('\n');
    boolean withinFirstLine = failedAt <= (line < 0 ? FEW_BYTES : Math.min(line, FEW_BYTES));
    return encoding(bytes)
        .or(() -> lineEnds(bytes, failedAt))
        .or(() -> withinFirstLine ? words(head, bytes) : Optional.empty());
  }

  /** A pickle of protocol 2 or newer begins with the byte 0x80, which is no UTF-8. */
  private static Optional<String> encoding(String bytes) {
    String change = "";
    if (SAVED_AS_UTF_8.matcher(bytes).lookingAt()) {
      change = "it was saved as UTF-8";
    } else if (REPLACED.matcher(bytes).lookingAt()) {
      change = "what is not UTF-8 was replaced";
    } else if (bytes.startsWith(MARK)) {
      change = "it begins with a byte-order mark";
    }
    return change.isEmpty()
        ? Optional.empty()
        : Optional.of("it was taken for text; fetch it as binary (%s)".formatted(change));
  }

  private static Optional<String> lineEnds(String bytes, long failedAt) {
    boolean text = bytes.chars().allMatch(c -> c < 0x80 && c != 0);
    long feeds = count(bytes, "\n");
    long returns = count(bytes, "\r");
    long both = count(bytes, "\r\n");
    String change = "";
    if (both == feeds && feeds >= (text ? 1 : 2) && failedAt > bytes.indexOf('\n')) {
      change = "each LF has a CR before it";
    } else if (feeds == 0 && returns >= (text ? 1 : ENOUGH)) {
      change = "there is CR and no LF";
    } else if (both == 0 && !text && feeds * returns >= ENOUGH * (long) bytes.length()) {
      change = "no LF has a CR before it, as some have by chance";
    }
    return change.isEmpty()
        ? Optional.empty()
        : Optional.of("its line ends were changed; fetch it as binary (%s)".formatted(change));
  }

  private static long count(String bytes, String part) {
    long count = 0;
    for (int at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** A message in place of a file. */
  private static Optional<String> words(byte[] head, String bytes) {
    Matcher words = FIRST_WORDS.matcher(bytes);
    if (FileKind.of(head).isPresent() || !words.lookingAt()) {
      return Optional.empty();
    }
    String line = bytes.lines().findFirst().orElse("");
    return Optional.of(
        "it begins with the text '%s', which may be a message in place of the file; fetch it again"
            .formatted(line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "..."));
  }
}
