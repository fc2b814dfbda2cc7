package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Proposal.Choice;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.TokenCounts;
import org.seqgan.tasks.TokenTable;
import org.seqgan.tasks.Tokenizer;

/**
 * Chooses the options of the task "text" for given files. The rules:
 *
 * <ul>
 *   <li>Paragraphs, where the lines are those of a page ({@link Survey#isWrapped}); else lines.
 *   <li>Words; characters where the script has no spaces between words, or where more than 15% of
 *       the words of the training data would become {@code <unk>}.
 *   <li>T is the longest length up to 32 words or 64 characters. Where the longest is above that, T
 *       is the length that 95% do not exceed, and longer ones are left out; where that is above it
 *       too, longer ones are split, with T so that there are at least 50 sequences, down to 8.
 *   <li>Tokens that occur once become {@code <unk>}; of characters only where these are at most 5%
 *       of all. The vocabulary is at most 5,000, as the paper's.
 *   <li>At most 100,000 sequences; a tenth of them each for validation and test.
 * </ul>
 */
final class TextProposal {
  private static final int MOST_WORDS = 32;
  private static final int MOST_CHARACTERS = 64;
  private static final int SHORTEST_PIECE = 8;
  private static final int ENOUGH_PIECES = 50;
  private static final int MOST_TOKENS = 5_000;
  private static final int MOST_SEQUENCES = 100_000;
  private static final double SHARE = 0.1;
  private static final double MOST_UNKNOWN_WORDS = 0.15;
  private static final double MOST_UNKNOWN_CHARACTERS = 0.05;
  private static final int FEW_SEQUENCES = 200;

  /** The draw and the split are for counting alone; a run has its own. */
  private static final long SEED = 1;

  private final TextFiles files;
  private final Survey survey;
  private final TextUnit unit;

  private TextProposal(TextFiles files, Survey survey) {
    this.files = files;
    this.survey = survey;
    this.unit = survey.isWrapped() ? TextUnit.PARAGRAPHS : TextUnit.LINES;
  }

  /**
   * Looks at files, three to five times.
   *
   * @throws UserException (data) if one cannot be read or is not UTF-8 text, or if there is too
   *     little text
   */
  static Proposal of(TextFiles files) {
    Survey survey = Survey.of(files.files());
    if (survey.isBlank()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected lines of text, found none that is not blank".formatted(files.data()));
    }
    return new TextProposal(files, survey).choose();
  }

  private Proposal choose() {
    if (survey.isWithoutSpaces()) {
      return look(Tokens.CHARACTERS).proposal("words are not parted by spaces here");
    }
    Look words = look(Tokens.WORDS);
    if (words.unknownShare(2) <= MOST_UNKNOWN_WORDS) {
      return words.proposal("words are parted by spaces here");
    }
    return look(Tokens.CHARACTERS)
        .proposal(
            "as words, %s of the training data would become <unk>"
                .formatted(percent(words.unknownShare(2))));
  }

  private Look look(Tokens tokens) {
    Tokenizer tokenizer = tokens.tokenizer(LetterCase.KEEP);
    Lengths lengths = new Lengths();
    Passages.read(
        files.files(),
        unit,
        passage -> {
          int length = tokenizer.tokenize(passage.text()).size();
          if (length > 0) {
            lengths.add(length);
          }
        });
    if (lengths.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA, files.data() + ": expected text, found no visible character");
    }
    LengthChoice length = LengthChoice.of(lengths, mostTokens(tokens));
    TextOptions options = options(tokens, length);
    TextSample sample = TextSample.draw(files.files(), options, tokenizer, RandomStream.of(SEED));
    return new Look(tokens, lengths, length, options, sample, sample.trainingCounts());
  }

  private TextOptions options(Tokens tokens, LengthChoice length) {
    return new TextOptions(
        files.data(),
        files.ending().orElse(""),
        unit,
        tokens,
        LetterCase.KEEP,
        length.time,
        length.longer,
        1,
        MOST_TOKENS,
        MOST_SEQUENCES,
        SHARE,
        SHARE);
  }

  private static int mostTokens(Tokens tokens) {
    return tokens == Tokens.WORDS ? MOST_WORDS : MOST_CHARACTERS;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** T, what becomes of longer texts, and why. */
  private record LengthChoice(int time, String why, Longer longer, String whyLonger) {
    static LengthChoice of(Lengths lengths, int most) {
      if (lengths.longest() <= most) {
        return new LengthChoice(
            lengths.longest(),
            "the longest",
            Longer.ERROR,
            "none is; a longer one that you add stops the run with its line");
      }
      int usual = lengths.quantile(0.95);
      if (usual <= most) {
        return new LengthChoice(
            usual,
            "95%% are not longer; the longest has %d".formatted(lengths.longest()),
            Longer.LEAVE_OUT,
            "a few; split would keep them in parts");
      }
      long pieces = lengths.total() / ENOUGH_PIECES;
      int time = (int) Math.max(SHORTEST_PIECE, Math.min(most, pieces));
      return new LengthChoice(
          time,
          "at most %d, since time grows with the square; 95%% are up to %d long"
              .formatted(most, usual),
          Longer.SPLIT,
          "many; parts end with a sentence where they can");
    }
  }

  /** What is seen with one kind of token. */
  private final class Look {
    private final Tokens tokens;
    private final Lengths lengths;
    private final LengthChoice length;
    private final TextOptions options;
    private final TextSample sample;
    private final TokenCounts counts;

    Look(
        Tokens tokens,
        Lengths lengths,
        LengthChoice length,
        TextOptions options,
        TextSample sample,
        TokenCounts counts) {
      this.tokens = tokens;
      this.lengths = lengths;
      this.length = length;
      this.options = options;
      this.sample = sample;
      this.counts = counts;
    }

    /** The share of the training data that is left out of a vocabulary, 0 to 1. */
    double unknownShare(int minimumCount) {
      long known =
          counts.byFrequency(minimumCount).stream()
              .limit(MOST_TOKENS - 2)
              .mapToLong(counts::of)
              .sum();
      return 1 - (double) known / counts.total();
    }

    private int minimumCount() {
      double most = tokens == Tokens.WORDS ? MOST_UNKNOWN_WORDS : MOST_UNKNOWN_CHARACTERS;
      return unknownShare(2) <= most ? 2 : 1;
    }

    Proposal proposal(String whyTokens) {
      TokenTable table = TokenTable.ofVariableLength(counts, minimumCount(), MOST_TOKENS);
      return new Proposal(
          choices(whyTokens),
          findings(),
          sample.split().training().size(),
          length.time,
          table.size());
    }

    private List<Choice> choices(String whyTokens) {
      List<Choice> choices = new ArrayList<>();
      choices.add(new Choice("data", files.data().toString(), ""));
      files
          .ending()
          .ifPresent(ending -> choices.add(new Choice("file-ending", ending, whyEnding(ending))));
      choices.add(
          new Choice(
              "unit",
              word(unit),
              unit == TextUnit.LINES
                  ? "each is a sequence; paragraphs is the other choice"
                  : "the lines are filled up like those of a page"));
      choices.add(new Choice("tokens", word(tokens), whyTokens));
      if (survey.hasCapitals()) {
        choices.add(
            new Choice(
                "letter-case", word(LetterCase.KEEP), "capitals are kept; lower: fewer tokens"));
      }
      choices.add(new Choice("sequence-length", length.time, length.why));
      choices.add(new Choice("longer", word(length.longer), length.whyLonger));
      choices.add(new Choice("minimum-count", minimumCount(), whyMinimumCount()));
      choices.add(new Choice("maximum-vocabulary", MOST_TOKENS, "as the paper has"));
      choices.add(new Choice("maximum-sequences", MOST_SEQUENCES, whySequences()));
      choices.add(new Choice("validation-share", SHARE, "a tenth, to choose among models"));
      choices.add(new Choice("test-share", SHARE, "a tenth, to report on"));
      return choices;
    }

    private String whyEnding(String ending) {
      return ending.isEmpty()
          ? "all %d files of the folder".formatted(files.files().size())
          : "%d files of the folder; %d others are not read"
              .formatted(files.files().size(), files.others());
    }

    private String whyMinimumCount() {
      return minimumCount() == 1
          ? "every token is kept: there are few data"
          : "what occurs once in the training data becomes <unk>: with the limit below, %s of them"
              .formatted(percent(unknownShare(2)));
    }

    private String whySequences() {
      return sample.found() > MOST_SEQUENCES
          ? "so many of %,d, drawn at random, so that memory and time are bounded"
              .formatted(sample.found())
          : "there are fewer; of more, so many are drawn at random";
    }

    private List<String> findings() {
      List<String> findings = new ArrayList<>(sample.lines(options));
      findings.add("encoding: " + survey.encoding() + "; letters: " + survey.scripts());
      findings.add("length in %s: %s".formatted(word(tokens), lengths));
      findings.add(
          String.format(
              Locale.ROOT,
              "%,d different %s in the training data, %,d of them only once",
              counts.distinct(),
              word(tokens),
              counts.distinct() - counts.byFrequency(2).size()));
      int training = sample.split().training().size();
      if (training < FEW_SEQUENCES) {
        findings.add(
            "only %d sequences to learn from: expect copies of them (score copied)"
                .formatted(training));
      }
      return findings;
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
