package org.seqgan.core.model;

import java.util.Collections;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/** Generator {@code leakgan}. */
public final class LeakganGeneratorProvider implements GeneratorProvider<LeakganOptions> {
  @Override
  public About<LeakganOptions> about() {
    return new About<>(
        "leakgan",
        "Manager and Worker LSTMs over leaked features of the discriminator, for trainer leakgan (Guo et al. 2018)",
        LeakganOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, LeakganOptions options) {
    int time = context.sequenceLength();
    int widest = Collections.max(options.features().filterWidths());
    if (widest > time) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "generator.features.filter-widths has %d, but sequences have %d tokens: leave out widths above that, and their filter-counts"
              .formatted(widest, time));
    }
    if (options.stepSize() > time) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "generator.step-size is %d, but sequences have %d tokens: no goal would ever be reached; lower it"
              .formatted(options.stepSize(), time));
    }
    return context.autoregressive(new LeakganModel(context.vocabulary().size(), time, options));
  }
}
