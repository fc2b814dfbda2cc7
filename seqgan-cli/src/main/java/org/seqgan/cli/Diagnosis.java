package org.seqgan.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.config.BackendCheck;
import org.seqgan.core.registry.BrokenPlugin;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;

/**
 * What this machine offers.
 *
 * @param version of this program
 * @param java version, vendor and virtual machine
 * @param system operating system, version and architecture
 * @param cores that the JVM may use
 * @param memoryBytes of the machine, or of the container
 * @param heapBytes that the JVM may use for its heap
 * @param pluginsFolder where plugin jars are looked for, or empty
 * @param backends all that are installed
 * @param broken plugins that could not be loaded
 */
record Diagnosis(
    String version,
    String java,
    String system,
    int cores,
    long memoryBytes,
    long heapBytes,
    String pluginsFolder,
    List<BackendState> backends,
    List<BrokenPlugin> broken) {

  /**
   * One backend.
   *
   * @param name its name
   * @param available whether it can run here
   * @param reason why not, or empty
   * @param details what it found
   */
  record BackendState(String name, boolean available, String reason, List<String> details) {
    static BackendState of(BackendProvider<?> provider) {
      Availability answer = BackendCheck.availability(provider);
      String reason = answer instanceof Availability.Unavailable no ? no.reason() : "";
      return new BackendState(
          provider.name(),
          answer instanceof Availability.Available,
          reason,
          List.copyOf(answer.details()));
    }
  }

  /** Looks at this machine and asks every backend, which may load native libraries. */
  static Diagnosis of(PluginRegistry registry, Optional<Path> pluginsFolder) {
    return new Diagnosis(
        Version.number(),
        "%s (%s, %s)"
            .formatted(property("java.version"), property("java.vendor"), property("java.vm.name")),
        "%s %s %s".formatted(property("os.name"), property("os.version"), property("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        Runtime.getRuntime().maxMemory(),
        pluginsFolder.map(Path::toString).orElse(""),
        registry.plugins(PluginKind.BACKEND).stream()
            .map(plugin -> BackendState.of(registry.backend(plugin.name())))
            .toList(),
        registry.broken());
  }

  /** Whether an experiment could run here. */
  boolean healthy() {
    return backends.stream().anyMatch(BackendState::available);
  }

  void print(PrintWriter out) {
    new TextTable("seqgan", version)
        .row("java", java)
        .row("system", system)
        .row("cores", Integer.toString(cores))
        .row("memory", "%s, heap up to %s".formatted(size(memoryBytes), size(heapBytes)))
        .row("plugins folder", pluginsFolder.isEmpty() ? "none" : pluginsFolder)
        .print(out);
    backends.forEach(backend -> print(backend, out));
    if (backends.isEmpty()) {
      out.println();
      out.println("no backend is installed: put the jar of one into the plugins folder");
    }
    PluginsCommand.printBroken(broken, out);
  }

  private static void print(BackendState backend, PrintWriter out) {
    out.println();
    out.println(
        "backend %s: %s"
            .formatted(
                backend.name(),
                backend.available() ? "available" : "not available: " + backend.reason()));
    backend.details().forEach(line -> out.println("  " + line));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static long memory() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean details
        ? details.getTotalMemorySize()
        : 0;
  }

  private static String size(long bytes) {
    return bytes == 0 ? "unknown" : new ByteSize(bytes).toString();
  }
}
