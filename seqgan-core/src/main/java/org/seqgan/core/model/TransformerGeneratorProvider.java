package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.plugin.About;

/** Generator {@code transformer}. */
public final class TransformerGeneratorProvider implements GeneratorProvider<TransformerOptions> {
  @Override
  public About<TransformerOptions> about() {
    return new About<>(
        "transformer",
        "causal Transformer with learned positions, the norm first as in GPT-2",
        TransformerOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, TransformerOptions options) {
    int time = context.sequenceLength();
    if (ArraySize.times(time, options.modelSize()) > ParameterSpec.MOST_NUMBERS) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "generator.model-size: expected at most %,d for sequences of %,d tokens, whose keys are kept in one array, found %,d"
              .formatted(ParameterSpec.MOST_NUMBERS / time, time, options.modelSize()));
    }
    return context.autoregressive(new TransformerModel(context.vocabulary().size(), time, options));
  }
}
