package org.seqgan.core.benchmark;

import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmOptions;

/**
 * What one step of training costs, counted on paper.
 *
 * @param generator its sizes
 * @param discriminator its sizes
 * @param vocabulary V
 * @param time T
 */
record Arithmetic(LstmOptions generator, CnnOptions discriminator, int vocabulary, int time) {
  /** A forward pass, and a backward pass by weights and by inputs. */
  private static final int PASSES = 3;

  /** Weights are read forwards and backwards. */
  private static final int READS = 2;

  /** Of Adam: parameter and both moments, read and written. Gradients are made where it runs. */
  private static final int ADAM = 6;

  /** A norm of all gradients is needed before the first of them is used: written, and read. */
  private static final int CLIPPING = 2;

  private static final int CLASSES = 2;

  /** To read one token and give the distribution of the next. */
  private double token() {
    double gates = 2.0 * (generator.embeddingSize() + generator.hiddenSize());
    return gates * 4 * generator.hiddenSize() + 2.0 * generator.hiddenSize() * vocabulary;
  }

  private double generatorEmbedding() {
    return (double) vocabulary * generator.embeddingSize();
  }

  /** Parameters that every row needs: all but the embedding, of which it needs a few rows. */
  private double generatorWeights() {
    double hidden = generator.hiddenSize();
    return 4 * hidden * (generator.embeddingSize() + hidden + 1) + (hidden + 1) * vocabulary;
  }

  /** How many numbers the generator learns. */
  double generatorParameters() {
    return generatorEmbedding() + generatorWeights();
  }

  private Cost draw(double tokens, int calls) {
    double operations = token() * tokens;
    return new Cost(operations, operations, calls * generatorWeights() * Float.BYTES);
  }

  /** Sequences, in so many calls. */
  Cost sample(int count, int calls) {
    return draw((double) count * time, calls);
  }

  Cost trainGenerator(int count) {
    double operations = PASSES * token() * count * time;
    double numbers = READS * generatorWeights() + (ADAM + CLIPPING) * generatorParameters();
    return new Cost(operations, operations, numbers * Float.BYTES);
  }

  /** Of the filters: all widths of the bank times how many there are of each. */
  private double taps() {
    double taps = 0;
    for (int i = 0; i < discriminator.filterWidths().size(); i++) {
      taps += (double) discriminator.filterWidths().get(i) * discriminator.filterCounts().get(i);
    }
    return taps;
  }

  private double features() {
    return discriminator.filterCounts().stream().mapToInt(Integer::intValue).sum();
  }

  private double convolutions() {
    double products = 0;
    for (int i = 0; i < discriminator.filterWidths().size(); i++) {
      int width = discriminator.filterWidths().get(i);
      double filters = discriminator.filterCounts().get(i);
      products += 2.0 * (time - width + 1) * width * discriminator.embeddingSize() * filters;
    }
    return products;
  }

  private double highwayAndOutput() {
    return 4 * features() * features() + 2 * features() * CLASSES;
  }

  /** Parameters that every row needs: all but the embedding, of which it needs a few rows. */
  private double discriminatorWeights() {
    double bank = taps() * discriminator.embeddingSize() + features();
    return bank + 2 * (features() + 1) * features() + (features() + 1) * CLASSES;
  }

  /** How many numbers the discriminator learns. */
  double discriminatorParameters() {
    return (double) vocabulary * discriminator.embeddingSize() + discriminatorWeights();
  }

  Cost score(double count) {
    double operations = count * (convolutions() + highwayAndOutput());
    return new Cost(operations, operations, discriminatorWeights() * Float.BYTES);
  }

  Cost trainDiscriminator(int count) {
    // Each feature has a gradient at one window alone.
    double backwards = 2 * 2.0 * taps() * discriminator.embeddingSize();
    double least = convolutions() + backwards + PASSES * highwayAndOutput();
    double numbers = READS * discriminatorWeights() + ADAM * discriminatorParameters();
    return new Cost(PASSES * score(count).operations(), count * least, numbers * Float.BYTES);
  }

  /** Sample, complete each proper prefix N times, score, and train. */
  Cost generatorStep(int count, int rollOuts) {
    double completions = (double) count * rollOuts * (time - 1);
    return sample(count, 1)
        .plus(draw(completions * time / 2, 1))
        .plus(score(count + completions))
        .plus(trainGenerator(count));
  }
}
