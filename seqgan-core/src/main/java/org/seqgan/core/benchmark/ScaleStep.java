package org.seqgan.core.benchmark;

import java.util.Locale;

/** A step whose cost is followed as a size grows. */
public enum ScaleStep {
  /** A maximum-likelihood step of the generator. */
  MLE_STEP {
    @Override
    Work work(TrainingWork training, int batch) {
      return training.trainGenerator(label(), batch);
    }
  },

  /** A batch drawn from the generator. */
  SAMPLE {
    @Override
    Work work(TrainingWork training, int batch) {
      return training.sample(label(), batch);
    }
  },

  /** A step of the discriminator. */
  D_STEP {
    @Override
    Work work(TrainingWork training, int batch) {
      return training.trainDiscriminator(label(), batch);
    }
  },

  /**
   * A step of the generator by policy gradient, on a sixteenth of a batch: it grows with the square
   * of the length, and the longest would take minutes.
   */
  G_STEP {
    @Override
    int sequences(int batch) {
      return Math.max(1, batch / 16);
    }

    @Override
    Work work(TrainingWork training, int batch) {
      return training.generatorStep(label(), sequences(batch), ROLL_OUTS);
    }
  };

  /** Of the preset. */
  private static final int ROLL_OUTS = 16;

  /** As a table has it, such as {@code mle_step}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Sequences of one, where training has batches of so many. */
  int sequences(int batch) {
    return batch;
  }

  abstract Work work(TrainingWork training, int batch);
}
