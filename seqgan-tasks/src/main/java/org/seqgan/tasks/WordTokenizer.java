package org.seqgan.tasks;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A token for each word and each punctuation mark, in any script. The rules, the first that fits:
 *
 * <ol>
 *   <li>The text is brought to normal form C (Unicode Standard Annex 15); capital letters are kept
 *       or made small; white space parts tokens and is otherwise forgotten.
 *   <li>A straight quotation mark opens if a token follows at once and only a space, a dash or
 *       something that opens stands before it; otherwise it closes. The tokens are {@code “ ” ‘ ’}.
 *       An apostrophe between letters is {@code '} and belongs to the word.
 *   <li>{@code <unk>} is one token, as corpora have it that were cut before.
 *   <li>Initials are one token with their full stops: {@code U.S.}, {@code a.m.}
 *   <li>A word is letters, marks, digits and underscores, also joined by apostrophes and hyphens:
 *       {@code don't}, {@code twenty-first}. A comma, full stop or colon between digits belongs to
 *       the number: {@code 1,000}, {@code 3.5}, {@code 10:30}. A {@code #} or {@code @} right
 *       before a word belongs to it.
 *   <li>Chinese characters and Japanese kana, which are written without spaces, are one token each.
 *       Other scripts without spaces (Thai, Lao, Khmer, Burmese) are better taken as characters.
 *   <li>Two or more full stops, or an ellipsis, are {@code ...}; two or more hyphens, or dashes,
 *       are {@code —}.
 *   <li>Every other character is a token: an extended grapheme cluster (Annex 29).
 * </ol>
 *
 * <p>Put together again, words stand apart by one space; there is none before closing punctuation,
 * after opening punctuation or a currency sign, on either side of a slash, and between Chinese
 * characters or kana.
 *
 * @param letterCase what becomes of capital letters
 */
public record WordTokenizer(LetterCase letterCase) implements Tokenizer {
  /** Scripts without spaces between words; the last is the mark that lengthens a kana. */
  static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\x{30FC}";

  /** Of a word. The last two are the joiners of Indic scripts and Persian. */
  private static final String LETTER =
      "[[\\p{L}\\p{M}\\p{N}_\\x{200C}\\x{200D}]&&[^" + UNSPACED + "]]";

  /** A letter that is no mark on the character before it. */
  private static final String BASE = "[[\\p{L}\\p{N}_]&&[^" + UNSPACED + "]]";

  /** Groups that repeat never give back, because a long line would not fit on the stack. */
  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              TokenTable.UNKNOWN,
              "(?>\\p{L}(?:\\.\\p{L})++\\.?)(?!%s)".formatted(LETTER),
              "[@#]?%1$s+(?:['-](?=%2$s)%1$s+|(?<=\\p{Nd})[.,:](?=\\p{Nd})%1$s+)*+"
                  .formatted(LETTER, BASE),
              "\\.{2,}",
              "-{2,}|[–—―]+",
              "(?! )\\X"));

  private static final Pattern DASHES = Pattern.compile("-{2,}|[–—―]+");
  private static final Map<String, String> SPELT = Map.of("…", "...", "'", "’", "‛", "’");

  private static final Pattern APOSTROPHE =
      Pattern.compile("(?<=%s)['‘’‛](?=%s)".formatted(LETTER, BASE));
  private static final String AFTER_WHAT_OPENS = "(?<=^|[\\s\\p{Ps}\\p{Pi}\\p{Pd}'])";
  private static final String BEFORE_A_TOKEN = "(?=[^\\s\\p{Pe}\\p{Pf}\\p{Po}]|'\\S)";
  private static final Pattern OPENING_DOUBLE =
      Pattern.compile("``|" + AFTER_WHAT_OPENS + "\"" + BEFORE_A_TOKEN);
  private static final Pattern CLOSING_DOUBLE = Pattern.compile("''|\"");
  private static final Pattern OPENING_SINGLE =
      Pattern.compile("(?<!%s)%s'%s".formatted(LETTER, AFTER_WHAT_OPENS, BEFORE_A_TOKEN));
  private static final Pattern CLOSING_SINGLE =
      Pattern.compile("(?<!%s)['‛]|['‛](?!%s)".formatted(LETTER, BASE));

  /** Without one of these, the five patterns above find nothing, slowly. */
  private static final Pattern QUOTES = Pattern.compile("[\"'`‘’‛]");

  private static final Pattern HYPHEN = Pattern.compile("[‐‑]");

  @Override
  public List<String> tokenize(String text) {
    return TOKEN
        .matcher(quoted(Plain.text(text, letterCase)))
        .results()
        .map(MatchResult::group)
        .map(WordTokenizer::spelt)
        .toList();
  }

  @Override
  public String detokenize(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (i > 0 && !isGlued(tokens.get(i - 1), tokens.get(i))) {
        text.append(' ');
      }
      text.append(tokens.get(i));
    }
    return text.toString();
  }

  /** Tokens that would be read as others without a space keep it, whatever the custom. */
  private boolean isGlued(String left, String right) {
    return Spacing.isWrittenWithoutSpace(left, right)
        && tokenize(left + right).equals(List.of(left, right));
  }

  private static String quoted(String plain) {
    String text = HYPHEN.matcher(plain).replaceAll("-");
    if (!QUOTES.matcher(text).find()) {
      return text;
    }
    text = APOSTROPHE.matcher(text).replaceAll("'");
    text = OPENING_DOUBLE.matcher(text).replaceAll("“");
    text = CLOSING_DOUBLE.matcher(text).replaceAll("”");
    text = OPENING_SINGLE.matcher(text).replaceAll("‘");
    return CLOSING_SINGLE.matcher(text).replaceAll("’");
  }

  private static String spelt(String token) {
    if (DASHES.matcher(token).matches()) {
      return "—";
    }
    return token.startsWith("..") ? "..." : SPELT.getOrDefault(token, token);
  }
}
