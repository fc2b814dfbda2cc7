/** What the tasks share: where data come from, how they are split, a task that holds sequences. */
@NullMarked
package org.seqgan.tasks;

import org.jspecify.annotations.NullMarked;
