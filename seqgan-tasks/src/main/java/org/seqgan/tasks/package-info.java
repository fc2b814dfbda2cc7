/**
 * What the tasks share: where data come from, how they are split, a task that holds sequences; and
 * for text, reading of lines, tokenisers, and the table of tokens.
 */
@NullMarked
package org.seqgan.tasks;

import org.jspecify.annotations.NullMarked;
