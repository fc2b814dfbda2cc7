/** Corpora on this machine: where they are kept, and whether they are what they should be. */
@NullMarked
package org.seqgan.core.corpus;

import org.jspecify.annotations.NullMarked;
