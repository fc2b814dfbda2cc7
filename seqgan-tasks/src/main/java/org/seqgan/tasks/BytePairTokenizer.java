package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A token for each of the {@link BytePairs} of a text in UTF-8. The text is taken as it is, white
 * space at its ends too, so that the tokens joined are the text again, byte for byte.
 *
 * <p>A token is written with one character for each of its bytes, as GPT-2's code does: a byte that
 * is a visible character of Latin-1 is that character, and the others are U+0100 and those that
 * follow, in their order. A space is {@code Ġ}.
 */
public final class BytePairTokenizer implements Tokenizer {
  private static final char FIRST_INVISIBLE = '\u0100';
  private static final char[] NAMES = new char[BytePairs.BYTES];
  private static final int[] BYTES;

  /** The bits of a byte that goes on with a character of UTF-8, 10xxxxxx. */
  private static final int CONTINUES = 0x80;

  private static final int CONTINUES_MASK = 0xC0;

  static {
    char invisible = FIRST_INVISIBLE;
    for (int value = 0; value < NAMES.length; value++) {
      NAMES[value] = isVisible(value) ? (char) value : invisible++;
    }
    BYTES = new int[invisible];
    Arrays.fill(BYTES, -1);
    for (int value = 0; value < NAMES.length; value++) {
      BYTES[NAMES[value]] = value;
    }
  }

  private final BytePairs pairs;
  private final LetterCase letterCase;
  private final List<String> tokens;

  /**
   * A tokeniser.
   *
   * @param letterCase what becomes of capital letters first; bytes stay as they are only where
   *     those are kept
   */
  public BytePairTokenizer(BytePairs pairs, LetterCase letterCase) {
    this.pairs = pairs;
    this.letterCase = letterCase;
    this.tokens =
        IntStream.range(0, pairs.size())
            .mapToObj(token -> name(pairs.decode(new int[] {token})))
            .toList();
  }

  /**
   * A tokeniser whose pairs are learnt, by the rules of {@link BytePairLearner}.
   *
   * @param texts to learn from
   * @param mostTokens how many tokens there may be, at least 256
   * @param minimumCount how often a pair has to occur, at least 2 whatever is given
   */
  public static BytePairTokenizer learn(
      Iterable<String> texts, int mostTokens, long minimumCount, LetterCase letterCase) {
    BytePairLearner learner = new BytePairLearner();
    texts.forEach(text -> learner.add(bytes(text, letterCase)));
    return new BytePairTokenizer(
        learner.learn(mostTokens - BytePairs.BYTES, minimumCount), letterCase);
  }

  /** Every token there is, bytes first, then pairs as they were learnt. No two are the same. */
  public List<String> tokens() {
    return tokens;
  }

  /** The pairs. */
  public BytePairs pairs() {
    return pairs;
  }

  @Override
  public LetterCase letterCase() {
    return letterCase;
  }

  @Override
  public List<String> tokenize(String text) {
    int[] encoded = pairs.encode(bytes(text, letterCase));
    List<String> named = new ArrayList<>(encoded.length);
    for (int token : encoded) {
      named.add(tokens.get(token));
    }
    return named;
  }

  private static byte[] bytes(String text, LetterCase letterCase) {
    return letterCase.apply(text).getBytes(UTF_8);
  }

  private static boolean isVisible(int value) {
    return (value > ' ' && value <= '~') || (value > '\u00A0' && value != '\u00AD');
  }

  private static String name(byte[] bytes) {
    StringBuilder name = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      name.append(NAMES[value & 0xFF]);
    }
    return name.toString();
  }

  /** Bytes that are no UTF-8, as a cut may leave them and a model write them, become U+FFFD. */
  @Override
  public String detokenize(List<String> named) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : named) {
      for (int i = 0; i < token.length(); i++) {
        bytes.write(value(token.charAt(i)));
      }
    }
    return bytes.toString(UTF_8);
  }

  private static int value(char name) {
    return name < BYTES.length && BYTES[name] >= 0 ? BYTES[name] : '?';
  }

  @Override
  public boolean startsWord(String token) {
    return value(token.charAt(0)) == ' ';
  }

  @Override
  public boolean startsCharacter(String token) {
    return (value(token.charAt(0)) & CONTINUES_MASK) != CONTINUES;
  }
}
