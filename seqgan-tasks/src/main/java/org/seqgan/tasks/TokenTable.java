package org.seqgan.tasks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;

/**
 * The tokens of a task and their ids: the more frequent, the smaller; equally frequent ones in the
 * order of their code points. Immutable and thread-safe.
 *
 * <ul>
 *   <li>{@link #ofVariableLength}: id 0 is the end token, and the start token too; id 1 is {@link
 *       #UNKNOWN}, for every token that is not in the table.
 *   <li>{@link #ofEvery}: id 0 is the end token, and the start token too; there is no unknown one,
 *       and the order is that of the list.
 *   <li>{@link #ofFixedLength}: tokens alone. The start token is id 0, an ordinary token, as in the
 *       authors' code.
 * </ul>
 */
public final class TokenTable {
  /** What stands for a token that is not in the table. */
  public static final String UNKNOWN = "<unk>";

  /** The id of {@link #UNKNOWN}. */
  public static final int UNKNOWN_ID = 1;

  private static final int END_ID = 0;
  private static final String END = "<end>";
  private static final int SPECIAL_TOKENS = 2;

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Vocabulary vocabulary;
  private final boolean hasUnknown;

  /** The first tokens are the special ones. */
  private TokenTable(List<String> tokens, int special) {
    this.tokens = List.copyOf(tokens);
    this.vocabulary =
        new Vocabulary(
            tokens.size(), 0, special > 0 ? OptionalInt.of(END_ID) : OptionalInt.empty());
    this.hasUnknown = special == SPECIAL_TOKENS;
    for (int id = special; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  /**
   * A table for sequences of unequal length in which every token is known beforehand, as bytes are.
   *
   * @param all different ones, in the order of their ids, which begin with 1
   */
  public static TokenTable ofEvery(List<String> all) {
    List<String> tokens = new ArrayList<>(all.size() + 1);
    tokens.add(END);
    tokens.addAll(all);
    return new TokenTable(tokens, 1);
  }

  /**
   * A table of all tokens, for sequences of one length.
   *
   * @param counts of all sequences that will be encoded
   * @throws UserException (data) if there are fewer than 2 tokens
   */
  public static TokenTable ofFixedLength(TokenCounts counts) {
    List<String> tokens = counts.byFrequency(1);
    if (tokens.size() < 2) {
      throw new UserException(
          UserException.Kind.DATA,
          "the data have %d different tokens, expected at least 2: give more data"
              .formatted(tokens.size()));
    }
    return new TokenTable(tokens, 0);
  }

  /**
   * A table for sequences of unequal length, without rare tokens.
   *
   * @param training the counts of the training sequences, and of no others
   * @param minimumCount how often a token must occur to be in the table, at least 1
   * @param maximumSize how large the table may become, special tokens included, at least 3
   * @throws UserException (data) if no token is frequent enough
   */
  public static TokenTable ofVariableLength(
      TokenCounts training, long minimumCount, int maximumSize) {
    List<String> tokens = new ArrayList<>(List.of(END, UNKNOWN));
    training.byFrequency(minimumCount).stream()
        .filter(token -> !token.equals(UNKNOWN))
        .limit(maximumSize - SPECIAL_TOKENS)
        .forEach(tokens::add);
    if (tokens.size() == SPECIAL_TOKENS) {
      throw new UserException(
          UserException.Kind.DATA,
          "none of the %d different tokens of the training data occurs %d times: give more data or a smaller minimum"
              .formatted(training.distinct(), minimumCount));
    }
    return new TokenTable(tokens, SPECIAL_TOKENS);
  }

  /**
   * A table as {@link #tokens} tells it.
   *
   * @throws UserException (data) if it is none of the three kinds, or has a token twice
   */
  public static TokenTable of(Vocabulary vocabulary, List<String> tokens) {
    boolean ends = vocabulary.endToken().isPresent();
    int special = !ends ? 0 : tokens.get(UNKNOWN_ID).equals(UNKNOWN) ? SPECIAL_TOKENS : 1;
    TokenTable table = new TokenTable(tokens, special);
    if (!table.vocabulary.equals(vocabulary)) {
      throw Saved.fault("start and end token are not those of a table of tokens");
    }
    if (table.ids.size() != tokens.size() - special) {
      throw Saved.fault("a token is there twice");
    }
    return table;
  }

  /** What a model has to know of the tokens. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The number of tokens, special ones included. */
  public int size() {
    return tokens.size();
  }

  /** The texts of all tokens, by id. */
  public List<String> tokens() {
    return tokens;
  }

  /** The text of a token; a special one is in angle brackets. */
  public String token(int id) {
    return tokens.get(id);
  }

  /**
   * The ids of a sequence, without an end token.
   *
   * @throws IllegalArgumentException if a token is not in a table that has no unknown one
   */
  public int[] encode(List<String> sequence) {
    return sequence.stream().mapToInt(this::id).toArray();
  }

  /**
   * The ids of a beginning that somebody wrote, of which none may become {@link #UNKNOWN}; that
   * word itself is what it says, where the table has it.
   *
   * @throws UserException (configuration) naming the first token that is not in the table
   */
  public int[] encodeKnown(List<String> beginning) {
    for (int t = 0; t < beginning.size(); t++) {
      String token = beginning.get(t);
      if (!ids.containsKey(token) && !(hasUnknown && token.equals(UNKNOWN))) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "token %d, '%s', is not in the vocabulary of %,d; expected tokens that the training data have: write it as they do, or leave it out",
                t + 1,
                token,
                size()));
      }
    }
    return encode(beginning);
  }

  /**
   * The ids of sequences.
   *
   * @param time T; with a fixed length every sequence must have it
   */
  public Sequences encode(List<List<String>> sequences, int time) {
    List<int[]> rows = sequences.stream().map(this::encode).toList();
    return isVariable()
        ? Sequences.ofUnequalRows(rows, time, END_ID)
        : Sequences.ofRows(rows.toArray(int[][]::new));
  }

  /** The tokens of a sequence, up to its end token. */
  public List<String> decode(int[] sequence) {
    List<String> decoded = new ArrayList<>(sequence.length);
    for (int id : sequence) {
      if (isVariable() && id == END_ID) {
        break;
      }
      decoded.add(tokens.get(id));
    }
    return decoded;
  }

  /** How many tokens of some sequences are the unknown one. */
  public long unknown(Sequences sequences) {
    if (!hasUnknown) {
      return 0;
    }
    long unknown = 0;
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.length(i); t++) {
        unknown += sequences.token(i, t) == UNKNOWN_ID ? 1 : 0;
      }
    }
    return unknown;
  }

  private boolean isVariable() {
    return vocabulary.endToken().isPresent();
  }

  private int id(String token) {
    Integer id = ids.get(token);
    if (id != null) {
      return id;
    }
    if (!hasUnknown) {
      throw new IllegalArgumentException("token '" + token + "' is not in the table");
    }
    return UNKNOWN_ID;
  }
}
