/** Reverse-mode automatic differentiation over the operations of a tensor backend. */
@NullMarked
package org.seqgan.core.autograd;

import org.jspecify.annotations.NullMarked;
