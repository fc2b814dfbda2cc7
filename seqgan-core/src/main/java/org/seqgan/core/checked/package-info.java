/**
 * The border between the program and its plugins. Each class here is a plugin's part (a generator,
 * a reward, ...) whose every answer is checked for shape, finiteness and range before anything is
 * computed from it, and whose failures name the plugin and its jar ({@link
 * org.seqgan.core.registry.PluginOrigin}). They look only at numbers that are on the host already.
 */
@NullMarked
package org.seqgan.core.checked;

import org.jspecify.annotations.NullMarked;
