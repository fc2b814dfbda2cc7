package org.seqgan.core.registry;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Provider;

/** What the providers of built-in plugins have in common: a name, a line about it, and options. */
public abstract class BuiltInProvider<O extends Record> implements Provider<O> {
  private final About<O> about;

  /** A provider of the given name. */
  protected BuiltInProvider(String name, String description, Class<O> optionsType) {
    about = new About<>(name, description, optionsType, ApiVersion.CURRENT);
  }

  /** For plugins that have no options. */
  public record NoOptions() {}

  @Override
  public About<O> about() {
    return about;
  }
}
