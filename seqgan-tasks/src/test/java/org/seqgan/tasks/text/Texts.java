package org.seqgan.tasks.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Proposal;
import org.seqgan.tasks.LetterCase;

/** Texts for tests, and options for them. */
final class Texts {
  private static final String[] WHO = {"the cat", "a dog", "my sister", "nobody", "the old man"};
  private static final String[] WHAT = {"sees", "hears", "wants", "forgets", "remembers"};
  private static final String[] WHOM = {"the sea", "a song", "the door", "us", "the winter"};

  private Texts() {}

  /** A line of 4 to 6 words and a full stop. */
  static String line(RandomStream stream) {
    return "%s %s %s.".formatted(any(WHO, stream), any(WHAT, stream), any(WHOM, stream));
  }

  /** Lines, most of them different. */
  static String lines(int count, long seed) {
    RandomStream stream = RandomStream.of(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line(stream)).append('\n');
    }
    return text.toString();
  }

  private static String any(String[] words, RandomStream stream) {
    return words[stream.nextInt(words.length)];
  }

  /** A file of a text. */
  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small input beside these tests. */
  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(Texts.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A column of a table, of words, of at most 100. */
  static TextOptions table(Path data, TextFormat format, String column, boolean header) {
    return new Builder(data, format, Optional.of(column)).header(header).options();
  }

  /** A column of a table in a unit that it may not have. */
  static TextOptions table(Path data, TextUnit unit, TextFormat format, String column) {
    return new Builder(data, format, Optional.of(column)).unit(unit).options();
  }

  /** Lines of words, of at most 100, in a format. */
  static TextOptions format(Path data, TextFormat format) {
    return new Builder(data, format, Optional.empty()).options();
  }

  /** Lines of what a regular expression matches, of at most 100. */
  static TextOptions pattern(Path data, Tokens tokens, String pattern) {
    return new Builder(data, TextFormat.AUTO, Optional.empty()).tokens(tokens, pattern).options();
  }

  /** The defaults for lines of words, of at most 8. */
  static TextOptions options(Path data) {
    return options(data, TextUnit.LINES, Tokens.WORDS, 8, Longer.ERROR, 100_000);
  }

  static TextOptions options(
      Path data, TextUnit unit, Tokens tokens, int length, Longer longer, int maximumSequences) {
    return new Builder(data, TextFormat.AUTO, Optional.empty())
        .unit(unit)
        .tokens(tokens, Smiles.PATTERN)
        .lengths(length, longer, maximumSequences)
        .options();
  }

  /** Lines, with a limit for the vocabulary. */
  static TextOptions vocabulary(Path data, Tokens tokens, int most) {
    return new Builder(data, TextFormat.AUTO, Optional.empty())
        .tokens(tokens, Smiles.PATTERN)
        .vocabulary(most)
        .options();
  }

  /** Options, of which each test changes some. */
  private static final class Builder {
    private final Path data;
    private final TextFormat format;
    private final Optional<String> column;
    private boolean header = true;
    private TextUnit unit = TextUnit.LINES;
    private Tokens tokens = Tokens.WORDS;
    private String pattern = Smiles.PATTERN;
    private int length = 100;
    private Longer longer = Longer.ERROR;
    private int maximumSequences = 100_000;
    private int maximumVocabulary = 5000;

    Builder(Path data, TextFormat format, Optional<String> column) {
      this.data = data;
      this.format = format;
      this.column = column;
    }

    Builder header(boolean newHeader) {
      header = newHeader;
      return this;
    }

    Builder unit(TextUnit newUnit) {
      unit = newUnit;
      return this;
    }

    Builder tokens(Tokens newTokens, String newPattern) {
      tokens = newTokens;
      pattern = newPattern;
      return this;
    }

    Builder vocabulary(int newMaximum) {
      maximumVocabulary = newMaximum;
      return this;
    }

    Builder lengths(int newLength, Longer newLonger, int newMaximum) {
      length = newLength;
      longer = newLonger;
      maximumSequences = newMaximum;
      return this;
    }

    TextOptions options() {
      return new TextOptions(
          data,
          ".txt",
          format,
          column,
          header,
          unit,
          tokens,
          pattern,
          LetterCase.KEEP,
          length,
          longer,
          1,
          maximumVocabulary,
          maximumSequences,
          0.1,
          0.1,
          1);
    }
  }

  /** What is proposed for data, which must be text. */
  static Proposal propose(Path data) {
    return tryToPropose(data).orElseThrow();
  }

  static Optional<Proposal> tryToPropose(Path data) {
    return new TextTaskProvider().propose(data);
  }

  /** The choices of a proposal by key. */
  static Map<String, Object> choices(Proposal proposal) {
    return proposal.choices().stream()
        .collect(Collectors.toMap(Proposal.Choice::key, Proposal.Choice::value));
  }
}
