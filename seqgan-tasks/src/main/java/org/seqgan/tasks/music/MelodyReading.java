package org.seqgan.tasks.music;

import java.util.Optional;
import org.seqgan.api.plugin.Option;

/** How tunes become pitches: part of the options of the tasks "music" and "midi". */
public record MelodyReading(
    @Option(
            description = "seconds between two tokens; the paper's 0.4",
            defaultValue = "0.4",
            min = MelodyReading.SHORTEST_STEP,
            max = MelodyReading.LONGEST_STEP)
        double step,
    @Option(
            description =
                "quarter notes per minute of an ABC tune that names no tempo; 120 as MIDI files",
            defaultValue = "120",
            min = 10,
            max = 1000)
        double tempo,
    @Option(
            description = "a silence: hold, the pitch before it goes on, or token, token 0",
            defaultValue = "hold")
        Rests rests,
    @Option(
            description =
                "name or number, from 1, of the track or voice that is the tune; without it the one"
                    + " of the highest mean pitch")
        Optional<String> track,
    @Option(
            description = "a tune that cannot be read: skip, left out and named, or fail",
            defaultValue = "skip")
        Unreadable unreadable) {
  /** The bounds of a step, in seconds. */
  static final double SHORTEST_STEP = 0.01;

  static final double LONGEST_STEP = 10;

  /** What an option that is not written is. */
  public static final MelodyReading DEFAULT =
      new MelodyReading(0.4, 120, Rests.HOLD, Optional.empty(), Unreadable.SKIP);

  public PitchGrid grid() {
    return new PitchGrid(step, rests);
  }
}
