/**
 * Algorithm 1 of the paper: {@link org.seqgan.core.training.AdversarialTraining} is it, line by
 * line.
 */
@NullMarked
package org.seqgan.core.training;

import org.jspecify.annotations.NullMarked;
