/** Tests of the task "text". */
@NullMarked
package org.seqgan.tasks.text;

import org.jspecify.annotations.NullMarked;
