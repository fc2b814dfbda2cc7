/**
 * Finds plugins. {@link org.seqgan.core.registry.PluginRegistry} is the only place that uses {@link
 * java.util.ServiceLoader}; everything else asks it for a plugin by kind and name.
 */
@NullMarked
package org.seqgan.core.registry;

import org.jspecify.annotations.NullMarked;
