/**
 * Reads Standard MIDI Files ({@link org.seqgan.tasks.music.midi.MidiReader}), and writes them
 * ({@link org.seqgan.tasks.music.midi.MidiWriter}).
 */
@NullMarked
package org.seqgan.tasks.music.midi;

import org.jspecify.annotations.NullMarked;
