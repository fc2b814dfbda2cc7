/**
 * What music of any format is read into: a {@link org.seqgan.tasks.music.song.Song}, and what of a
 * file was left out ({@link org.seqgan.tasks.music.song.Omissions}).
 */
@NullMarked
package org.seqgan.tasks.music.song;

import org.jspecify.annotations.NullMarked;
