package org.seqgan.core.benchmark;

import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmOptions;

/**
 * Floating-point operations of the matrix products of one step, as the textbook has them: dense, a
 * multiplication and an addition counted as two, a backward pass as twice its forward pass.
 *
 * @param generator its sizes
 * @param discriminator its sizes
 * @param vocabulary V
 * @param time T
 */
record Arithmetic(LstmOptions generator, CnnOptions discriminator, int vocabulary, int time) {
  private static final int TRAINING = 3;

  /** To read one token and give the distribution of the next. */
  double token() {
    double gates = 2.0 * (generator.embeddingSize() + generator.hiddenSize());
    return gates * 4 * generator.hiddenSize() + 2.0 * generator.hiddenSize() * vocabulary;
  }

  double sample(int count) {
    return token() * count * time;
  }

  double trainGenerator(int count) {
    return TRAINING * sample(count);
  }

  double score(int count) {
    double products = 0;
    double features = 0;
    for (int i = 0; i < discriminator.filterWidths().size(); i++) {
      int width = discriminator.filterWidths().get(i);
      int filters = discriminator.filterCounts().get(i);
      products += 2.0 * (time - width + 1) * width * discriminator.embeddingSize() * filters;
      features += filters;
    }
    return count * (products + 4 * features * features + 4 * features);
  }

  double trainDiscriminator(int count) {
    return TRAINING * score(count);
  }

  /** Sample, complete each proper prefix N times, score, and train. */
  double generatorStep(int count, int rollOuts) {
    double completions = (double) count * rollOuts * (time - 1);
    return sample(count)
        + token() * completions * time / 2
        + score(count) * (1 + (double) rollOuts * (time - 1))
        + trainGenerator(count);
  }
}
