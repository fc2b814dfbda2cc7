/** Corpora fetched from a server of this machine that behaves and misbehaves. */
@NullMarked
package org.seqgan.core.corpus;

import org.jspecify.annotations.NullMarked;
