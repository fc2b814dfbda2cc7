package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.tasks.music.abc.AbcBook;
import org.seqgan.tasks.music.abc.AbcEvent;
import org.seqgan.tasks.music.abc.AbcMeter;
import org.seqgan.tasks.music.abc.AbcTune;
import org.seqgan.tasks.music.abc.Fraction;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.Omissions;

/** The built-in tunes are well-formed. */
class SampleTest {
  private static AbcBook book() throws IOException {
    try (InputStream in = Library.class.getResourceAsStream("sample.abc")) {
      return AbcBook.parse("sample.abc", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void itHasThirtyTunesAndLeavesNothingOut() throws IOException {
    AbcBook book = book();
    assertThat(book.tunes()).hasSize(30);
    assertThat(book.unreadable()).isEmpty();
    assertThat(book.omissions().isEmpty()).isTrue();
    assertThat(book.tunes()).extracting(AbcTune::title).doesNotHaveDuplicates();
  }

  @Test
  void everyBarIsFullButForUpbeats() throws IOException {
    for (AbcTune tune : book().tunes()) {
      Bars bars = Bars.of(tune);
      assertThat(bars.tooLong()).as(tune.title()).isZero();
      assertThat(bars.tooShort()).as(tune.title()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void everyTuneLastsLongEnoughForASequenceOnThePiano() throws IOException {
    PitchGrid grid = MelodyReading.DEFAULT.grid();
    for (AbcTune tune : book().tunes()) {
      int[] tokens = grid.tokens(tune.song(120, new Omissions()).solo(Optional.empty()).notes());
      assertThat(tokens).as(tune.title()).hasSizeGreaterThanOrEqualTo(32);
      assertThat(tokens).doesNotContain(Keyboard.REST);
    }
  }

  /** How many bars have the length of their meter. */
  record Bars(int full, int tooShort, int tooLong) {
    static Bars of(AbcTune tune) {
      Bars bars = new Bars(0, 0, 0);
      for (List<AbcEvent> voice : tune.voices().values()) {
        bars = bars.plus(voice);
      }
      return bars;
    }

    private Bars plus(List<AbcEvent> events) {
      Bars bars = this;
      AbcMeter meter = AbcMeter.FREE;
      Fraction sum = Fraction.ZERO;
      for (AbcEvent event : events) {
        if (event instanceof AbcEvent.Meter changed) {
          meter = changed.meter();
        } else if (event instanceof AbcEvent.Sound sound) {
          sum = sum.plus(sound.length());
        } else if (event instanceof AbcEvent.Bar && !sum.equals(Fraction.ZERO)) {
          bars = bars.plus(sum, meter);
          sum = Fraction.ZERO;
        }
      }
      return bars;
    }

    private Bars plus(Fraction bar, AbcMeter meter) {
      double difference = bar.toDouble() - meter.bar().orElse(bar).toDouble();
      return new Bars(
          full + (difference == 0 ? 1 : 0),
          tooShort + (difference < 0 ? 1 : 0),
          tooLong + (difference > 0 ? 1 : 0));
    }

    Bars plus(Bars other) {
      return new Bars(full + other.full, tooShort + other.tooShort, tooLong + other.tooLong);
    }
  }
}
