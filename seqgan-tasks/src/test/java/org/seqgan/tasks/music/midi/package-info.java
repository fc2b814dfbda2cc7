@NullMarked
package org.seqgan.tasks.music.midi;

import org.jspecify.annotations.NullMarked;
