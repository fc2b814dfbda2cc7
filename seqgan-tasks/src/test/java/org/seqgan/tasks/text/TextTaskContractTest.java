package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

class TextTaskContractTest extends TaskContract {
  @TempDir private Path folder;

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new TextTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    Path file = Texts.write(folder.resolve("lines.txt"), Texts.lines(300, 7));
    return new TextTaskProvider().open(DataContext.offline(seed), Texts.options(file));
  }
}
