/**
 * The task "poems": Chinese quatrains of four lines of five characters (Yu et al. 2017, section
 * "Real-world Scenarios").
 *
 * <p>{@link org.seqgan.tasks.poems.PoemsTaskProvider} opens it. {@code PoemReader} says which lines
 * of a file are a quatrain.
 */
@NullMarked
package org.seqgan.tasks.poems;

import org.jspecify.annotations.NullMarked;
