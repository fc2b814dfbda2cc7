package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Proposal.Choice;

/**
 * Chooses the options of the task "text" for given files. The rules:
 *
 * <ul>
 *   <li>Paragraphs, where the lines are those of a page ({@link TextTraits#isWrapped}); else lines.
 *   <li>A file that looks like a table ({@link TableLook}) is read as one: the column with the
 *       longest texts.
 *   <li>What the pattern for SMILES matches, where the lines are molecules ({@link Smiles}).
 *   <li>Words; characters where the script has no spaces between words, or where at most one line
 *       in ten has a space in it. Where more than 15% of the words of the training data would
 *       become {@code <unk>}: characters, and bytes and learnt pairs of them where there are enough
 *       words to learn from.
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
  private static final int WORDS_TO_LEARN_FROM = 50_000;

  private final TextFiles files;
  private final Optional<TableLook> table;
  private final TextTraits traits;
  private final TokenLook look;
  private final String whyTokens;

  private TextProposal(
      TextFiles files,
      Optional<TableLook> table,
      TextTraits traits,
      TokenLook look,
      String whyTokens) {
    this.files = files;
    this.table = table;
    this.traits = traits;
    this.look = look;
    this.whyTokens = whyTokens;
  }

  /**
   * Looks at files, three to eight times.
   *
   * @throws UserException (data) if one cannot be read or is not UTF-8 text, or if there is too
   *     little text
   */
  static Proposal of(TextFiles files) {
    Optional<TableLook> table = TableLook.at(files.files().get(0));
    TextTraits traits =
        table
            .map(look -> TextTraits.of(files.files(), look.layout()))
            .orElseGet(() -> TextTraits.of(files.files()));
    if (traits.isBlank()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected lines of text, found none that is not blank".formatted(files.data()));
    }
    return choose(files, table, traits).proposal();
  }

  private static TextProposal choose(
      TextFiles files, Optional<TableLook> table, TextTraits traits) {
    TextLayout layout =
        table
            .map(TableLook::layout)
            .orElseGet(
                () -> TextLayout.plain(traits.isWrapped() ? TextUnit.PARAGRAPHS : TextUnit.LINES));
    if (traits.isSmiles()) {
      return new TextProposal(
          files,
          table,
          traits,
          TokenLook.at(files, layout, Tokens.PATTERN),
          "the default pattern: Cl, Br, %12 and what stands in brackets are one token each");
    }
    if (traits.isWithoutSpaces() || traits.isWithoutWords()) {
      return new TextProposal(
          files,
          table,
          traits,
          TokenLook.at(files, layout, Tokens.CHARACTERS),
          traits.isWithoutSpaces() ? "words are not parted by spaces here" : traits.spacedLines());
    }
    TokenLook words = TokenLook.at(files, layout, Tokens.WORDS);
    if (words.canCut()) {
      return new TextProposal(files, table, traits, words, "words are parted by spaces here");
    }
    boolean enough =
        words.counts().total() >= WORDS_TO_LEARN_FROM
            && words.sample().read().passages() >= FEW_SEQUENCES;
    return new TextProposal(
        files,
        table,
        traits,
        TokenLook.at(files, layout, enough ? Tokens.BPE : Tokens.CHARACTERS),
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
    table.ifPresent(look -> choices.addAll(tableChoices(look)));
    choices.add(new Choice("unit", word(options.unit()), whyUnit()));
    choices.add(new Choice("tokens", word(options.tokens()), whyTokens));
    if (traits.hasCapitals() && !traits.isSmiles()) {
      choices.add(
          new Choice(
              "letter-case",
              word(options.letterCase()),
              "capital letters are kept; lower makes fewer tokens"));
    }
    choices.add(new Choice("sequence-length", length.time(), length.why()));
    choices.add(new Choice("longer", word(length.longer()), length.whyLonger()));
    choices.add(new Choice("minimum-count", look.minimumCount(), whyMinimumCount()));
    choices.add(
        new Choice("maximum-vocabulary", options.maximumVocabulary(), whyMaximumVocabulary()));
    choices.add(new Choice("maximum-sequences", options.maximumSequences(), whySequences()));
    choices.add(
        new Choice(
            "validation-share", options.validationShare(), "a tenth, to choose among models"));
    choices.add(new Choice("test-share", options.testShare(), "a tenth, to report on"));
    return choices;
  }

  private static List<Choice> tableChoices(TableLook look) {
    List<Choice> choices = new ArrayList<>();
    choices.add(
        new Choice(
            "format", look.format().word(), "it looks like %s".formatted(look.description())));
    choices.add(
        new Choice(
            "column",
            look.column(),
            String.format(
                Locale.ROOT,
                "its texts are the longest, %.0f characters on average; the others are not read",
                look.length())));
    if (look.format() != TextFormat.JSON_LINES) {
      choices.add(
          new Choice(
              "header",
              look.header(),
              look.header()
                  ? "the first record has the names of the columns"
                  : "the first record is like the others"));
    }
    return choices;
  }

  private String whyUnit() {
    if (table.isPresent()) {
      return "each record by itself";
    }
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

  private String whyMaximumVocabulary() {
    return isLearnt() ? "the end, 256 bytes, and the most frequent pairs" : "as in the paper";
  }

  private boolean isLearnt() {
    return look.options().tokens() == Tokens.BPE;
  }

  private String whyMinimumCount() {
    if (isLearnt()) {
      return "a pair that occurs once in the training data is not learnt";
    }
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
    String tokens = isLearnt() ? "bytes and pairs" : word(look.options().tokens());
    int distinct = look.counts().distinct();
    List<String> findings = new ArrayList<>();
    table.ifPresent(
        table ->
            findings.add(
                "looks like %s; read is column %s".formatted(table.description(), table.column())));
    if (table.isEmpty() && TableLook.isJsonDocument(files.files().get(0))) {
      findings.add(
          "looks like one document of JSON, and is read as lines of text; to read a member of its objects, write an object a line (JSON lines)");
    }
    findings.addAll(look.sample().lines(look.options()));
    findings.add("encoding: " + traits.encoding() + "; letters: " + traits.scripts());
    findings.add("length in %s: %s".formatted(tokens, look.lengths()));
    findings.add(
        String.format(
            Locale.ROOT,
            "%,d different %s in the training data, %,d of them only once",
            distinct,
            tokens,
            distinct - look.counts().byFrequency(2).size()));
    if (traits.isSmiles()) {
      findings.add("looks like molecules in SMILES, whose tokens the default pattern knows");
    } else if (traits.isWithoutWords() && !traits.isWithoutSpaces()) {
      findings.add(
          "tokens of several characters can be described: tokens = pattern, and a regular expression as pattern");
    }
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
