package org.seqgan.api.discriminator;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** Sequences on the host, of which each step selects its batch. */
record HostTrainingSet(Discriminator discriminator, Sequences sequences, boolean[] real)
    implements TrainingSet {
  @Override
  public Step train(int[] rows, RandomStream stream) {
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = real[rows[i]];
    }
    return discriminator.train(sequences.select(rows), labels, stream);
  }

  @Override
  public void close() {}
}
