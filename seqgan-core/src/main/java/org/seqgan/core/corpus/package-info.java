/**
 * Corpora on this machine: where they are kept, whether they are what they should be, and how they
 * come here.
 */
@NullMarked
package org.seqgan.core.corpus;

import org.jspecify.annotations.NullMarked;
