package org.seqgan.api.discriminator;

import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** A scorer that learns. Whoever made it closes it. One thread at a time. */
public interface Discriminator extends Scorer, Model {
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

  /**
   * Its parameters under losses of somebody's own, with an optimiser whose moments are part of
   * {@link #optimizerState()} from then on. To be asked for once, before a state is restored.
   *
   * @return empty of a discriminator that is no forward function over a tape
   */
  default Optional<OnTape<SequenceClassifier>> onTape(OptimizerOptions optimizer) {
    return Optional.empty();
  }
}
