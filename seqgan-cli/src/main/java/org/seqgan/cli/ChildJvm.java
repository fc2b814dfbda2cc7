package org.seqgan.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.core.matrix.ProcessRunner;
import org.seqgan.core.matrix.Resources;

/**
 * Starts this program again, in a virtual machine like this one: for cells, or to go on with a run.
 *
 * @param resources what each cell may use
 * @param devices the accelerators that they run on, in turn; empty where nobody chose
 * @param plugins the folder of plugins, where there is one
 * @param listeners who hears of each cell, in the words of {@code --listen}
 */
record ChildJvm(
    Resources resources, List<Integer> devices, Optional<Path> plugins, List<String> listeners)
    implements ProcessRunner.WorkerCommand {
  /** Options of this process that are not for a cell: its share of the machine is another. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-Xmx",
          "-Xms",
          "-XX:MaxHeapSize",
          "-XX:InitialHeapSize",
          "-XX:MaxRAM",
          "-XX:ActiveProcessorCount",
          "-XX:TieredStopAtLevel",
          "-Dseqgan.terminal",
          "-agentlib:",
          "-javaagent:");

  /** The words of a process that goes on with a run. */
  static List<String> resuming(Path run, Optional<Path> plugins) {
    List<String> words = program(List.of());
    words.addAll(List.of("train", "--resume", "-q", "--run", run.toString()));
    plugins.ifPresent(path -> words.addAll(List.of("--plugins", path.toString())));
    return words;
  }

  @Override
  public List<String> words(int place) {
    List<String> words =
        program(
            List.of(
                "-Xmx" + resources.heapMegabytes() + "m",
                "-XX:ActiveProcessorCount=" + resources.threads(),
                "-XX:+DisplayVMOutputToStderr")); // where the reason of a crash is read
    words.add("cell");
    words.addAll(List.of("--threads", Integer.toString(resources.threads())));
    words.addAll(List.of("--memory", Long.toString(resources.memory().bytes())));
    if (!devices.isEmpty()) {
      words.addAll(List.of("--device", Integer.toString(devices.get(place % devices.size()))));
    }
    plugins.ifPresent(path -> words.addAll(List.of("--plugins", path.toString())));
    listeners.forEach(listener -> words.addAll(List.of("--listen", listener)));
    return words;
  }

  /**
   * The beginning of a command line that starts this program again, in whatever folder.
   *
   * @param options of its virtual machine, beside those of this one that are not about its size
   */
  static List<String> program(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
        .forEach(words::add);
    words.addAll(options);
    words.add("-cp");
    words.add(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    words.add(Main.class.getName());
    return words;
  }
}
