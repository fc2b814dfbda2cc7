/** Tests of the tasks "music" and "midi". */
@NullMarked
package org.seqgan.tasks.music;

import org.jspecify.annotations.NullMarked;
