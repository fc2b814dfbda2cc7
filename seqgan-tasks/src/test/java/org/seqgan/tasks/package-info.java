/** Tests of what the tasks share. */
@NullMarked
package org.seqgan.tasks;

import org.jspecify.annotations.NullMarked;
