package org.seqgan.core.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.config.RecordedConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.run.LatestFigures;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.RunTags;
import org.seqgan.core.workbench.RunSummary.OfMatrix;
import org.seqgan.core.workbench.RunSummary.Progress;

/** Reads a run directory into a line of a list. Whatever is in the directory, it gives a line. */
final class RunReader {
  private static final List<String> PARTS =
      List.of("task", "generator", "discriminator", "reward", "training");

  private RunReader() {}

  static RunSummary read(String id, Path root, RunLayout layout, Optional<OfMatrix> cell) {
    try {
      return whole(id, root, layout, cell);
    } catch (RuntimeException | StackOverflowError e) {
      return new RunSummary(
          id,
          root,
          layout.root(),
          RunState.BROKEN,
          Optional.of(Failure.of(e).message()),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          0,
          List.of(),
          cell,
          false,
          OptionalLong.empty(),
          Map.of());
    }
  }

  private static RunSummary whole(String id, Path root, RunLayout layout, Optional<OfMatrix> cell) {
    RunLayout.existing(layout.root());
    ReadableFile.require(layout.status());
    ReadableFile.requireRegular(layout.metrics());
    RunStatus status = RunStatus.read(layout.status());
    RecordedConfig config = RecordedConfig.read(layout.config());
    Map<String, String> parts = new LinkedHashMap<>();
    for (String section : PARTS) {
      config.value(section + ".name").ifPresent(name -> parts.put(section, name));
    }
    Map<String, Double> metrics =
        LatestFigures.read(layout.metrics(), status.description().metrics());
    RunTags tags = RunTags.NONE;
    Optional<String> message = status.message();
    try {
      ReadableFile.require(layout.tags());
      tags = RunTags.read(layout);
    } catch (UserException e) {
      message = message.or(() -> Optional.of(String.valueOf(e.getMessage())));
    }
    return new RunSummary(
        id,
        root,
        layout.root(),
        RunState.valueOf(status.state().name()),
        message.map(Failure::oneLine),
        Optional.of(progress(status)),
        parts,
        config.value("seed"),
        status.warnings().size(),
        tags.tags(),
        cell,
        Files.isRegularFile(layout.report()),
        OptionalLong.of(bytes(layout.root())),
        metrics);
  }

  private static Progress progress(RunStatus status) {
    Phase phase = status.position().phase();
    double all = 0;
    double done = 0;
    for (Map.Entry<Phase, Integer> each : status.plan().entrySet()) {
      int order = each.getKey().compareTo(phase);
      all += each.getValue();
      done +=
          order < 0
              ? each.getValue()
              : order == 0
                  ? Math.min(each.getValue(), status.position().step() + status.fraction())
                  : 0;
    }
    double fraction =
        status.state() == RunStatus.State.FINISHED ? 1 : all == 0 ? 0 : Math.min(1, done / all);
    return new Progress(
        status.position(),
        status.plan().getOrDefault(phase, 0),
        fraction,
        status.started(),
        status.updated());
  }

  /** What is replaced or deleted while this looks counts no more, and what comes counts not yet. */
  private static long bytes(Path folder) {
    LongAdder bytes = new LongAdder();
    FileVisitor<Path> counting =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
            bytes.add(found.isRegularFile() ? found.size() : 0);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return unlessGone(failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
          }
        };
    try {
      Files.walkFileTree(folder, counting);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.sum();
  }

  private static FileVisitResult unlessGone(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
