package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.testkit.OneLine;

@DisplayName("A disk that is full (a tmpfs of a megabyte): one line, exit code 4, nothing lost")
@Timeout(1200)
@Tag("slow")
class DiskFullTest {
  private static final int ENVIRONMENT = 4;
  private static final int PAGE = 4096;
  private static final Pattern UNWRITTEN =
      Pattern.compile("(?:cannot write )?\\S*/disk/(\\S+?)(?: cannot be written)?: ");

  @TempDir private Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    Path place = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        SmallDisk.canBeMounted(place),
        "no tmpfs can be mounted here, which takes Linux and its right; FileLimitTest stands in");
    disk = SmallDisk.mount(place);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void trainingGoesOnOnceThereIsRoomWhateverCouldNotBeWritten() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(Program.run(train(whole)).exitCode()).isZero();
    Set<String> unwritten = new TreeSet<>();
    for (int free = 0; free <= 40 * PAGE; free += PAGE) {
      Path run = disk.folder().resolve("run" + free);
      disk.fill(free);
      Program.Result result = Program.run(train(run));
      if (result.exitCode() != 0) {
        unwritten.add(unwritten(result).replaceAll("run\\d+/", ""));
      }
      disk.free();
      boolean begun = Files.exists(run.resolve("config.conf"));
      Program.Result again =
          Program.run(begun ? TinyRun.resume(run).toArray(String[]::new) : train(run));
      assertThat(again.exitCode())
          .as("%d bytes free: %s, then: %s", free, result.err(), again.err())
          .isZero();
      TinyRun.assertSame(run, whole);
      org.seqgan.core.run.DurableFiles.delete(run);
    }
    assertThat(unwritten)
        .as("what could not be written")
        .contains("status.json", "config.conf", "report.html")
        .anyMatch(file -> file.startsWith("checkpoints/"))
        .anyMatch(file -> file.startsWith("samples/"));
  }

  private static String[] train(Path run) {
    return TinyRun.train(run, 2, 2, 2).toArray(String[]::new);
  }

  /** The file, below the disk, that the one line says could not be written. */
  private static String unwritten(Program.Result result) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ENVIRONMENT);
    assertThat(result.err().lines()).hasSize(1);
    String line = result.err().strip();
    OneLine.assertIsOne(line);
    assertThat(line).startsWith("seqgan: ").contains("No space left on device");
    Matcher file = UNWRITTEN.matcher(line);
    assertThat(file.find()).as(line).isTrue();
    return file.group(1);
  }

  @Test
  void aRunOnADiskThatFillsUpMeanwhileGoesOnOnceThereIsRoom()
      throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    assertThat(Program.run(longer(whole)).exitCode()).isZero();
    Path run = disk.folder().resolve("run");
    try (ProgramProcess program =
        ProgramProcess.startSilent(folder.resolve("errors.txt"), List.of(longer(run)))) {
      while (program.isAlive() && !Files.exists(run.resolve("metrics.jsonl"))) {
        Thread.sleep(5);
      }
      while (program.isAlive()) {
        disk.fill(); // what the run deletes, others take
        Thread.sleep(5);
      }
      assertThat(program.awaitEnd()).as(program.errors()).isEqualTo(ENVIRONMENT);
      assertThat(program.errors().lines()).hasSize(1);
    }
    disk.free();
    Program.Result again = Program.run(TinyRun.resume(run).toArray(String[]::new));
    assertThat(again.exitCode()).as(again.err()).isZero();
    TinyRun.assertSame(run, whole);
  }

  private static String[] longer(Path run) {
    return TinyRun.train(run, 60, 20, 20).toArray(String[]::new);
  }

  @Test
  void aMatrixGoesOnOnceThereIsRoom() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.conf"), TinyRun.MATRIX);
    Path whole = folder.resolve("matrix");
    assertThat(matrix(file, whole).exitCode()).isZero();
    Path directory = disk.folder().resolve("matrix");
    for (int free : List.of(0, 2 * PAGE, 8 * PAGE, 30 * PAGE)) {
      disk.fill(free);
      Program.Result result =
          Files.exists(directory.resolve("plan.json"))
              ? matrix(file, directory, "--resume")
              : matrix(file, directory);
      assertThat(result.exitCode()).as("%d: %s", free, result.err()).isIn(0, ENVIRONMENT, 6);
      assertThat(result.err()).contains("No space left on device").doesNotContain("\tat ");
      disk.free();
    }
    assertThat(matrix(file, directory, "--resume").exitCode()).isZero();
    assertThat(TinyRun.results(directory)).isEqualTo(TinyRun.results(whole));
  }

  private static Program.Result matrix(Path file, Path directory, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("matrix", file.toString(), "-q", "--out", directory.toString(), "-j", "2"));
    words.addAll(List.of(options));
    return Program.run(words.toArray(String[]::new));
  }

  @Test
  void aCorpusIsFetchedOnceThereIsRoom() throws IOException, InterruptedException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.naming(NumbersTaskProvider.class, TaskProvider.class, plugins.resolve("numbers.jar"));
    Path mirror = Files.createDirectory(folder.resolve("mirror"));
    Files.write(mirror.resolve("one.txt"), NumbersTaskProvider.ONE);
    Files.write(mirror.resolve("two.txt"), NumbersTaskProvider.TWO);
    List<String> words = new ArrayList<>(List.of("data", "fetch", "numbers", "-q"));
    words.addAll(List.of("--from", mirror.toString(), "--plugins", plugins.toString()));
    Map<String, String> environment = Map.of("SEQGAN_CACHE", disk.folder().toString());
    Path errors = folder.resolve("errors.txt");
    disk.fill(0);
    try (ProgramProcess program =
        ProgramProcess.startSilent(errors, environment, List.of(), words)) {
      assertThat(program.awaitEnd()).as(program.errors()).isEqualTo(ENVIRONMENT);
      assertThat(program.errors().lines()).hasSize(3).allMatch(line -> line.startsWith("seqgan: "));
      assertThat(program.errors()).contains("one.txt.part: No space left on device");
    }
    disk.free();
    try (ProgramProcess program =
        ProgramProcess.startSilent(errors, environment, List.of(), words)) {
      assertThat(program.awaitEnd()).as(program.errors()).isZero();
    }
    assertThat(disk.folder().resolve("corpora/numbers/abc123/two.txt"))
        .hasBinaryContent(NumbersTaskProvider.TWO);
  }

  @Test
  void samplesAreWrittenOnceThereIsRoomAndNoneIsHalf() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Program.run(train(run)).exitCode()).isZero();
    Path out = disk.folder().resolve("samples");
    String[] words = {"sample", run.toString(), "-n", "9", "--out", out.toString()};
    disk.fill(3 * PAGE);
    assertThat(unwritten(Program.run(words))).isEqualTo("samples/0004.txt");
    assertThat(out).isDirectoryNotContaining("glob:**0004*");
    disk.free();
    List<String> forced = new ArrayList<>(List.of(words));
    forced.add("--force");
    Program.Result again = Program.run(forced.toArray(String[]::new));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(out.toFile().list()).hasSize(9);
  }
}
