package org.seqgan.tasks.speeches;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.TextLines.Line;

/**
 * Takes the speaker's paragraphs from transcripts, a paragraph a line. The rules:
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
  private static final Pattern OTHER = Pattern.compile("(?:Q\\s|\\p{Lu}{2,}(?: \\p{Lu}{2,})*+:).*");
  private static final Pattern STAGE_DIRECTION =
      Pattern.compile(
          "[(\\[](?:[^()\\[\\]]*\\b(?i:applause|laughter|cheers|boos|chants|sings?|crosstalk|inaudible|sic)\\b[^()\\[\\]]*"
              + "|\\p{Lu}[^()\\[\\]]*\\.)[)\\]]");
  private static final Pattern EDITORIAL = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final String DASH = "(?:--|[–—])";
  private static final Pattern DASHES = Pattern.compile("%s(?:\\s*%s)++".formatted(DASH, DASH));
  private static final Pattern DASH_AT_THE_START = Pattern.compile("^\\s*" + DASH);
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private final Consumer<Paragraph> sink;
  private final Consumer<LeftOut> listener;
  private int paragraphs;
  private int others;
  private int stageDirections;

  /**
   * A paragraph.
   *
   * @param text not blank
   * @param place its file and line
   */
  record Paragraph(String text, String place) {}

  /**
   * A reader.
   *
   * @param sink gets each paragraph, in the order of the files
   * @param listener gets each line, and each part of a line, that is left out
   */
  ParagraphReader(Consumer<Paragraph> sink, Consumer<LeftOut> listener) {
    this.sink = sink;
    this.listener = listener;
  }

  /** Takes the next line. */
  void accept(Line line) {
    String text = line.text().replace("\\", "").strip();
    boolean isHeader = line.number() == 1 && HEADER.matcher(text).matches();
    if (isHeader || text.startsWith(COMMENT)) {
      listener.accept(new LeftOut(line.place(), isHeader ? "a header" : "a comment"));
      return;
    }
    String spoken = SPEAKER.matcher(text).replaceFirst("").strip();
    if (OTHER.matcher(spoken).matches()) {
      others++;
      listener.accept(new LeftOut(line.place(), "a paragraph of another speaker"));
      return;
    }
    String paragraph = withoutBrackets(spoken, line.place());
    if (WORD.matcher(paragraph).find()) {
      paragraphs++;
      sink.accept(new Paragraph(paragraph, line.place()));
    } else if (!paragraph.isEmpty()) {
      listener.accept(new LeftOut(line.place(), "no word: " + paragraph));
    }
  }

  private String withoutBrackets(String spoken, String place) {
    Matcher directions = STAGE_DIRECTION.matcher(spoken);
    while (directions.find()) {
      stageDirections++;
      listener.accept(new LeftOut(place, "a stage direction: " + directions.group()));
    }
    String text = directions.reset().replaceAll(" ");
    text = EDITORIAL.matcher(text).replaceAll("$1");
    text = DASHES.matcher(text).replaceAll("—");
    return DASH_AT_THE_START.matcher(text).replaceFirst("").strip();
  }

  /** One line for the report: what was read and what was left out. */
  String summary() {
    return "%d paragraphs; left out: %d of other speakers, and %d stage directions"
        .formatted(paragraphs, others, stageDirections);
  }
}
