package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;

/** Generator {@code lstm}. */
public final class LstmGeneratorProvider implements GeneratorProvider<LstmOptions> {
  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public String description() {
    return "LSTM over token embeddings, as in the SeqGAN paper";
  }

  @Override
  public int apiVersion() {
    return ApiVersion.CURRENT;
  }

  @Override
  public Class<LstmOptions> optionsType() {
    return LstmOptions.class;
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
