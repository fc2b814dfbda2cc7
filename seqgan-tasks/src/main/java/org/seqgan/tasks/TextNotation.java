package org.seqgan.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;

/**
 * Text: a tokeniser, and the ids of its tokens. Immutable and thread-safe.
 *
 * @param tokenizer takes texts apart and puts them together
 * @param table the ids
 */
public record TextNotation(Tokenizer tokenizer, TokenTable table) implements Notation {
  private static final String TOKENS = "tokens";
  private static final String LETTER_CASE = "letter-case";
  private static final String PATTERN = "pattern";
  private static final String PAIRS = "pairs";

  /** What a token is, in the words of {@value #TOKENS}. */
  private enum Kind {
    WORDS,
    CHARACTERS,
    PATTERN,
    BPE
  }

  @Override
  public String show(int[] tokens) {
    return tokenizer.detokenize(table.decode(tokens));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(table.encodeKnown(tokenizer.tokenizeBeginning(beginning)));
  }

  /** What {@link #of} makes the same of. */
  public NotationState state() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(LETTER_CASE, Saved.word(tokenizer.letterCase()));
    if (tokenizer instanceof WordTokenizer) {
      settings.put(TOKENS, Saved.word(Kind.WORDS));
    } else if (tokenizer instanceof CharacterTokenizer) {
      settings.put(TOKENS, Saved.word(Kind.CHARACTERS));
    } else if (tokenizer instanceof PatternTokenizer matches) {
      settings.put(TOKENS, Saved.word(Kind.PATTERN));
      settings.put(PATTERN, matches.pattern());
    } else if (tokenizer instanceof BytePairTokenizer learnt) {
      settings.put(TOKENS, Saved.word(Kind.BPE));
      settings.put(PAIRS, written(learnt.pairs()));
    }
    return new NotationState(table.tokens(), settings);
  }

  /**
   * The notation of a state.
   *
   * @throws org.seqgan.api.UserException (data) if it is none that {@link #state} gives
   */
  public static TextNotation of(Vocabulary vocabulary, NotationState state) {
    Saved saved = new Saved(state.settings());
    LetterCase letterCase = saved.choice(LETTER_CASE, LetterCase.class);
    TokenTable table = TokenTable.of(vocabulary, state.tokens());
    return switch (saved.choice(TOKENS, Kind.class)) {
      case WORDS -> {
        saved.requireKeys(TOKENS, LETTER_CASE);
        yield new TextNotation(new WordTokenizer(letterCase), table);
      }
      case CHARACTERS -> {
        saved.requireKeys(TOKENS, LETTER_CASE);
        yield new TextNotation(new CharacterTokenizer(letterCase), table);
      }
      case PATTERN -> {
        saved.requireKeys(TOKENS, LETTER_CASE, PATTERN);
        yield new TextNotation(pattern(saved.text(PATTERN), letterCase), table);
      }
      case BPE -> {
        saved.requireKeys(TOKENS, LETTER_CASE, PAIRS);
        List<BytePairs.Pair> pairs = pairs(saved.text(PAIRS));
        requireNamed(pairs, state.tokens());
        yield new TextNotation(new BytePairTokenizer(bytePairs(pairs), letterCase), table);
      }
    };
  }

  private static PatternTokenizer pattern(String expression, LetterCase letterCase) {
    try {
      return PatternTokenizer.of(expression, letterCase);
    } catch (IllegalArgumentException e) {
      throw Saved.fault("key 'pattern': " + e.getMessage());
    }
  }

  // ---- pairs ----

  private static String written(BytePairs pairs) {
    return pairs.pairs().stream()
        .map(pair -> pair.left() + " " + pair.right())
        .collect(Collectors.joining("\n"));
  }

  private static List<BytePairs.Pair> pairs(String text) {
    List<BytePairs.Pair> pairs = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      if (!line.matches("[0-9]{1,9} [0-9]{1,9}")) {
        throw Saved.fault(
            "key 'pairs', line %d: expected two tokens, found '%s'"
                .formatted(pairs.size() + 1, line));
      }
      pairs.add(
          new BytePairs.Pair(
              Integer.parseInt(line.substring(0, space)),
              Integer.parseInt(line.substring(space + 1))));
    }
    return pairs;
  }

  private static BytePairs bytePairs(List<BytePairs.Pair> pairs) {
    try {
      return new BytePairs(pairs);
    } catch (IllegalArgumentException e) {
      throw Saved.fault("key 'pairs': " + e.getMessage());
    }
  }

  /**
   * Pairs of pairs of pairs may stand for more bytes than there is memory: so before one of them is
   * written out, each has to be as long as the name that the state has for it.
   */
  private static void requireNamed(List<BytePairs.Pair> pairs, List<String> tokens) {
    int first = tokens.size() - BytePairs.BYTES - pairs.size();
    if (first < 0) {
      throw Saved.fault(
          "key 'pairs': %d of them with %d bytes are more than the %d tokens"
              .formatted(pairs.size(), BytePairs.BYTES, tokens.size()));
    }
    long[] lengths = new long[BytePairs.BYTES + pairs.size()];
    Arrays.fill(lengths, 0, BytePairs.BYTES, 1);
    for (int i = 0; i < pairs.size(); i++) {
      int token = BytePairs.BYTES + i;
      BytePairs.Pair pair = pairs.get(i);
      if (Math.max(pair.left(), pair.right()) >= token) {
        throw Saved.fault("key 'pairs', line %d: expected earlier tokens".formatted(i + 1));
      }
      lengths[token] = lengths[pair.left()] + lengths[pair.right()];
      if (lengths[token] != tokens.get(first + token).length()) {
        throw Saved.fault("key 'pairs', line %d is not the token of its place".formatted(i + 1));
      }
    }
  }
}
