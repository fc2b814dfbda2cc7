package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays out repeats and endings (ABC standard 2.1, sections 4.8 to 4.10). A repeat goes back to the
 * last start of a repeat, the end of the last one, or the start of the part. An ending lasts until
 * the next one, a repeat, or a double or thick bar line.
 */
final class AbcRepeats {
  private static final int MOST_EVENTS = 200_000;

  private final AbcLine first;
  private final List<AbcEvent> played = new ArrayList<>();
  private Section section = new Section();

  /**
   * Nothing played yet.
   *
   * @param first the first line of the tune, for errors
   */
  AbcRepeats(AbcLine first) {
    this.first = first;
  }

  /** A section that is repeated as a whole. */
  private static final class Section {
    private final List<AbcEvent> body = new ArrayList<>();
    private final List<Set<Integer>> numbers = new ArrayList<>();
    private final List<List<AbcEvent>> endings = new ArrayList<>();
    private int times = 1;

    void add(AbcEvent event) {
      (endings.isEmpty() ? body : endings.get(endings.size() - 1)).add(event);
    }

    void open(AbcEvent.Ending ending) {
      numbers.add(ending.numbers());
      endings.add(new ArrayList<>());
      ending.numbers().forEach(number -> times = Math.max(times, number));
    }

    /** Whether an ending is another one of this section. */
    boolean continues(AbcEvent.Ending ending) {
      Set<Integer> known = new HashSet<>();
      numbers.forEach(known::addAll);
      return ending.numbers().stream().noneMatch(known::contains);
    }
  }

  /** Plays a part. */
  void play(List<AbcEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      AbcEvent event = events.get(i);
      if (event instanceof AbcEvent.Ending ending) {
        section.open(ending);
      } else if (event instanceof AbcEvent.Bar bar) {
        bar(bar, events, i);
      } else {
        section.add(event);
      }
    }
    playSection();
  }

  private void bar(AbcEvent.Bar bar, List<AbcEvent> events, int at) {
    section.times = Math.max(section.times, bar.repeats() + 1);
    boolean ends = bar.repeats() > 0 || (bar.closes() && !section.endings.isEmpty());
    if (bar.startsRepeat() || (ends && !endingFollows(events, at))) {
      playSection();
    }
  }

  private boolean endingFollows(List<AbcEvent> events, int at) {
    for (AbcEvent event : events.subList(at + 1, events.size())) {
      if (event instanceof AbcEvent.Ending ending) {
        return section.continues(ending);
      }
      boolean plain = event instanceof AbcEvent.Bar bar && bar.repeats() == 0;
      if (!plain) {
        return false;
      }
    }
    return false;
  }

  private void playSection() {
    for (int time = 1; time <= section.times; time++) {
      append(section.body);
      for (int i = 0; i < section.endings.size(); i++) {
        if (section.numbers.get(i).contains(time)) {
          append(section.endings.get(i));
        }
      }
    }
    section = new Section();
  }

  private void append(List<AbcEvent> events) {
    if (played.size() + events.size() > MOST_EVENTS) {
      throw first.error("with its repeats this tune has more than " + MOST_EVENTS + " notes");
    }
    played.addAll(events);
  }

  /** All that was played: sounds, and changes of tempo and meter. */
  List<AbcEvent> played() {
    return List.copyOf(played);
  }
}
