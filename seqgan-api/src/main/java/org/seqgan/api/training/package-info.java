/**
 * Methods of training. To add one, implement {@link org.seqgan.api.training.TrainerProvider}: it
 * says which phases there are and makes a {@link org.seqgan.api.training.Trainer}, whose one method
 * does a step of a phase. Everything around the steps is the program's.
 */
@NullMarked
package org.seqgan.api.training;

import org.jspecify.annotations.NullMarked;
