package org.seqgan.core.config;

import org.seqgan.api.plugin.Provider;

/**
 * A plugin that a configuration chose, and its options.
 *
 * @param provider what makes it
 * @param options of the provider's {@link Provider#optionsType()}
 * @param <P> the kind of provider
 */
public record PluginChoice<P extends Provider<?>>(P provider, Record options) {
  /** Checks that the options are of the provider's type. */
  public PluginChoice {
    if (!provider.optionsType().isInstance(options)) {
      throw new IllegalArgumentException(
          "expected options of %s, found %s"
              .formatted(provider.optionsType().getName(), options.getClass().getName()));
    }
  }

  /** The plugin's name. */
  public String name() {
    return provider.name();
  }
}
