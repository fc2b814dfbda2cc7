/** Tests of the task "oracle". */
@NullMarked
package org.seqgan.tasks.oracle;

import org.jspecify.annotations.NullMarked;
