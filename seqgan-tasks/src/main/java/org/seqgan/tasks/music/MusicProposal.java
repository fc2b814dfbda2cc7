package org.seqgan.tasks.music;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Proposal.Choice;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;

/** Looks at tunes and chooses the length of sequences, and how much of a tune becomes some. */
final class MusicProposal {
  private static final List<Integer> LENGTHS = List.of(32, 24, 16, 8);
  private static final double SHARE_LONG_ENOUGH = 0.5;
  private static final int MANY_TUNES = 300;
  private static final double VALIDATION_SHARE = 0.1;
  private static final double TEST_SHARE = 0.1;

  private final Path data;
  private final Library library;
  private final List<int[]> tokens;

  /**
   * A look at a library.
   *
   * @param data where it was read from
   */
  MusicProposal(Path data, Library library) {
    this.data = data;
    this.library = library;
    PitchGrid grid = MelodyReading.DEFAULT.grid();
    this.tokens = solos(library).stream().map(grid::tokens).toList();
  }

  private static List<List<Tune.Note>> solos(Library library) {
    return library.songs().stream()
        .map(song -> song.solo(Optional.empty()).notes())
        .filter(notes -> notes.stream().allMatch(note -> Keyboard.has(note.pitch())))
        .toList();
  }

  /**
   * The proposal.
   *
   * @throws org.seqgan.api.UserException if there are too few tunes
   */
  Proposal make() {
    int length = length();
    Windows windows = longEnough(length) < MANY_TUNES ? Windows.ALL : Windows.FIRST;
    MusicOptions options =
        new MusicOptions(
            data, length, windows, VALIDATION_SHARE, TEST_SHARE, 1, MelodyReading.DEFAULT);
    Melodies melodies = Melodies.of(library, options);
    Melodies.Sets sets = melodies.split();
    List<String> findings = new ArrayList<>(melodies.account());
    findings.add(range());
    findings.add(
        "%d tunes give %d sequences of %d tokens, %d of them to train on"
            .formatted(
                melodies.tunes(),
                sets.training().count() + sets.validation().count() + sets.test().count(),
                length,
                sets.training().count()));
    return new Proposal(
        choices(options), findings, sets.training().count(), length, Keyboard.TOKENS);
  }

  /** The longest of some lengths that enough tunes have. */
  private int length() {
    return LENGTHS.stream()
        .filter(length -> longEnough(length) >= SHARE_LONG_ENOUGH * tokens.size())
        .findFirst()
        .orElse(LENGTHS.get(LENGTHS.size() - 1));
  }

  private long longEnough(int length) {
    return tokens.stream().filter(tune -> tune.length >= length).count();
  }

  private List<Choice> choices(MusicOptions options) {
    boolean all = options.windows() == Windows.ALL;
    return List.of(
        new Choice("data", options.data().toString(), "the files that were looked at"),
        new Choice(
            "sequence-length",
            options.sequenceLength(),
            "%d of %d tunes last that long, %s s each token"
                .formatted(
                    longEnough(options.sequenceLength()), tokens.size(), options.reading().step())),
        new Choice(
            "windows",
            options.windows().name().toLowerCase(Locale.ROOT),
            all ? "few tunes, so all of each is used" : "tunes enough to use the start of each"),
        new Choice("validation-share", VALIDATION_SHARE, "a tenth of the tunes"),
        new Choice("test-share", TEST_SHARE, "a tenth of the tunes"));
  }

  private String range() {
    IntSummaryStatistics keys =
        tokens.stream().flatMapToInt(java.util.Arrays::stream).summaryStatistics();
    IntSummaryStatistics lengths =
        tokens.stream().mapToInt(tune -> tune.length).summaryStatistics();
    double step = MelodyReading.DEFAULT.step();
    return keys.getCount() == 0
        ? "no notes on the piano"
        : String.format(
            Locale.ROOT,
            "pitches %s to %s; the tunes last %.0f to %.0f s, %.0f s on average",
            Keyboard.name(keys.getMin()),
            Keyboard.name(keys.getMax()),
            lengths.getMin() * step,
            lengths.getMax() * step,
            lengths.getAverage() * step);
  }
}
