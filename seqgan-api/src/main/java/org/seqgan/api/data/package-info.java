/**
 * Values that pass between plugins: token sequences, roll-outs, numbers per token. They live on the
 * host and are immutable.
 */
@NullMarked
package org.seqgan.api.data;

import org.jspecify.annotations.NullMarked;
