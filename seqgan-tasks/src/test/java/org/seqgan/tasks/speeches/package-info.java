/** Tests of the task "speeches". */
@NullMarked
package org.seqgan.tasks.speeches;

import org.jspecify.annotations.NullMarked;
