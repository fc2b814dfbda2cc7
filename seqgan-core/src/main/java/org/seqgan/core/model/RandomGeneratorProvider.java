package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code random}: an anchor that knows the vocabulary and no more. */
public final class RandomGeneratorProvider
    implements GeneratorProvider<RandomGeneratorProvider.Options> {

  /** It has no options. */
  public record Options() {}

  @Override
  public About<Options> about() {
    return new About<>(
        "random", "tokens drawn uniformly; it learns nothing", Options.class, ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, Options options) {
    int vocabularySize = context.vocabulary().size();
    return new RandomGenerator(
        context.autoregressive(new TokenFrequencies(vocabularySize, 0)), vocabularySize);
  }
}
