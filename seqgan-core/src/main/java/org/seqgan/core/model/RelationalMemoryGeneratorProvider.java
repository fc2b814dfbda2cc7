package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code relational-memory}. */
public final class RelationalMemoryGeneratorProvider
    implements GeneratorProvider<RelationalMemoryOptions> {
  @Override
  public About<RelationalMemoryOptions> about() {
    return new About<>(
        "relational-memory",
        "memory whose slots attend to one another, as in RelGAN's released code",
        RelationalMemoryOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, RelationalMemoryOptions options) {
    return context.autoregressive(
        new RelationalMemoryModel(
            context.vocabulary().size(),
            options.embeddingSize(),
            options.memorySlots(),
            options.heads(),
            options.headSize()));
  }
}
