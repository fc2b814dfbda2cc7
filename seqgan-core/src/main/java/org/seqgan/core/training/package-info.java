/**
 * The loop around a trainer's steps: {@link org.seqgan.core.training.TrainingLoop} does them phase
 * by phase, evaluates, stops and goes on. What a step does is the trainer's ({@link
 * org.seqgan.api.training.Trainer}); the built-in one is in {@code org.seqgan.core.trainer}.
 */
@NullMarked
package org.seqgan.core.training;

import org.jspecify.annotations.NullMarked;
