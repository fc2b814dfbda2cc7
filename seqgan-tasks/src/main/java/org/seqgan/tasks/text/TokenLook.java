package org.seqgan.tasks.text;

import org.seqgan.api.UserException;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.TokenCounts;
import org.seqgan.tasks.Tokenizer;

/**
 * What is seen of a text with one kind of token.
 *
 * @param lengths of all lines or paragraphs, in tokens
 * @param length T
 * @param options with these, but for the vocabulary's cut
 * @param sample the sequences that they give
 * @param counts of the tokens of its training sequences
 */
record TokenLook(
    Lengths lengths,
    LengthChoice length,
    TextOptions options,
    TextSample sample,
    TokenCounts counts) {
  private static final int MOST_WORDS = 32;
  private static final int MOST_CHARACTERS = 64;
  private static final int MOST_TOKENS = 5_000;
  private static final int MOST_BYTE_PAIRS = 2_000;
  private static final int MOST_SEQUENCES = 100_000;
  private static final double SHARE = 0.1;
  private static final double MOST_UNKNOWN_WORDS = 0.15;
  private static final double MOST_UNKNOWN_CHARACTERS = 0.05;

  /** The default, so that a run has what is counted here. */
  private static final long SPLIT_SEED = 1;

  /**
   * Reads files, twice.
   *
   * @throws UserException (data) if there is too little text
   */
  static TokenLook at(TextFiles files, TextLayout layout, Tokens tokens) {
    LengthChoice any = new LengthChoice(1, "", Longer.SPLIT, "");
    Tokenizer tokenizer = options(files, layout, tokens, any).tokenizer(files.files(), layout);
    Lengths lengths = lengths(files, layout, tokenizer);
    LengthChoice length =
        LengthChoice.of(lengths, tokens == Tokens.WORDS ? MOST_WORDS : MOST_CHARACTERS);
    TextOptions options = options(files, layout, tokens, length);
    TextSample sample = TextSample.draw(files.files(), layout, options);
    return new TokenLook(lengths, length, options, sample, sample.trainingCounts());
  }

  private static Lengths lengths(TextFiles files, TextLayout layout, Tokenizer tokenizer) {
    Lengths lengths = new Lengths();
    Passages.read(
        files.files(),
        layout,
        passage -> {
          int length = passage.tokens(tokenizer).size();
          if (length > 0) {
            lengths.add(length);
          }
        });
    if (lengths.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA, files.data() + ": expected text, found no visible character");
    }
    return lengths;
  }

  private static TextOptions options(
      TextFiles files, TextLayout layout, Tokens tokens, LengthChoice length) {
    return new TextOptions(
        files.data(),
        files.ending().orElse(""),
        layout.table().map(TextLayout.Column::format).orElse(TextFormat.TEXT),
        layout.table().map(TextLayout.Column::name),
        layout.table().map(TextLayout.Column::header).orElse(true),
        layout.unit(),
        tokens,
        Smiles.PATTERN,
        LetterCase.KEEP,
        length.time(),
        length.longer(),
        1,
        tokens == Tokens.BPE ? MOST_BYTE_PAIRS : MOST_TOKENS,
        MOST_SEQUENCES,
        SHARE,
        SHARE,
        SPLIT_SEED);
  }

  /** The share of the training data that a vocabulary without rare tokens leaves out, 0 to 1. */
  double unknownShare() {
    if (options.tokens() == Tokens.BPE) {
      return 0; // there is a token for every byte
    }
    long known = counts.byFrequency(2).stream().limit(MOST_TOKENS - 2).mapToLong(counts::of).sum();
    return 1 - (double) known / counts.total();
  }

  /** Whether so little is left out that rare tokens can be cut. */
  boolean canCut() {
    double most = options.tokens() == Tokens.WORDS ? MOST_UNKNOWN_WORDS : MOST_UNKNOWN_CHARACTERS;
    return unknownShare() <= most;
  }

  /** How often a token has to occur to be kept. */
  int minimumCount() {
    return canCut() ? 2 : 1;
  }

  /** V. */
  int vocabularySize() {
    return sample.table(minimumCount(), options.maximumVocabulary()).size();
  }

  /** How many sequences there are to train on. */
  int trainingSequences() {
    return sample.split().training().size();
  }
}
