package org.seqgan.core.model;

import java.util.Collections;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.plugin.About;

/** Discriminator {@code cnn}. */
public final class CnnDiscriminatorProvider implements DiscriminatorProvider<CnnOptions> {
  @Override
  public About<CnnOptions> about() {
    return new About<>(
        "cnn",
        "CNN of many filter widths with a highway layer, as in the SeqGAN paper",
        CnnOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Discriminator create(DiscriminatorContext context, CnnOptions options) {
    int widest = Collections.max(options.filterWidths());
    if (widest > context.sequenceLength()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "discriminator.filter-widths has "
              + widest
              + ", but sequences have "
              + context.sequenceLength()
              + " tokens: leave out widths above that, and their filter-counts");
    }
    return context.classifier(
        new CnnModel(
            context.vocabulary().size(),
            options.embeddingSize(),
            options.filterWidths(),
            options.filterCounts(),
            options.keep(),
            options.l2()));
  }
}
