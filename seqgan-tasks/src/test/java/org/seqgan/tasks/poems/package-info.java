/** Tests of the task "poems". */
@NullMarked
package org.seqgan.tasks.poems;

import org.jspecify.annotations.NullMarked;
