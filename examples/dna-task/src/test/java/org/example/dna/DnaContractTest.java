package org.example.dna;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

@DisplayName("The task \"dna\" is what seqgan expects of a task")
class DnaContractTest {
  private static final Optional<Path> SAMPLE = Optional.empty();

  @Nested
  class OfWindows extends TaskContract {
    @Override
    protected Task open(long seed) {
      return new DnaTaskProvider()
          .open(
              DataContext.offline(seed),
              new DnaOptions(SAMPLE, DnaOptions.Pieces.WINDOWS, 20, 0.1, 0.1));
    }

    @Override
    protected Optional<TaskProvider<?>> provider() {
      return Optional.of(new DnaTaskProvider());
    }
  }

  @Nested
  class OfRecords extends TaskContract {
    @Override
    protected Task open(long seed) {
      return new DnaTaskProvider()
          .open(
              DataContext.offline(seed),
              new DnaOptions(SAMPLE, DnaOptions.Pieces.RECORDS, 140, 0.2, 0.2));
    }

    @Override
    protected Optional<TaskProvider<?>> provider() {
      return Optional.of(new DnaTaskProvider());
    }
  }
}
