package org.seqgan.core.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.api.task.Proposal;
import org.seqgan.core.config.CommentedFile.Entry;
import org.seqgan.core.config.CommentedFile.Section;

/**
 * Sizes of models and of training for data of any kind, so that a first run takes minutes on two
 * cores. They follow from N sequences of at most T tokens out of V alone:
 *
 * <ul>
 *   <li>Generator: embedding and hidden state of 32 below 100,000 positions (N T), else 64.
 *   <li>Discriminator: an embedding as wide as the generator's; filters of widths 1, 2, 3, 4, 6 and
 *       10, as far as they are at most T, 50 of each, or 100.
 *   <li>Roll-outs: 16 up to T = 20, 8 up to T = 40, else 4, since their cost grows with the square
 *       of T.
 *   <li>Batches of N / 8 sequences, at least 4 and at most 64, so that an epoch has several.
 *   <li>Maximum likelihood until about 10 million positions were read, in 4 to 60 epochs.
 *   <li>Each step of the discriminator sees at most 2,000 real sequences and as many generated
 *       ones.
 *   <li>5 rounds of discriminator pre-training, and 20 adversarial rounds of 2 generator steps.
 *   <li>Figures of 1,000 samples, about ten times in each phase: those that the task names, and of
 *       likelihood, variety and copies.
 * </ul>
 *
 * <p>Step sizes are those of the preset {@code quickstart}.
 *
 * @param sequences N, to train on
 * @param length T
 * @param vocabulary V
 */
record Schedule(int sequences, int length, int vocabulary) {
  private static final long SMALL_POSITIONS = 100_000;
  private static final long POSITIONS_TO_READ = 10_000_000;
  private static final int MOST_EPOCHS = 60;
  private static final int FEWEST_EPOCHS = 4;
  private static final int MOST_NEGATIVES = 2_000;
  private static final int DISCRIMINATOR_ROUNDS = 5;
  private static final int ADVERSARIAL_ROUNDS = 20;
  private static final int SAMPLES = 1_000;
  private static final int LONGEST_N_GRAM = 3;
  private static final List<Integer> FILTER_WIDTHS = List.of(1, 2, 3, 4, 6, 10);

  static Schedule of(Proposal proposal) {
    return new Schedule(
        proposal.trainingSequences(), proposal.sequenceLength(), proposal.vocabularySize());
  }

  /** Everything but the task. */
  List<Section> sections() {
    return List.of(generator(), discriminator(), reward(), training(), evaluation());
  }

  private long positions() {
    return (long) sequences * length;
  }

  int width() {
    return positions() < SMALL_POSITIONS ? 32 : 64;
  }

  int epochs() {
    long epochs = POSITIONS_TO_READ / positions();
    return (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, epochs));
  }

  int batchSize() {
    return Math.max(4, Math.min(64, sequences / 8));
  }

  int rollOuts() {
    if (length <= 20) {
      return 16;
    }
    return length <= 40 ? 8 : 4;
  }

  List<Integer> filterWidths() {
    return FILTER_WIDTHS.stream().filter(width -> width <= length).toList();
  }

  List<String> metrics() {
    List<String> metrics = new ArrayList<>(List.of("task", "nll-gen"));
    if (length >= 2) {
      metrics.add("self-bleu-" + Math.min(LONGEST_N_GRAM, length));
    }
    metrics.addAll(List.of("distinct-sequences", "copied"));
    return List.copyOf(metrics);
  }

  private Section generator() {
    String size = "%,d sequences of up to %d tokens are %,d positions to learn from";
    return new Section(
        "generator",
        List.of(
            new Entry("name", "lstm", ""),
            new Entry(
                "embedding-size",
                width(),
                (size + ": 32 below 100,000, else 64").formatted(sequences, length, positions())),
            new Entry("hidden-size", width(), "as wide as the embedding, as in the paper")));
  }

  private Section discriminator() {
    int count = width() == 32 ? 50 : 100;
    List<Integer> widths = filterWidths();
    List<Integer> counts = Stream.generate(() -> count).limit(widths.size()).toList();
    return new Section(
        "discriminator",
        List.of(
            new Entry("name", "cnn", ""),
            new Entry("embedding-size", width(), ""),
            new Entry("filter-widths", widths, "n-grams it looks for; none may be longer than T"),
            new Entry("filter-counts", counts, "fewer than the paper's, for speed")));
  }

  private Section reward() {
    return new Section(
        "reward",
        List.of(
            new Entry("name", "discriminator", ""),
            new Entry(
                "roll-outs",
                rollOuts(),
                "the paper has 16; the cost grows with the square of the length, so 8 above 20"
                    + " tokens and 4 above 40")));
  }

  private Section training() {
    boolean fewer = sequences > MOST_NEGATIVES;
    return new Section(
        "training",
        List.of(
            new Entry("batch-size", batchSize(), "an eighth of the sequences, 4 to 64"),
            new Entry(
                "generator-pretraining.epochs",
                epochs(),
                "until about 10 million positions were read, 4 to 60 times; for a better"
                    + " generator, more, as long as nll-gen falls"),
            new Entry("generator-pretraining.optimizer.learning-rate", 0.005, ""),
            new Entry("discriminator-optimizer.learning-rate", 0.001, ""),
            new Entry("discriminator-pretraining.rounds", DISCRIMINATOR_ROUNDS, ""),
            new Entry("discriminator-pretraining.epochs", 2, ""),
            new Entry(
                "adversarial.rounds",
                ADVERSARIAL_ROUNDS,
                "short, for a first look; the paper has 200"),
            new Entry("adversarial.g-steps", 2, ""),
            new Entry("adversarial.d-steps", 1, ""),
            new Entry("adversarial.k", 1, ""),
            new Entry(
                "adversarial.negatives",
                fewer ? MOST_NEGATIVES : 0,
                fewer
                    ? "a step of the discriminator sees this many generated and as many real ones"
                    : "0: as many as there are sequences"),
            new Entry("adversarial.generator-optimizer.learning-rate", 0.001, "")));
  }

  private Section evaluation() {
    return new Section(
        "evaluation",
        List.of(
            new Entry(
                "metrics",
                metrics(),
                "what the task says (task), likelihood of held-out data (nll-gen), likeness of"
                    + " samples to each other, variety, and what was learnt by heart (copied)"),
            new Entry("samples", SAMPLES, ""),
            new Entry("every-epochs", Math.max(1, epochs() / 10), ""),
            new Entry("every-rounds", ADVERSARIAL_ROUNDS / 10, "")));
  }

  /** The sizes in a line. */
  String summary() {
    return "lstm of %d, cnn with filters of %s, %d roll-outs, batches of %d, %d epochs and %d rounds"
        .formatted(
            width(),
            filterWidths().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            rollOuts(),
            batchSize(),
            epochs(),
            ADVERSARIAL_ROUNDS);
  }
}
