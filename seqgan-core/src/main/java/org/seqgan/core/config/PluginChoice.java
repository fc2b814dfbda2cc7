package org.seqgan.core.config;

import org.seqgan.api.plugin.Provider;

/**
 * A plugin that was chosen, with its options.
 *
 * @param provider makes it
 * @param options of the provider's {@code optionsType()}
 */
public record PluginChoice<P extends Provider<?>>(P provider, Record options) {}
