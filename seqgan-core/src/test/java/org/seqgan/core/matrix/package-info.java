/** Tests of what is gathered from the cells of a matrix. */
@NullMarked
package org.seqgan.core.matrix;

import org.jspecify.annotations.NullMarked;
