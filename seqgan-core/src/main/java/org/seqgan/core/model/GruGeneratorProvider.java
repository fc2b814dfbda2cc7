package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code gru}. */
public final class GruGeneratorProvider implements GeneratorProvider<GruOptions> {
  @Override
  public About<GruOptions> about() {
    return new About<>(
        "gru",
        "GRU over token embeddings, with three quarters of the weights of lstm",
        GruOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, GruOptions options) {
    return context.autoregressive(
        new GruModel(
            context.vocabulary().size(),
            options.embeddingSize(),
            options.hiddenSize(),
            options.initialDeviation()));
  }
}
