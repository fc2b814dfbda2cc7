package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/**
 * A tune as it is written.
 *
 * @param first its first line
 * @param title its first title
 * @param voices by name, what each does
 * @param partOrder the labels of the parts in the order in which they are played, where the header
 *     says it
 * @param wholesPerMinute the tempo, where the header says it
 * @param omissions what was left out
 */
public record AbcTune(
    AbcLine first,
    String title,
    Map<String, List<AbcEvent>> voices,
    Optional<List<String>> partOrder,
    OptionalDouble wholesPerMinute,
    Omissions omissions) {
  private static final double QUARTERS = 4;

  /**
   * The tune as it is played.
   *
   * @param defaultTempo quarter notes per minute where the tune names no tempo
   * @param omissions counts what is played otherwise than the standard says
   */
  public Song song(double defaultTempo, Omissions omissions) {
    Map<String, List<AbcEvent>> played = new LinkedHashMap<>();
    voices.forEach((name, events) -> played.put(name, order(name, events, omissions)));
    AbcClock clock = new AbcClock(wholesPerMinute.orElse(defaultTempo / QUARTERS), played.values());
    List<Song.Voice> sounding = new ArrayList<>();
    played.forEach(
        (name, events) ->
            sounding.add(new Song.Voice(name, new AbcPerformance(first, clock).play(events))));
    return new Song(title, first.file() + ", line " + first.number(), sounding, hasTempo());
  }

  private boolean hasTempo() {
    return wholesPerMinute.isPresent()
        || voices.values().stream()
            .flatMap(List::stream)
            .anyMatch(AbcEvent.Tempo.class::isInstance);
  }

  /** Where something is missing: a voice is named where there are several. */
  private String inThe(String voice) {
    return voices.size() == 1 ? "the tune" : "voice '" + voice + "' of the tune";
  }

  /** The events in the order of the parts, repeats played out. */
  private List<AbcEvent> order(String voice, List<AbcEvent> events, Omissions omissions) {
    List<AbcParts.Part> parts = AbcParts.split(events);
    omissions.count(Omissions.Kind.PART_ORDER, partOrder.isPresent() && parts.size() == 1 ? 1 : 0);
    List<AbcParts.Part> ordered =
        partOrder.map(labels -> AbcParts.inOrder(first, inThe(voice), parts, labels)).orElse(parts);
    AbcRepeats repeats = new AbcRepeats(first, omissions);
    ordered.forEach(part -> repeats.play(part.events()));
    return repeats.played();
  }
}
