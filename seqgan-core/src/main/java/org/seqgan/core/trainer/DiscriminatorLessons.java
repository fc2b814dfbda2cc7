package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Progress;

/**
 * How a discriminator learns: the current generator writes negatives, which are combined with as
 * many positives, for a few epochs (Eq. 5 of SeqGAN).
 *
 * @param writer of the negatives
 * @param discriminator learns
 * @param realData the positives are all of them, or some
 * @param batchSize sequences of both kinds per step
 * @param negatives of a set; 0 for as many as there are real ones
 */
record DiscriminatorLessons(
    Writer writer, Discriminator discriminator, Sequences realData, int batchSize, int negatives) {
  /** The current generator. */
  @FunctionalInterface
  interface Writer {
    /** So many sequences. */
    Sequences write(int count, RandomStream stream);
  }

  /**
   * Trains on one set of fresh negatives.
   *
   * @param epochs over the set
   * @param fraction of the step that is done, by the fraction of this that is
   */
  void train(int epochs, RandomStream stream, Progress progress, DoubleUnaryOperator fraction) {
    int count = negatives == 0 ? realData.count() : Math.min(negatives, realData.count());
    int batches = Batches.count(2 * count, batchSize);
    if (progress.passesOver((long) epochs * batches)) {
      return;
    }
    Sequences positives = positives(count, stream);
    Sequences written = writer.write(count, stream);
    progress.checkStop();
    boolean[] real = new boolean[2 * count];
    Arrays.fill(real, 0, count, true);
    Sequences both = Sequences.concat(List.of(positives, written));
    try (TrainingSet set = discriminator.trainingSet(both, real)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        RandomStream epochStream = stream.split("epoch", epoch);
        int[] order = epochStream.split("shuffle").permutation(both.count());
        for (int b = 0; b < batches; b++) {
          if (progress.passesOver(1)) {
            continue;
          }
          int[] rows = Batches.indices(order, b, batchSize);
          Step step = set.train(rows, epochStream.split("dropout", b));
          progress.add("d-loss", step, Step::loss, rows.length);
          if (step.tellsAccuracy()) {
            progress.add(Accuracy.FIGURE, step, Step::accuracy, rows.length);
          }
          progress.batchDone(fraction.applyAsDouble((epoch + (b + 1.0) / batches) / epochs));
        }
      }
    }
  }

  /** All real sequences, or as many of them as there are negatives. */
  private Sequences positives(int count, RandomStream stream) {
    return count == realData.count()
        ? realData
        : realData.select(
            Arrays.copyOf(stream.split("positives").permutation(realData.count()), count));
  }
}
