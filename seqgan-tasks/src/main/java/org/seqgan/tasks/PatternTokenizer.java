package org.seqgan.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;

/**
 * A token for each match of a regular expression, each match right behind the one before. The text
 * is taken as it is, but for white space at its ends. Every character has to be in a token: nothing
 * is skipped, so that the tokens joined are the text again.
 *
 * <p>A match may take as many steps as {@link #MOST_STEPS} for each character of the text, so that
 * no expression and no text make it go on for ever.
 */
public final class PatternTokenizer implements Tokenizer {
  /** How many characters may be looked at for each character of a text. */
  static final int MOST_STEPS = 1_000;

  /** The product of all counts in braces: what is repeated may be empty, and then takes no step. */
  private static final long MOST_REPETITIONS = 10_000;

  private static final Pattern REPETITION =
      Pattern.compile("(?<!\\\\)(?<!\\\\[xpPN])\\{(\\d+)(,\\d*)?}");

  private final Pattern pattern;
  private final LetterCase letterCase;

  private PatternTokenizer(Pattern pattern, LetterCase letterCase) {
    this.pattern = pattern;
    this.letterCase = letterCase;
  }

  /**
   * A tokeniser.
   *
   * @param pattern a regular expression of Java
   * @param letterCase what becomes of capital letters, before the expression is applied
   * @throws IllegalArgumentException if it is none, with one line that says where and why
   */
  public static PatternTokenizer of(String pattern, LetterCase letterCase) {
    long repetitions = 1;
    for (Matcher counts = REPETITION.matcher(pattern); counts.find(); ) {
      long count =
          counts.group(1).length() > 9 ? MOST_REPETITIONS + 1 : Long.parseLong(counts.group(1));
      repetitions = Math.min(repetitions * Math.max(1, count), MOST_REPETITIONS + 1);
    }
    if (repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "pattern repeats too often, expected numbers in braces whose product is at most "
              + MOST_REPETITIONS);
    }
    try {
      return new PatternTokenizer(Pattern.compile(pattern), letterCase);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern is no regular expression: %s%s"
              .formatted(
                  e.getDescription().strip(),
                  e.getIndex() < 0 ? "" : ", at character " + (e.getIndex() + 1)),
          e);
    }
  }

  /** The regular expression. */
  public String pattern() {
    return pattern.pattern();
  }

  @Override
  public LetterCase letterCase() {
    return letterCase;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if a character is in no token (data), or if the expression takes too many
   *     steps (configuration); the message begins with the place in the text
   */
  @Override
  public List<String> tokenize(String text) {
    return tokens(letterCase.apply(text).stripTrailing(), NoToken.IN_DATA);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException (configuration) if a character is in no token, or if the expression takes
   *     too many steps; the message begins with the place in the text
   */
  @Override
  public List<String> tokenizeBeginning(String text) {
    return tokens(letterCase.apply(text), NoToken.IN_BEGINNING);
  }

  /** What is wrong where a character is in no token, and what to do. */
  private record NoToken(Kind kind, String advice) {
    static final NoToken IN_DATA =
        new NoToken(
            Kind.DATA,
            "expected task.pattern to match every character: add an alternative, such as |. for any other");
    static final NoToken IN_BEGINNING =
        new NoToken(
            Kind.CONFIGURATION,
            "expected what task.pattern matches: write it as the data do, or leave it out");
  }

  private List<String> tokens(String content, NoToken noToken) {
    int from = content.length() - content.stripLeading().length();
    List<String> tokens = new ArrayList<>();
    Matcher matcher =
        pattern.matcher(new Counted(content)).useTransparentBounds(true).useAnchoringBounds(false);
    while (from < content.length()) {
      int end = end(matcher, content, from, noToken);
      tokens.add(content.substring(from, end));
      from = end;
    }
    return tokens;
  }

  /** Where the token that begins at a place ends. */
  private static int end(Matcher matcher, String text, int from, NoToken noToken) {
    try {
      if (matcher.region(from, text.length()).lookingAt() && matcher.end() > from) {
        return matcher.end();
      }
    } catch (TooManySteps e) {
      throw tooMuch(
          text, from, "takes more than %,d steps for each character".formatted(MOST_STEPS));
    } catch (StackOverflowError e) {
      throw tooMuch(text, from, "needs more stack than there is");
    }
    throw new UserException(
        noToken.kind(),
        "column %d: %s is in no token; %s"
            .formatted(column(text, from), shown(text.codePointAt(from)), noToken.advice()));
  }

  private static UserException tooMuch(String text, int from, String what) {
    return new UserException(
        Kind.CONFIGURATION,
        "column %d: task.pattern %s; expected one without repetitions inside of repetitions"
            .formatted(column(text, from), what));
  }

  private static int column(String text, int at) {
    return text.codePointCount(0, at) + 1;
  }

  private static String shown(int character) {
    boolean visible =
        !Character.isISOControl(character)
            && !Character.isWhitespace(character)
            && !Character.isSpaceChar(character);
    return visible
        ? "'%s' (U+%04X)".formatted(Character.toString(character), character)
        : "U+%04X".formatted(character);
  }

  /** Joins the tokens. */
  @Override
  public String detokenize(List<String> tokens) {
    return String.join("", tokens);
  }

  /** A text that counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long left;

    Counted(String text) {
      this.text = text;
      this.left = (long) MOST_STEPS * (text.length() + 1);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left-- == 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
