/**
 * Reads experiments from HOCON, strictly: an unknown key, a wrong type or a value out of range
 * fails before any work starts, naming file, line and key.
 *
 * <p>{@link org.seqgan.core.config.ConfigurationReader} is the way in; it hands out a {@link
 * org.seqgan.core.config.ResolvedConfig} of typed values. {@link
 * org.seqgan.core.config.OptionsBinder} binds the options of a single plugin.
 */
@NullMarked
package org.seqgan.core.config;

import org.jspecify.annotations.NullMarked;
