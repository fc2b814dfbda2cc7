package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.tasks.music.song.Omissions;

/**
 * Plays out repeats and endings (ABC standard 2.1, sections 4.8 to 4.10). A repeat goes back to
 * where it was started, even if that was in another part. One without a start goes back to the end
 * of the last repeat or the start of the part; where the standard recommends another place, the
 * last double bar line or one before the part, that is counted. An ending lasts until the next one,
 * a repeat, or a double or thick bar line.
 */
final class AbcRepeats {
  private static final int MOST_EVENTS = 200_000;

  private final AbcLine first;
  private final Omissions omissions;
  private final List<AbcEvent> played = new ArrayList<>();
  private Section section = new Section(Origin.TUNE);

  /**
   * Nothing played yet.
   *
   * @param first the first line of the tune, for errors
   * @param omissions counts repeats that go back to elsewhere than the standard recommends
   */
  AbcRepeats(AbcLine first, Omissions omissions) {
    this.first = first;
    this.omissions = omissions;
  }

  /** Where a section begins; a division is the end of a repeat, or a double bar line. */
  private enum Origin {
    TUNE,
    PART,
    REPEAT,
    DIVISION
  }

  /** A section that is repeated as a whole. */
  private static final class Section {
    private final Origin origin;
    private final List<AbcEvent> body = new ArrayList<>();
    private final List<Set<Integer>> numbers = new ArrayList<>();
    private final List<List<AbcEvent>> endings = new ArrayList<>();
    private boolean ended;
    private boolean hasDoubleBar;
    private boolean endsInDoubleBar;
    private int times = 1;

    Section(Origin origin) {
      this.origin = origin;
    }

    void add(AbcEvent event) {
      endsInDoubleBar &= !(event instanceof AbcEvent.Sound);
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

    void repeat(int repeats) {
      times = Math.max(times, repeats + 1);
      ended |= repeats > 0;
    }

    void passDoubleBar() {
      endsInDoubleBar = true;
      hasDoubleBar |= !isSilent();
    }

    /** What the next part begins with. */
    Origin next() {
      if (isSilent()) {
        return origin;
      }
      return endsInDoubleBar ? Origin.DIVISION : Origin.PART;
    }

    private boolean isSilent() {
      return endings.isEmpty() && body.stream().noneMatch(AbcEvent.Sound.class::isInstance);
    }
  }

  /** Plays a part, which goes on with a repeat that was started in the one before. */
  void play(List<AbcEvent> events) {
    if (section.origin != Origin.REPEAT || section.ended) {
      playSection(section.next());
    }
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
  }

  private void bar(AbcEvent.Bar bar, List<AbcEvent> events, int at) {
    if (bar.repeats() > 0 && !section.ended) {
      countOrigin();
    }
    section.repeat(bar.repeats());
    boolean ends = bar.repeats() > 0 || (bar.closes() && !section.endings.isEmpty());
    if (bar.startsRepeat()) {
      playSection(Origin.REPEAT);
    } else if (ends && !endingFollows(events, at)) {
      playSection(Origin.DIVISION);
    } else if (bar.closes()) {
      section.passDoubleBar();
    }
  }

  /** Counts a repeat that goes back to elsewhere than the standard recommends. */
  private void countOrigin() {
    if (section.origin == Origin.REPEAT) {
      return;
    }
    if (section.hasDoubleBar) {
      omissions.count(Omissions.Kind.REPEAT_PAST_DOUBLE_BAR);
    } else if (section.origin == Origin.PART) {
      omissions.count(Omissions.Kind.REPEAT_FROM_PART);
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

  private void playSection(Origin next) {
    for (int time = 1; time <= section.times; time++) {
      append(section.body);
      for (int i = 0; i < section.endings.size(); i++) {
        if (section.numbers.get(i).contains(time)) {
          append(section.endings.get(i));
        }
      }
    }
    section = new Section(next);
  }

  private void append(List<AbcEvent> events) {
    if (played.size() + events.size() > MOST_EVENTS) {
      throw first.error("with its repeats this tune has more than " + MOST_EVENTS + " notes");
    }
    played.addAll(events);
  }

  /** Ends the tune. All that was played: sounds, and changes of tempo and meter. */
  List<AbcEvent> played() {
    playSection(Origin.TUNE);
    return List.copyOf(played);
  }
}
