package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code lstm}. */
public final class LstmGeneratorProvider implements GeneratorProvider<LstmOptions> {
  @Override
  public About<LstmOptions> about() {
    return new About<>(
        "lstm",
        "LSTM over token embeddings, as in the SeqGAN paper",
        LstmOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, LstmOptions options) {
    return context.autoregressive(
        new LstmModel(
            context.vocabulary().size(),
            options.embeddingSize(),
            options.hiddenSize(),
            options.initialDeviation()));
  }
}
