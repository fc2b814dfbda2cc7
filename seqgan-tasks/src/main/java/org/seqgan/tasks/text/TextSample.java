package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.TokenCounts;
import org.seqgan.tasks.TokenTable;
import org.seqgan.tasks.Tokenizer;

/**
 * The sequences of a text, drawn, distinct, and divided, but not yet as ids. A sequence is kept as
 * one string, which takes a fraction of the memory of a list of tokens. Immutable.
 *
 * @param read what was read
 * @param emptyPassages without a token
 * @param longPassages of more than T tokens
 * @param pieces the sequences that those became
 * @param found how many sequences there are
 * @param drawn how many of them were taken
 * @param split the different ones of those
 * @param tokenizer that took them apart
 */
record TextSample(
    Passages.Counts read,
    long emptyPassages,
    long longPassages,
    long pieces,
    int found,
    int drawn,
    Split<String> split,
    Tokenizer tokenizer) {
  /** Between the tokens of a sequence: no text has a zero character. */
  private static final String SEPARATOR = "\0";

  /** Training, validation and test. */
  static final int SETS = 3;

  /**
   * Reads files.
   *
   * @param layout what of them becomes a text
   * @throws UserException (data) if they cannot be read, are not UTF-8 text, or have too few
   *     sequences
   */
  static TextSample draw(List<Path> files, TextLayout layout, TextOptions options) {
    return options.tokens() == Tokens.BPE
        ? LearntSample.of(DividedPassages.of(files, layout, options), options)
        : drawWith(options.tokenizer(files, layout), files, layout, options);
  }

  private static TextSample drawWith(
      Tokenizer tokenizer, List<Path> files, TextLayout layout, TextOptions options) {
    Reservoir<String> reservoir =
        new Reservoir<>(
            options.maximumSequences(), RandomStream.of(options.splitSeed()).split("reservoir"));
    Cutter cutter =
        new Cutter(
            tokenizer,
            options.sequenceLength(),
            options.longer(),
            (tokens, from) -> reservoir.add(joined(tokens)));
    Passages.Counts read = Passages.read(files, layout, cutter::accept);
    List<String> distinct = reservoir.items().stream().distinct().toList();
    requireEnough(distinct.size(), read, options);
    Split<String> split =
        Split.of(
            distinct,
            options.validationShare(),
            options.testShare(),
            "sequences of " + options.data(),
            options.splitSeed());
    return new TextSample(
        read,
        cutter.emptyPassages(),
        cutter.longPassages(),
        cutter.pieces(),
        reservoir.seen(),
        reservoir.items().size(),
        split,
        tokenizer);
  }

  private static void requireEnough(int distinct, Passages.Counts read, TextOptions options) {
    if (distinct < SETS) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected at least %d different sequences, for training, validation and test, found %d in %s: give more data"
              .formatted(options.data(), SETS, distinct, count(read.passages(), read.word())));
    }
  }

  /** Different sequences, in all three sets. */
  int distinct() {
    return split.training().size() + split.validation().size() + split.test().size();
  }

  /** How often each token occurs in the training sequences. */
  TokenCounts trainingCounts() {
    TokenCounts counts = new TokenCounts();
    split.training().forEach(sequence -> counts.add(tokens(sequence)));
    return counts;
  }

  /**
   * The ids of the tokens: by how often they occur, or all that were learnt.
   *
   * @throws UserException (data) if no token is frequent enough
   */
  TokenTable table(int minimumCount, int maximumVocabulary) {
    return tokenizer instanceof BytePairTokenizer learnt
        ? TokenTable.ofEvery(learnt.tokens())
        : TokenTable.ofVariableLength(trainingCounts(), minimumCount, maximumVocabulary);
  }

  /** A sequence as one string. */
  static String joined(List<String> tokens) {
    return String.join(SEPARATOR, tokens);
  }

  /** The tokens of a sequence of the split. */
  static List<String> tokens(String sequence) {
    return List.of(sequence.split(SEPARATOR, -1));
  }

  /** One line each: what was read, and what was left out. */
  List<String> lines(TextOptions options) {
    return List.of(readLine(), longLine(options), drawnLine());
  }

  private String readLine() {
    String text = "%s with %s".formatted(count(read.files(), "file"), count(read.lines(), "line"));
    return text
        + (read.blankLines() == 0
            ? ""
            : ", %s of them blank and skipped".formatted(number(read.blankLines())))
        + (emptyPassages == 0
            ? ""
            : "; %s without a visible character, skipped".formatted(number(emptyPassages)))
        + (read.separators() == 0
            ? ""
            : "; %s that end no line here (U+0085, U+2028, U+2029), taken as white space"
                .formatted(count(read.separators(), "character")))
        + (read.lostCharacters() == 0
            ? ""
            : "; %s that an earlier conversion lost (U+FFFD)"
                .formatted(count(read.lostCharacters(), "character")));
  }

  private String longLine(TextOptions options) {
    String units = count(read.passages(), read.word());
    if (longPassages == 0) {
      return units + ", none of them longer than %d tokens".formatted(options.sequenceLength());
    }
    String some =
        "%s, %s of them longer than %d tokens"
            .formatted(units, number(longPassages), options.sequenceLength());
    return options.longer() == Longer.SPLIT
        ? "%s and split into %s".formatted(some, count(pieces, "sequence"))
        : some + " and left out";
  }

  private String drawnLine() {
    int repeated = drawn - distinct();
    String duplicates =
        "%s that %s another removed"
            .formatted(number(repeated), repeated == 1 ? "repeats" : "repeat");
    return drawn == found
        ? "%s, %s".formatted(count(found, "sequence"), duplicates)
        : "%s, of which %s were drawn at random (maximum-sequences); of those %s"
            .formatted(count(found, "sequence"), number(drawn), duplicates);
  }

  private static String count(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
