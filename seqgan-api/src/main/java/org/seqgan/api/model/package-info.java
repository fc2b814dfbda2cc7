/**
 * What generators and discriminators have in common, and the short way to write one: as a forward
 * function over a {@link org.seqgan.api.autograd.Tape} ({@link
 * org.seqgan.api.model.AutoregressiveModel}, {@link org.seqgan.api.model.SequenceClassifier}).
 */
@NullMarked
package org.seqgan.api.model;

import org.jspecify.annotations.NullMarked;
