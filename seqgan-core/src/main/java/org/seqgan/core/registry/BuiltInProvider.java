package org.seqgan.core.registry;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.Provider;

/** What the providers of built-in plugins have in common: a name, a line about it, and options. */
public abstract class BuiltInProvider<O extends Record> implements Provider<O> {
  private final String name;
  private final String description;
  private final Class<O> optionsType;

  /** A provider of the given name. */
  protected BuiltInProvider(String name, String description, Class<O> optionsType) {
    this.name = name;
    this.description = description;
    this.optionsType = optionsType;
  }

  /** For plugins that have no options. */
  public record NoOptions() {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public int apiVersion() {
    return ApiVersion.CURRENT;
  }

  @Override
  public Class<O> optionsType() {
    return optionsType;
  }
}
