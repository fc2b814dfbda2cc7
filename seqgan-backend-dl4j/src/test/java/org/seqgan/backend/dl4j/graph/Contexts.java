package org.seqgan.backend.dl4j.graph;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;

/** What models are made from here: no forward functions, and optimisers that are not asked for. */
final class Contexts {
  private Contexts() {}

  record OfDiscriminator(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, RandomStream initialisation)
      implements DiscriminatorContext {
    @Override
    public OptimizerOptions optimizer() {
      throw new AssertionError("a graph has an updater of its own");
    }

    @Override
    public Discriminator classifier(SequenceClassifier model) {
      throw new AssertionError("a graph is no forward function");
    }
  }

  record OfGenerator(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, RandomStream initialisation)
      implements GeneratorContext {
    @Override
    public OptimizerOptions likelihoodOptimizer() {
      throw new AssertionError("a graph has an updater of its own");
    }

    @Override
    public OptimizerOptions policyOptimizer() {
      throw new AssertionError("a graph has an updater of its own");
    }

    @Override
    public Generator autoregressive(AutoregressiveModel model) {
      throw new AssertionError("a graph is no forward function");
    }
  }
}
