@NullMarked
package org.seqgan.tasks.music.abc;

import org.jspecify.annotations.NullMarked;
