package org.seqgan.tasks.poems;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.OneLine;
import org.seqgan.testkit.ReaderContract;

/** Files of quatrains of strangers. */
public final class PoemsFuzzTest extends ReaderContract {
  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    String data = Files.write(scratch.resolve("poems.txt"), input).toString();
    PoemsOptions options = new PoemsOptions(Path.of(data), PoemLayout.COLUMNS, 0.05, 0.1, 1);
    try (Task task = new PoemsTaskProvider().open(DataContext.offline(1), options)) {
      task.data().provenance().forEach(OneLine::assertIsOne);
      task.show(task.data().training().row(0));
    }
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    try (InputStream in = PoemsTaskProvider.class.getResourceAsStream("sample.txt")) {
      return List.of(in.readNBytes(1200));
    }
  }

  @Override
  protected List<String> words() {
    return List.of("\uff0c", "\u3002", "\n", "#", "\u0301", "\u200d", "\ud840\udc00", "\ufeff");
  }
}
