package org.seqgan.api.generator;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;

/** What a generator is made from. */
public interface GeneratorContext {
  /** Where it computes. */
  TensorBackend backend();

  /** The tokens of the task. */
  Vocabulary vocabulary();

  /** T, the largest number of tokens of a sequence. */
  int sequenceLength();

  /** Random numbers for the parameters' initial values. */
  RandomStream initialisation();

  /** How it is trained by maximum likelihood. */
  OptimizerOptions likelihoodOptimizer();

  /** How it is trained by policy gradient; with moments of its own, as in the authors' code. */
  OptimizerOptions policyOptimizer();

  /** Makes a generator from a forward function. */
  Generator autoregressive(AutoregressiveModel model);
}
