package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** The tunes of a library as sequences of one length, without duplicates; what is left out. */
final class Melodies {
  private static final int NAMED_ERRORS = 10;

  private final Library library;
  private final MusicOptions options;
  private final List<List<int[]>> tunes = new ArrayList<>();
  private final Set<List<Integer>> known = new HashSet<>();
  private final List<MusicException> withoutTrack = new ArrayList<>();
  private int silent;
  private int offKeyboard;
  private int tooShort;
  private int duplicates;

  private Melodies(Library library, MusicOptions options) {
    this.library = library;
    this.options = options;
  }

  /**
   * Cuts sequences.
   *
   * @throws UserException if a tune cannot be read and the options do not skip those
   */
  static Melodies of(Library library, MusicOptions options) {
    Melodies melodies = new Melodies(library, options);
    library.songs().forEach(melodies::add);
    if (options.reading().unreadable() == Unreadable.FAIL) {
      melodies.unreadable().stream()
          .findFirst()
          .ifPresent(
              e -> {
                throw e;
              });
    }
    return melodies;
  }

  /** The notes of a song's solo; empty if it has no such track. */
  private Optional<List<Tune.Note>> solo(Song song) {
    try {
      return Optional.of(song.solo(options.reading().track()).notes());
    } catch (MusicException e) {
      withoutTrack.add(e);
      return Optional.empty();
    }
  }

  private void add(Song song) {
    Optional<List<Tune.Note>> solo = solo(song);
    if (solo.isPresent()) {
      add(solo.get());
    }
  }

  private void add(List<Tune.Note> notes) {
    if (notes.isEmpty()) {
      silent++;
    } else if (notes.stream().anyMatch(note -> !Keyboard.has(note.pitch()))) {
      offKeyboard++;
    } else {
      addTokens(options.reading().grid().tokens(notes));
    }
  }

  private void addTokens(int[] tokens) {
    int length = options.sequenceLength();
    if (tokens.length < length) {
      tooShort++;
      return;
    }
    int windows = options.windows() == Windows.FIRST ? 1 : tokens.length / length;
    List<int[]> fresh = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      int[] window = Arrays.copyOfRange(tokens, i * length, (i + 1) * length);
      if (known.add(Arrays.stream(window).boxed().toList())) {
        fresh.add(window);
      } else {
        duplicates++;
      }
    }
    if (!fresh.isEmpty()) {
      tunes.add(List.copyOf(fresh));
    }
  }

  private List<MusicException> unreadable() {
    List<MusicException> all = new ArrayList<>(library.unreadable());
    all.addAll(withoutTrack);
    return all;
  }

  /** How many tunes have a sequence. */
  int tunes() {
    return tunes.size();
  }

  /**
   * Divides the tunes, and with them their sequences.
   *
   * @throws UserException if there are too few
   */
  Sets split() {
    if (tunes.isEmpty()) {
      throw noTunes();
    }
    Split<List<int[]>> split =
        Split.of(
            tunes, options.validationShare(), options.testShare(), "tunes", options.splitSeed());
    return new Sets(rows(split.training()), rows(split.validation()), rows(split.test()));
  }

  /** Nothing to train on: the first error, or the reasons for which tunes were left out. */
  private UserException noTunes() {
    List<MusicException> errors = unreadable();
    String reason =
        errors.isEmpty() ? leftOut() : errors.size() + " not read: " + errors.get(0).getMessage();
    return new UserException(
        UserException.Kind.DATA,
        "no tune gives a sequence of %d tokens (%s): %s"
            .formatted(options.sequenceLength(), seconds(), reason));
  }

  /**
   * The sequences.
   *
   * @param training to learn from
   * @param validation to choose among models
   * @param test to report on
   */
  record Sets(Sequences training, Sequences validation, Sequences test) {}

  private static Sequences rows(List<List<int[]>> of) {
    return Sequences.ofRows(of.stream().flatMap(List::stream).toArray(int[][]::new));
  }

  /** One line each: what there is, what is left out, how it became sequences. */
  List<String> account() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d tunes read from %d files (%d of other kinds left alone)"
            .formatted(library.songs().size(), library.files(), library.otherFiles()));
    List<MusicException> errors = unreadable();
    errors.stream().limit(NAMED_ERRORS).forEach(e -> lines.add("not read: " + e.getMessage()));
    if (errors.size() > NAMED_ERRORS) {
      lines.add("not read: %d more".formatted(errors.size() - NAMED_ERRORS));
    }
    Omissions omissions = library.allOmissions();
    addCounted(lines, "left out of tunes by rule: ", omissions.counted(Omissions.Why.RULE));
    addCounted(
        lines,
        "read although its format does not have it so: ",
        omissions.counted(Omissions.Why.LENIENCE));
    lines.add(grid());
    lines.add("left out: " + leftOut());
    return lines;
  }

  private static void addCounted(List<String> lines, String what, List<String> counted) {
    if (!counted.isEmpty()) {
      lines.add(what + String.join(", ", counted));
    }
  }

  private String grid() {
    MelodyReading reading = options.reading();
    long withoutTempo = library.songs().stream().filter(song -> !song.hasTempo()).count();
    return "grid: one key of the piano per %s s, highest note of the %s, rests: %s; %s quarter notes per minute for %d tunes that name no tempo"
        .formatted(
            reading.step(),
            reading
                .track()
                .map(name -> "track '" + name + "'")
                .orElse("track of highest mean pitch"),
            reading.rests() == Rests.HOLD ? "the pitch before goes on" : "token 0",
            reading.tempo(),
            withoutTempo);
  }

  private String leftOut() {
    return "%d tunes without notes, %d with notes outside the piano, %d shorter than %s, %d sequences that repeat an earlier one"
        .formatted(silent, offKeyboard, tooShort, seconds(), duplicates);
  }

  private String seconds() {
    double seconds = options.sequenceLength() * options.reading().step();
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
