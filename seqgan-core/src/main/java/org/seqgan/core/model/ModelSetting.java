package org.seqgan.core.model;

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

/** What the built-in models of either kind are made from. */
public final class ModelSetting {
  /** For a model that is only read from. */
  public static final OptimizerOptions NO_TRAINING =
      new OptimizerOptions(0, 0.9f, 0.999f, 1e-8f, 0);

  private ModelSetting() {}

  /** For a generator. */
  public record ForGenerator(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      RandomStream initialisation,
      OptimizerOptions likelihoodOptimizer,
      OptimizerOptions policyOptimizer)
      implements GeneratorContext {
    @Override
    public Generator autoregressive(AutoregressiveModel model) {
      return new AutoregressiveGenerator(this, model);
    }
  }

  /** For a discriminator. */
  public record ForDiscriminator(
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      RandomStream initialisation,
      OptimizerOptions optimizer)
      implements DiscriminatorContext {
    @Override
    public Discriminator classifier(SequenceClassifier model) {
      return new ClassifierDiscriminator(this, model);
    }
  }
}
