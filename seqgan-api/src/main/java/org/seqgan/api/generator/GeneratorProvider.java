package org.seqgan.api.generator;

import org.seqgan.api.plugin.Provider;

/** Makes generators. */
public interface GeneratorProvider<O extends Record> extends Provider<O> {
  /** A new generator with initial parameters. */
  Generator create(GeneratorContext context, O options);
}
