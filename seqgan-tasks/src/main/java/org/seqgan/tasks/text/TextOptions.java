package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seqgan.api.plugin.Option;
import org.seqgan.tasks.BytePairs;
import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.PatternTokenizer;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

/** Options of the task "text"; {@code seqgan init} chooses them for given data. */
public record TextOptions(
    @Option(description = "a file of UTF-8 text, or a folder of such files", required = true)
        Path data,
    @Option(
            description =
                "which files of a folder, by the end of their names, in any case; empty for all",
            defaultValue = ".txt")
        String fileEnding,
    @Option(
            description =
                "how the files are written: text, csv (RFC 4180), csv-semicolon, tsv, tsv-unquoted,"
                    + " json-lines; auto: text, or with a column the table that the first file is",
            defaultValue = "auto")
        TextFormat format,
    @Option(
            description =
                "of a table: the column to read, by its name or its number, counted from 1; of"
                    + " json-lines the name of a member")
        Optional<String> column,
    @Option(
            description =
                "of a table: whether the first record of a file has the names of the columns",
            defaultValue = "true")
        boolean header,
    @Option(
            description = "what becomes a sequence: lines, or paragraphs (parted by blank lines)",
            defaultValue = "lines")
        TextUnit unit,
    @Option(
            description =
                "what a token is: words (and punctuation), characters, for scripts without spaces and"
                    + " for little data, pattern: what a regular expression matches, or bpe: bytes and"
                    + " pairs of them that are learnt from the training data, for any text",
            defaultValue = "words")
        Tokens tokens,
    @Option(
            description =
                "for tokens = pattern: a regular expression of Java, whose matches are the tokens;"
                    + " the default takes molecules in SMILES apart",
            defaultValue = Smiles.PATTERN)
        String pattern,
    @Option(description = "keep capital letters, or make all lower-case", defaultValue = "keep")
        LetterCase letterCase,
    @Option(
            description = "T, the most tokens of a sequence",
            defaultValue = "32",
            min = 1,
            max = 4096)
        int sequenceLength,
    @Option(
            description =
                "what becomes of longer ones: split (into several), leave-out (and count), or error",
            defaultValue = "error")
        Longer longer,
    @Option(
            description =
                "tokens that occur less often in the training data become <unk>; of bpe: how often a"
                    + " pair has to occur, at least twice",
            defaultValue = "1",
            min = 1)
        int minimumCount,
    @Option(
            description =
                "V, the most tokens, the end and <unk> included; the rarest beyond become <unk>; of"
                    + " bpe: the end, the 256 bytes and the pairs",
            defaultValue = "5000",
            min = 3)
        int maximumVocabulary,
    @Option(
            description = "of more sequences than this, as many are drawn at random, by split-seed",
            defaultValue = "100000",
            min = 3)
        int maximumSequences,
    @Option(
            description = "share of the sequences for choosing among models",
            defaultValue = "0.1",
            min = 0,
            max = 1)
        double validationShare,
    @Option(
            description = "share of the sequences for reporting",
            defaultValue = "0.1",
            min = 0,
            max = 1)
        double testShare,
    @Option(
            description = "of the draw and the split, which are the same for every seed of a run",
            defaultValue = "1")
        long splitSeed) {
  /** Checks what no single option can tell. */
  public TextOptions {
    if (!fileEnding.equals(fileEnding.toLowerCase(Locale.ROOT)) || fileEnding.contains("/")) {
      throw new IllegalArgumentException(
          "file-ending is '%s', expected the end of a file's name in lower case, such as .txt"
              .formatted(fileEnding));
    }
    PatternTokenizer.of(pattern, letterCase); // a wrong one is found here
    if (tokens != Tokens.PATTERN && !pattern.equals(Smiles.PATTERN)) {
      throw new IllegalArgumentException(
          "pattern is given, and tokens is %s; choose tokens = pattern"
              .formatted(tokens.name().toLowerCase(Locale.ROOT)));
    }
    if (tokens == Tokens.BPE && maximumVocabulary <= BytePairs.BYTES + 1) {
      throw new IllegalArgumentException(
          "maximum-vocabulary is %d, and tokens is bpe; expected at least %d: the end, %d bytes and a pair"
              .formatted(maximumVocabulary, BytePairs.BYTES + 2, BytePairs.BYTES));
    }
    if (column.isPresent() && format == TextFormat.TEXT) {
      throw new IllegalArgumentException(
          "column is '%s', and format is text, which has none; choose the format of a table"
              .formatted(column.get()));
    }
    if (column.isPresent() && unit == TextUnit.PARAGRAPHS) {
      throw new IllegalArgumentException(
          "unit is paragraphs, which a table does not have; with a column take unit = lines");
    }
    if (validationShare + testShare >= 1) {
      throw new IllegalArgumentException(
          "validation-share and test-share are %s and %s, expected less than 1 together"
              .formatted(validationShare, testShare));
    }
    if ((long) maximumSequences * sequenceLength > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "maximum-sequences x sequence-length is %d x %d, expected a product of at most 2147483647"
              .formatted(maximumSequences, sequenceLength));
    }
  }

  /**
   * Takes texts apart into tokens, which are learnt from the files where they are learnt.
   *
   * @throws org.seqgan.api.UserException (data) if they cannot be read, or are too few to learn
   *     from
   */
  Tokenizer tokenizer(List<Path> files, TextLayout layout) {
    return switch (tokens) {
      case WORDS -> new WordTokenizer(letterCase);
      case CHARACTERS -> new CharacterTokenizer(letterCase);
      case PATTERN -> PatternTokenizer.of(pattern, letterCase);
      case BPE -> DividedPassages.of(files, layout, this).learn(this);
    };
  }
}
