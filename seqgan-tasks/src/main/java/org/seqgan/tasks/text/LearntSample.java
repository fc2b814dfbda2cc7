package org.seqgan.tasks.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.text.Passages.Passage;

/**
 * Makes a sample of passages that were divided before. All sequences of a passage are in one set;
 * one that an earlier set has is left out of a later one. Counts as it goes; used once.
 */
final class LearntSample {
  private final DividedPassages passages;
  private final TextOptions options;
  private final BytePairTokenizer tokenizer;
  private final Set<String> seen = new HashSet<>();
  private long empty;
  private long longPassages;
  private long pieces;
  private int found;
  private int drawn;

  private LearntSample(DividedPassages passages, TextOptions options) {
    this.passages = passages;
    this.options = options;
    this.tokenizer = passages.learn(options);
    // A passage that was not drawn, or repeats another, is counted as one sequence.
    this.found = passages.found() - passages.distinct();
    this.drawn = passages.drawn() - passages.distinct();
  }

  /**
   * The sequences.
   *
   * @throws UserException (data) if one is too long, where that is an error, or if a set has none
   */
  static TextSample of(DividedPassages passages, TextOptions options) {
    return new LearntSample(passages, options).sample();
  }

  private TextSample sample() {
    List<String> training = sequences(passages.split().training(), "training");
    List<String> validation = sequences(passages.split().validation(), "validation");
    List<String> test = sequences(passages.split().test(), "test");
    return new TextSample(
        passages.read(),
        passages.blank() + empty,
        longPassages,
        pieces,
        found,
        drawn,
        new Split<>(training, validation, test),
        tokenizer);
  }

  private List<String> sequences(List<Passage> set, String name) {
    Reservoir<String> reservoir =
        new Reservoir<>(
            mostOf(set), RandomStream.of(options.splitSeed()).split("reservoir of " + name));
    Cutter cutter =
        new Cutter(
            tokenizer,
            options.sequenceLength(),
            options.longer(),
            (tokens, from) -> reservoir.add(TextSample.joined(tokens)));
    set.forEach(cutter::accept);
    empty += cutter.emptyPassages();
    longPassages += cutter.longPassages();
    pieces += cutter.pieces();
    found += reservoir.seen();
    drawn += reservoir.items().size();
    List<String> sequences = new ArrayList<>();
    for (String sequence : reservoir.items()) {
      if (seen.add(sequence)) {
        sequences.add(sequence);
      }
    }
    if (sequences.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected at least one sequence for %s that no other set has, found none: give more data"
              .formatted(options.data(), name));
    }
    return sequences;
  }

  /** The share of a set of all sequences that there may be; at least one. */
  private int mostOf(List<Passage> set) {
    return (int) Math.max(1, (long) options.maximumSequences() * set.size() / passages.distinct());
  }
}
