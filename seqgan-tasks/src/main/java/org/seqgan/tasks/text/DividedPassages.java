package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.text.Passages.Passage;

/**
 * The passages of a text, drawn, distinct and divided before they are taken apart: tokens that are
 * learnt are learnt from those to train on, and from no others. Immutable.
 *
 * @param read what was read
 * @param blank passages without a visible character, which are left out
 * @param found how many passages there are
 * @param drawn how many of them were taken
 * @param split the different ones of those
 */
record DividedPassages(
    Passages.Counts read, long blank, int found, int drawn, Split<Passage> split) {

  /** Counts blank passages, and hands on the others. */
  private static final class Visible implements Passages.Sink {
    private final Reservoir<Passage> reservoir;
    private long blank;

    Visible(Reservoir<Passage> reservoir) {
      this.reservoir = reservoir;
    }

    @Override
    public void accept(Passage passage) {
      if (passage.text().isBlank()) {
        blank++;
      } else {
        reservoir.add(passage);
      }
    }
  }

  /**
   * Reads files.
   *
   * @throws UserException (data) if they cannot be read, are not UTF-8 text, or have too few
   *     different passages
   */
  static DividedPassages of(List<Path> files, TextLayout layout, TextOptions options) {
    Visible visible =
        new Visible(
            new Reservoir<>(
                options.maximumSequences(),
                RandomStream.of(options.splitSeed()).split("reservoir")));
    Passages.Counts read = Passages.read(files, layout, visible);
    Map<String, Passage> distinct = new LinkedHashMap<>();
    visible.reservoir.items().forEach(each -> distinct.putIfAbsent(each.text(), each));
    if (distinct.size() < TextSample.SETS) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected at least %d different %ss, for training, validation and test, as tokens = bpe is learnt from those for training alone, found %d: give more data, or choose other tokens"
              .formatted(options.data(), TextSample.SETS, read.word(), distinct.size()));
    }
    Split<Passage> split =
        Split.of(
            List.copyOf(distinct.values()),
            options.validationShare(),
            options.testShare(),
            "%ss of %s".formatted(read.word(), options.data()),
            options.splitSeed());
    return new DividedPassages(
        read, visible.blank, visible.reservoir.seen(), visible.reservoir.items().size(), split);
  }

  /** Different passages, in all three sets. */
  int distinct() {
    return split.training().size() + split.validation().size() + split.test().size();
  }

  /** The tokens that the passages to train on teach. */
  BytePairTokenizer learn(TextOptions options) {
    return BytePairTokenizer.learn(
        split.training().stream().map(Passage::text).toList(),
        options.maximumVocabulary() - 1,
        options.minimumCount(),
        options.letterCase());
  }
}
