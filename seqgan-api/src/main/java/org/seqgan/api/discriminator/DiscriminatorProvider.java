package org.seqgan.api.discriminator;

import org.seqgan.api.plugin.Provider;

/** Makes discriminators. */
public interface DiscriminatorProvider<O extends Record> extends Provider<O> {
  /** A new discriminator with initial parameters. */
  Discriminator create(DiscriminatorContext context, O options);
}
