package org.seqgan.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * The process {@code seqgan worker} of an executor, in a directory of this machine: it takes the
 * cells that tasks ask for. It ends with this process, however that ends, because its input does.
 * Thread-safe.
 */
final class CellWorker {
  /** A cell that is given up is stopped within a sixth of this. */
  private static final String LEASE_SECONDS = "30";

  private static final String FREE = ".free";
  private static @Nullable CellWorker current;

  private final String application;
  private final Path root;
  private final Process process;
  private final Map<String, String> ended = new HashMap<>();

  private CellWorker(String application, Path root, Process process) {
    this.application = application;
    this.root = root;
    this.process = process;
  }

  /** That of this executor; it is started where there is none, or none any more. */
  static synchronized CellWorker of(Setup setup) throws IOException {
    CellWorker found = current;
    if (found == null
        || !found.process.isAlive()
        || !found.application.equals(setup.application())) {
      found = start(setup);
      current = found;
    }
    return found;
  }

  private static CellWorker start(Setup setup) throws IOException {
    Path root =
        Path.of(SparkFiles.getRootDirectory())
            .toAbsolutePath()
            .resolve("seqgan-" + setup.application());
    Files.createDirectories(root);
    for (Map.Entry<String, String> file : setup.files().entrySet()) {
      Path unfinished = root.resolve(file.getKey() + ".tmp");
      Files.writeString(unfinished, file.getValue());
      Files.move(unfinished, root.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> words = new ArrayList<>(List.of("worker", root.toString(), "--asked"));
    words.addAll(List.of("--lease", LEASE_SECONDS));
    words.addAll(setup.share().words());
    words.addAll(setup.words());
    Process process =
        setup
            .program()
            .command(words)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors(root).toFile()))
            .start();
    CellWorker worker = new CellWorker(setup.application(), root, process);
    Thread reader = new Thread(worker::read, "seqgan worker");
    reader.setDaemon(true);
    reader.start();
    return worker;
  }

  private static Path errors(Path root) {
    return root.resolve("worker.txt");
  }

  /** What it says: of each cell that has ended, its id and how. */
  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int blank = line.lastIndexOf(' ');
        synchronized (ended) {
          ended.put(line.substring(0, blank), line.substring(blank + 1));
          ended.notifyAll();
        }
      }
    } catch (IOException e) {
      // It is gone, as whoever waits for it will see.
      return;
    }
  }

  /** Has it run a cell, or go on with it, or say how it ended. */
  void ask(String id) throws IOException {
    synchronized (ended) {
      ended.remove(id);
    }
    synchronized (process) {
      process.getOutputStream().write((id + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }
  }

  /**
   * Waits for the end of a cell that was asked for.
   *
   * @return {@code done} or {@code failed}; empty where it has not ended in that time
   * @throws IOException where the process is gone, for a reason of this machine
   */
  Optional<String> await(String id, long milliseconds) throws IOException, InterruptedException {
    boolean alive = process.isAlive(); // asked first: what it said before its end is read
    synchronized (ended) {
      if (!ended.containsKey(id)) {
        ended.wait(milliseconds);
      }
      if (!ended.containsKey(id) && !alive) {
        throw new IOException(
            "cell %s cannot be run here: %s"
                .formatted(id, Program.lastWords(Files.readString(errors(root), UTF_8))));
      }
      return Optional.ofNullable(ended.get(id));
    }
  }

  /** The folder of a cell that has ended. */
  Path ended(String id) {
    return root.resolve("cells").resolve(id);
  }

  /** The folder that a cell is run in; empty where it has not begun here. */
  Optional<Path> underWay(String id) throws IOException {
    Path latest = null;
    int most = 0;
    for (Path entry : MatrixStore.names(work())) {
      String name = entry.getFileName().toString();
      if (name.startsWith(id + ".") && name.substring(id.length() + 1).matches("[1-9]\\d{0,8}")) {
        int number = Integer.parseInt(name.substring(id.length() + 1));
        if (number > most) {
          most = number;
          latest = entry;
        }
      }
    }
    return Optional.ofNullable(latest);
  }

  private Path work() {
    return root.resolve("work");
  }

  /** Where an attempt of another machine is put, for the next to go on with. */
  Path firstAttempt(String id) throws IOException {
    Path first = work().resolve(id + ".1");
    Files.createDirectories(Path.of(first + FREE)); // it is over
    return first;
  }

  /** Gives up a cell that was asked for: others go on with it. */
  void giveUp(String id) throws IOException {
    Optional<Path> folder = underWay(id);
    if (folder.isPresent()) {
      Files.createDirectories(Path.of(folder.get() + FREE));
    }
  }
}
