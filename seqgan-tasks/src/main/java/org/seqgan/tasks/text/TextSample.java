package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.TokenCounts;
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
 */
record TextSample(
    Passages.Counts read,
    long emptyPassages,
    long longPassages,
    long pieces,
    int found,
    int drawn,
    Split<String> split) {
  /** Between the tokens of a sequence: no token has a line break. */
  private static final String SEPARATOR = "\n";

  /**
   * Reads files.
   *
   * @throws org.seqgan.api.UserException (data) if they cannot be read, are not UTF-8 text, or have
   *     too few sequences
   */
  static TextSample draw(
      List<Path> files, TextOptions options, Tokenizer tokenizer, RandomStream stream) {
    Reservoir<String> reservoir =
        new Reservoir<>(options.maxSequences(), stream.split("reservoir"));
    Cutter cutter =
        new Cutter(
            tokenizer,
            options.sequenceLength(),
            options.longer(),
            tokens -> reservoir.add(String.join(SEPARATOR, tokens)));
    Passages.Counts read = Passages.read(files, options.unit(), cutter::accept);
    List<String> distinct = reservoir.items().stream().distinct().toList();
    Split<String> split =
        Split.of(
            distinct,
            options.validationShare(),
            options.testShare(),
            "sequences of " + options.data(),
            stream.split("split"));
    return new TextSample(
        read,
        cutter.emptyPassages(),
        cutter.longPassages(),
        cutter.pieces(),
        reservoir.seen(),
        reservoir.items().size(),
        split);
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

  /** The tokens of a sequence of the split. */
  static List<String> tokens(String sequence) {
    return List.of(sequence.split(SEPARATOR, -1));
  }

  /** One line each: what was read, and what was left out. */
  List<String> lines(TextOptions options) {
    return Stream.of(readLine(), longLine(options), drawnLine(), splitLine())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private String readLine() {
    return "%s of text: %s, %s of them blank and skipped"
            .formatted(
                count(read.files(), "file"), count(read.lines(), "line"), number(read.blankLines()))
        + (emptyPassages == 0
            ? ""
            : "; %s without a visible character, skipped".formatted(number(emptyPassages)));
  }

  private String longLine(TextOptions options) {
    String units =
        "%s %s, %s of them longer than %d tokens"
            .formatted(
                number(read.passages()),
                options.unit().words(),
                number(longPassages),
                options.sequenceLength());
    if (longPassages == 0) {
      return units;
    }
    return options.longer() == Longer.SPLIT
        ? "%s and split into %s sequences".formatted(units, number(pieces))
        : units + " and left out";
  }

  private String drawnLine() {
    String duplicates = "%s that repeat another were removed".formatted(number(drawn - distinct()));
    return drawn == found
        ? "%s, %s".formatted(count(found, "sequence"), duplicates)
        : "%s, of which %s were drawn at random (max-sequences); of those %s"
            .formatted(count(found, "sequence"), number(drawn), duplicates);
  }

  private String splitLine() {
    return "%s for training, %s for validation, %s for test"
        .formatted(
            number(split.training().size()),
            number(split.validation().size()),
            number(split.test().size()));
  }

  private static String count(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String number(long count) {
    return String.format(java.util.Locale.ROOT, "%,d", count);
  }
}
