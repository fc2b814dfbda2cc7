package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Proposal.Choice;

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
  private static final int FEW_SEQUENCES = 200;

  private final TextFiles files;
  private final Survey survey;
  private final Look look;
  private final String whyTokens;

  private TextProposal(TextFiles files, Survey survey, Look look, String whyTokens) {
    this.files = files;
    this.survey = survey;
    this.look = look;
    this.whyTokens = whyTokens;
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
    return choose(files, survey).proposal();
  }

  private static TextProposal choose(TextFiles files, Survey survey) {
    TextUnit unit = survey.isWrapped() ? TextUnit.PARAGRAPHS : TextUnit.LINES;
    if (survey.isWithoutSpaces()) {
      Look characters = Look.at(files, unit, Tokens.CHARACTERS);
      return new TextProposal(files, survey, characters, "words are not parted by spaces here");
    }
    Look words = Look.at(files, unit, Tokens.WORDS);
    if (words.canCut()) {
      return new TextProposal(files, survey, words, "words are parted by spaces here");
    }
    return new TextProposal(
        files,
        survey,
        Look.at(files, unit, Tokens.CHARACTERS),
        "as words, %s of the training data would become <unk>"
            .formatted(percent(words.unknownShare())));
  }

  private Proposal proposal() {
    return new Proposal(
        choices(),
        findings(),
        look.trainingSequences(),
        look.length().time(),
        look.vocabularySize());
  }

  private List<Choice> choices() {
    TextOptions options = look.options();
    LengthChoice length = look.length();
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("data", files.data().toString(), ""));
    files
        .ending()
        .ifPresent(ending -> choices.add(new Choice("file-ending", ending, whyEnding(ending))));
    choices.add(new Choice("unit", word(options.unit()), whyUnit()));
    choices.add(new Choice("tokens", word(options.tokens()), whyTokens));
    if (survey.hasCapitals()) {
      choices.add(
          new Choice(
              "letter-case",
              word(options.letterCase()),
              "capital letters are kept; lower makes fewer tokens"));
    }
    choices.add(new Choice("sequence-length", length.time(), length.why()));
    choices.add(new Choice("longer", word(length.longer()), length.whyLonger()));
    choices.add(new Choice("minimum-count", look.minimumCount(), whyMinimumCount()));
    choices.add(new Choice("maximum-vocabulary", options.maximumVocabulary(), "as in the paper"));
    choices.add(new Choice("maximum-sequences", options.maximumSequences(), whySequences()));
    choices.add(
        new Choice(
            "validation-share", options.validationShare(), "a tenth, to choose among models"));
    choices.add(new Choice("test-share", options.testShare(), "a tenth, to report on"));
    return choices;
  }

  private String whyUnit() {
    return look.options().unit() == TextUnit.LINES
        ? "each line by itself; the other choice is paragraphs"
        : "lines are filled up like those of a page, with blank ones between paragraphs";
  }

  private String whyEnding(String ending) {
    return ending.isEmpty()
        ? "all %d files of the folder".formatted(files.files().size())
        : "%d files of the folder; %d others are not read"
            .formatted(files.files().size(), files.others());
  }

  private String whyMinimumCount() {
    return look.canCut()
        ? "what occurs once in the training data becomes <unk>: with the limit below, %s of them"
            .formatted(percent(look.unknownShare()))
        : "every token is kept: there are few data";
  }

  private String whySequences() {
    return look.sample().found() > look.options().maximumSequences()
        ? String.format(
            Locale.ROOT,
            "so many of %,d, drawn at random, so that memory and time are bounded",
            look.sample().found())
        : "there are fewer; of more, so many are drawn at random";
  }

  private List<String> findings() {
    String tokens = word(look.options().tokens());
    int distinct = look.counts().distinct();
    List<String> findings = new ArrayList<>(look.sample().lines(look.options()));
    findings.add("encoding: " + survey.encoding() + "; letters: " + survey.scripts());
    findings.add("length in %s: %s".formatted(tokens, look.lengths()));
    findings.add(
        String.format(
            Locale.ROOT,
            "%,d different %s in the training data, %,d of them only once",
            distinct,
            tokens,
            distinct - look.counts().byFrequency(2).size()));
    if (look.trainingSequences() < FEW_SEQUENCES) {
      findings.add(
          "only %d sequences to learn from: expect copies of them (score copied)"
              .formatted(look.trainingSequences()));
    }
    return findings;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
