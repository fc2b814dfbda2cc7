/** Runs methods, options and seeds as a matrix of cells, each a run of its own. */
@NullMarked
package org.seqgan.core.matrix;

import org.jspecify.annotations.NullMarked;
