package org.seqgan.tasks.music.song;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader left out by rule, and what it read although the format does not allow it, counted.
 */
public final class Omissions {
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  /** What a tune loses when it becomes pitches, and what is taken otherwise than it is written. */
  public enum Kind {
    CHORD_SYMBOL("chord symbols and annotations", Why.RULE),
    GRACE_NOTES("groups of grace notes", Why.RULE),
    DECORATION("decorations", Why.RULE),
    JUMP("signs of where to go on, such as !D.C.!", Why.RULE),
    SLUR("slurs", Why.RULE),
    LYRICS("lines of lyrics or symbols", Why.RULE),
    DIRECTIVE("directives (%% or I:)", Why.RULE),
    CLEF("clef and voice settings", Why.RULE),
    PITCH_SETTING("settings of pitch that the standard does not have", Why.RULE),
    MACRO("macros that are not used", Why.RULE),
    RESERVED("characters without a meaning", Why.RULE),
    FREE_TEXT("lines outside tunes", Why.RULE),
    DRUM("notes of drums (channel 10)", Why.RULE),
    CONTROLLER("pedals and pitch bends", Why.RULE),
    WRONG_CHARSET("lines that are not in the charset of the file, read as Latin-1", Why.LENIENCE),
    UNKNOWN_CHARSET("charsets that are not known here, UTF-8 in their place", Why.LENIENCE),
    NO_NUMBER("tunes that begin without X:", Why.LENIENCE),
    NO_EMPTY_LINE("tunes that begin without an empty line before them", Why.LENIENCE),
    TEMPO_IN_PART("tempos (Q:) of which the first number is taken", Why.LENIENCE),
    NO_TEMPO("tempos (Q:) that cannot be, left out", Why.LENIENCE),
    NO_METER("meters (M:) that are none, read as free", Why.LENIENCE),
    NO_VOICE("voices (V:) without a name, left out", Why.LENIENCE),
    REPEAT_FROM_PART(
        "repeats without a start that go back to the start of their part", Why.LENIENCE),
    REPEAT_PAST_DOUBLE_BAR(
        "repeats without a start that go back past a double bar line", Why.LENIENCE),
    PART_ORDER("voices without the parts of P:, played as written", Why.LENIENCE),
    RUNNING_STATUS(
        "events that take their status from before a meta or system event", Why.LENIENCE),
    SYSTEM_MESSAGE("system messages that a file should not have", Why.LENIENCE),
    META_TYPE("meta events of types above 127", Why.LENIENCE),
    WRONG_TEMPO("tempo events that cannot be, left out", Why.LENIENCE),
    EXTRA_TRACK("tracks that the header does not count", Why.LENIENCE),
    TRACK_LENGTH("tracks that are not as long as they say, or have no end", Why.LENIENCE),
    STRAY_BYTE("bytes that belong to no track, left out", Why.LENIENCE),
    OPEN_NOTE("notes that nothing ends, held to the end of their track", Why.LENIENCE),
    EMPTY_NOTE("notes without a length, left out", Why.LENIENCE);

    private final String words;
    private final Why why;

    Kind(String words, Why why) {
      this.words = words;
      this.why = why;
    }
  }

  /** Why something is counted. */
  public enum Why {
    /** It is no pitch: left out by rule. */
    RULE,
    /** The format does not allow it: read all the same. */
    LENIENCE
  }

  public void count(Kind kind) {
    count(kind, 1);
  }

  public void count(Kind kind, long times) {
    if (times > 0) {
      counts.merge(kind, times, Long::sum);
    }
  }

  public void addAll(Omissions other) {
    other.counts.forEach(this::count);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  public long of(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Each kind that was counted for a reason, such as {@code 12 chord symbols and annotations}. */
  public List<String> counted(Why why) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().why == why)
        .map(entry -> entry.getValue() + " " + entry.getKey().words)
        .toList();
  }
}
