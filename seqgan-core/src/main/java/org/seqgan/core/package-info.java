/**
 * SeqGAN as a library: {@link org.seqgan.core.SeqGan} is the one entry for Java callers, and the
 * types of this package are what it gives and takes. Everything below runs plugins, and is the
 * program's own: it may change with every version.
 */
@NullMarked
package org.seqgan.core;

import org.jspecify.annotations.NullMarked;
