/**
 * The built-in models, a page each, and what turns a forward function into a generator or a
 * discriminator.
 */
@NullMarked
package org.seqgan.core.model;

import org.jspecify.annotations.NullMarked;
