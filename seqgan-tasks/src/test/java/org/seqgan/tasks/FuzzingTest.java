package org.seqgan.tasks;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.seqgan.tasks.music.abc.AbcFuzzTest;
import org.seqgan.tasks.music.midi.MidiFuzzTest;
import org.seqgan.tasks.oracle.PickleFuzzTest;
import org.seqgan.tasks.poems.PoemsFuzzTest;
import org.seqgan.tasks.speeches.SpeechesFuzzTest;
import org.seqgan.tasks.text.TextFuzzTest;
import org.seqgan.testkit.FuzzingContract;
import org.seqgan.testkit.ReaderContract;

@Tag("slow")
class FuzzingTest extends FuzzingContract {
  @Override
  protected List<ReaderContract> readers() {
    return List.of(
        new PickleFuzzTest(),
        new MidiFuzzTest(),
        new AbcFuzzTest(),
        new TextFuzzTest(),
        new PoemsFuzzTest(),
        new SpeechesFuzzTest());
  }
}
