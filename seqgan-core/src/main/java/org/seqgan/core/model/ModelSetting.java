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

/** What a model of either kind is made from. */
public record ModelSetting(
    TensorBackend backend,
    Vocabulary vocabulary,
    int sequenceLength,
    RandomStream initialisation,
    OptimizerOptions optimizer)
    implements GeneratorContext, DiscriminatorContext {

  @Override
  public Generator autoregressive(AutoregressiveModel model) {
    return new AutoregressiveGenerator(this, model);
  }

  @Override
  public Discriminator classifier(SequenceClassifier model) {
    return new ClassifierDiscriminator(this, model);
  }
}
