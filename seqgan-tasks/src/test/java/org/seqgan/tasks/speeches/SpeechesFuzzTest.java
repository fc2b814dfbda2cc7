package org.seqgan.tasks.speeches;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.LetterCase;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.OneLine;
import org.seqgan.testkit.ReaderContract;

/** Transcripts of strangers. */
public final class SpeechesFuzzTest extends ReaderContract {
  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    String data = Files.write(scratch.resolve("speech.txt"), input).toString();
    SpeechesOptions options =
        new SpeechesOptions(
            Path.of(data), SpeechUnit.SENTENCES, 8, LetterCase.LOWER, 1, 0.05, 0.1, 1);
    try (Task task = new SpeechesTaskProvider().open(DataContext.offline(1), options)) {
      task.data().provenance().forEach(OneLine::assertIsOne);
      task.show(task.data().training().row(0));
    }
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    String directed =
        "President: A. Person\n# a comment\nTHE PRESIDENT: Thank you. [applause] -- We are here. (Laughter.)\n"
            + "AUDIENCE: Four more years!\nQ Sir? Mr. Smith said so.\nSoldier[s] of J. F. Kennedy. It was. I say so.\n";
    try (InputStream in = SpeechesTaskProvider.class.getResourceAsStream("sample.txt")) {
      return List.of(
          in.readNBytes(1200), directed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("[applause] (Laughter.) [sic] THE PRESIDENT: AUDIENCE: Q President: -- [ ] ( ) Mr. J. ... ? ! # \\")
            .split(" "));
  }
}
