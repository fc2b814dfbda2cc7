/**
 * The tasks "music" and "midi": tunes as one pitch of the piano per step of time (Yu et al. 2017,
 * section "Music Generation"), read from ABC and MIDI files and written as both.
 *
 * <p>{@link org.seqgan.tasks.music.abc} and {@link org.seqgan.tasks.music.midi} read files as
 * {@link org.seqgan.tasks.music.song} has them, {@link org.seqgan.tasks.music.PitchGrid} makes
 * sequences of them, {@link org.seqgan.tasks.music.Melodies} divides those into sets.
 */
@NullMarked
package org.seqgan.tasks.music;

import org.jspecify.annotations.NullMarked;
