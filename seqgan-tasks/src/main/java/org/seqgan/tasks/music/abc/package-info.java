/**
 * Reads tunes in ABC notation ({@link org.seqgan.tasks.music.abc.AbcBook}), and writes them ({@link
 * org.seqgan.tasks.music.abc.AbcWriter}).
 */
@NullMarked
package org.seqgan.tasks.music.abc;

import org.jspecify.annotations.NullMarked;
