package org.seqgan.api.discriminator;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;

/** What a discriminator is made from. */
public interface DiscriminatorContext {
  /** Where it computes. */
  TensorBackend backend();

  /** The tokens of the task. */
  Vocabulary vocabulary();

  /** T, the largest number of tokens of a sequence. */
  int sequenceLength();

  /** Random numbers for the parameters' initial values. */
  RandomStream initialisation();

  /** How it is trained. */
  OptimizerOptions optimizer();

  /** Makes a discriminator from a forward function. */
  Discriminator classifier(SequenceClassifier model);
}
