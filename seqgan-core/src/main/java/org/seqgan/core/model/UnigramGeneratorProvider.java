package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code unigram}: an anchor that knows the frequencies of tokens and no more. */
public final class UnigramGeneratorProvider implements GeneratorProvider<UnigramOptions> {
  private static final float INITIAL_RANGE = 0.05f;

  @Override
  public About<UnigramOptions> about() {
    return new About<>(
        "unigram",
        "tokens drawn by their frequency in the training data, which it counts",
        UnigramOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, UnigramOptions options) {
    int vocabularySize = context.vocabulary().size();
    return new UnigramGenerator(
        context.autoregressive(new TokenFrequencies(vocabularySize, INITIAL_RANGE)),
        vocabularySize,
        options.pseudoCount());
  }
}
