package org.seqgan.api.discriminator;

import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** D(Y), the probability that Y is real. One thread at a time. */
public interface Discriminator extends Model {
  /**
   * D of each sequence, {@code [count]}, in [0, 1]. Batches are cut to the backend's budget inside.
   */
  float[] probabilityReal(Sequences sequences);

  /**
   * D of each roll-out, {@code [rowCount]}. The default writes them out in chunks; override it to
   * share prefixes.
   */
  default float[] probabilityReal(Completions completions) {
    int rows = completions.rowCount();
    int chunk = 4096;
    float[] probabilities = new float[rows];
    for (int from = 0; from < rows; from += chunk) {
      int to = Math.min(rows, from + chunk);
      float[] part = probabilityReal(completions.rows(from, to));
      System.arraycopy(part, 0, probabilities, from, part.length);
    }
    return probabilities;
  }

  /**
   * One step on a batch: cross-entropy of real (1) against generated (0), Eq. 5, as a mean over the
   * batch, plus the model's penalties.
   *
   * @param batch sequences of both kinds
   * @param real which of them are real
   * @param stream for dropout
   */
  Step train(Sequences batch, boolean[] real, RandomStream stream);

  /**
   * Sequences that many steps are to train on. The default selects each batch on the host; override
   * it to bring them to the backend once.
   *
   * @param sequences of both kinds
   * @param real which of them are real
   */
  default TrainingSet trainingSet(Sequences sequences, boolean[] real) {
    return new HostTrainingSet(this, sequences, real);
  }
}
