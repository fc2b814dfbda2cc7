package org.seqgan.tasks.speeches;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.TextLines.Line;

/**
 * Collects the speaker's paragraphs from transcripts, a paragraph a line. The rules:
 *
 * <ul>
 *   <li>A first line {@code President: NAME} is a header; a line that starts with {@code #} is a
 *       comment. Both are left out.
 *   <li>A paragraph under a label in capitals ({@code AUDIENCE:}) or after {@code Q} (a reporter)
 *       is somebody else's: it is left out and counted. The label {@code THE PRESIDENT:} is
 *       removed, its paragraph stays.
 *   <li>A stage direction is removed and counted: what stands in brackets and speaks of applause,
 *       laughter, cheers, boos, chants, singing, crosstalk, or of what is inaudible or sic, or is a
 *       sentence with its full stop.
 *   <li>Of other square brackets, an editor's, the contents stay: {@code soldier[s]}. Backslashes,
 *       of Markdown, are removed. Dashes on both sides of a stage direction become one.
 * </ul>
 */
final class ParagraphReader {
  private static final Pattern HEADER = Pattern.compile("President: .*");
  private static final String COMMENT = "#";
  private static final Pattern SPEAKER = Pattern.compile("THE PRESIDENT:");
  private static final Pattern OTHER = Pattern.compile("(?:Q\\s|\\p{Lu}{2,}(?: \\p{Lu}{2,})*:).*");
  private static final Pattern STAGE_DIRECTION =
      Pattern.compile(
          "[(\\[](?:[^()\\[\\]]*\\b(?i:applause|laughter|cheers|boos|chants|sings?|crosstalk|inaudible|sic)\\b[^()\\[\\]]*"
              + "|\\p{Lu}[^()\\[\\]]*\\.)[)\\]]");
  private static final Pattern EDITORIAL = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final String DASH = "(?:--|[–—])";
  private static final Pattern DASHES = Pattern.compile("%s(?:\\s*%s)+".formatted(DASH, DASH));
  private static final Pattern DASH_AT_THE_START = Pattern.compile("^\\s*" + DASH);
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private final List<String> paragraphs = new ArrayList<>();
  private int others;
  private int stageDirections;

  /** Takes the next line. */
  void accept(Line line) {
    String text = line.text().replace("\\", "").strip();
    boolean isHeader = line.number() == 1 && HEADER.matcher(text).matches();
    if (isHeader || text.startsWith(COMMENT)) {
      return;
    }
    String spoken = SPEAKER.matcher(text).replaceFirst("").strip();
    if (OTHER.matcher(spoken).matches()) {
      others++;
      return;
    }
    String paragraph = withoutBrackets(spoken);
    if (WORD.matcher(paragraph).find()) {
      paragraphs.add(paragraph);
    }
  }

  private String withoutBrackets(String spoken) {
    Matcher directions = STAGE_DIRECTION.matcher(spoken);
    stageDirections += (int) directions.results().count();
    String text = directions.reset().replaceAll(" ");
    text = EDITORIAL.matcher(text).replaceAll("$1");
    text = DASHES.matcher(text).replaceAll("—");
    return DASH_AT_THE_START.matcher(text).replaceFirst("").strip();
  }

  /** The paragraphs that were taken, none blank, in the order of the files. */
  List<String> paragraphs() {
    return List.copyOf(paragraphs);
  }

  /** One line for the report: what was read and what was left out. */
  String summary() {
    return "%d paragraphs; left out: %d of other speakers, and %d stage directions"
        .formatted(paragraphs.size(), others, stageDirections);
  }
}
