package org.seqgan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.BrokenPlugin;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan doctor}: what runs here, and why not. */
@Command(
    name = "doctor",
    description = "Say what runs on this machine, why not, and which libraries are in use.")
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Option(names = "--format", paramLabel = "text|json", description = "lines, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "--class-archive",
      description =
          "make an archive of the program's classes in its folder: later starts with this Java take"
              + " less time")
  private boolean makesArchive;

  DoctorCommand() {}

  /** What was found of one backend. */
  record Finding(String backend, boolean available, String reason, List<String> details) {}

  @Override
  public Integer call() {
    if (makesArchive) {
      spec.commandLine().getOut().println("class archive: " + archive().make());
      return 0;
    }
    PluginRegistry registry = main.registry();
    List<Finding> findings = new ArrayList<>();
    for (RegisteredPlugin plugin : registry.plugins(PluginKind.BACKEND)) {
      findings.add(examine(registry.backend(plugin.name())));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("machine", machine());
      object.put("backends", findings);
      object.put("broken", registry.broken());
      out.println(Json.line(object));
    } else {
      machine().forEach((name, value) -> out.println(name + ": " + value));
      findings.forEach(finding -> print(finding, out));
      for (BrokenPlugin broken : registry.broken()) {
        out.println("broken plugin: " + broken.description() + ": " + broken.reason());
      }
    }
    boolean works = findings.stream().anyMatch(Finding::available);
    return works ? 0 : ExitCode.ENVIRONMENT.code();
  }

  private ClassArchive archive() {
    return main.classArchive()
        .orElseThrow(
            () ->
                Misuse.of(
                    "--class-archive is for the program as it is distributed, started by bin/seqgan"));
  }

  private Map<String, String> machine() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("seqgan", Version.number());
    machine.put("java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("processors", Integer.toString(runtime.availableProcessors()));
    machine.put("heap", "at most " + new ByteSize(runtime.maxMemory()));
    machine.put("plugin folder", main.pluginFolder().map(Object::toString).orElse("none"));
    main.classArchive()
        .ifPresent(
            archive ->
                machine.put(
                    "class archive",
                    archive.isThere() ? "there" : "none; 'doctor --class-archive' makes one"));
    main.archiveNote().ifPresent(note -> machine.put("archive", text(note)));
    return machine;
  }

  private static String text(Path note) {
    try {
      return Files.readString(note).strip();
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s: expected to read what the archive says of itself: %s; unpack it again"
              .formatted(note, e.getMessage()));
    }
  }

  private static <O extends Record> Finding examine(BackendProvider<O> provider) {
    O options = new OptionsBinder().bind(provider.about().optionsType(), Map.of());
    Availability availability = CheckedPlugins.availability(provider, options);
    String reason =
        availability instanceof Availability.Unavailable unavailable ? unavailable.reason() : "";
    return new Finding(provider.about().name(), reason.isEmpty(), reason, availability.details());
  }

  private static void print(Finding finding, PrintWriter out) {
    out.println(
        "backend "
            + finding.backend()
            + ": "
            + (finding.available() ? "runs here" : "does not run here: " + finding.reason()));
    finding.details().forEach(detail -> out.println("  " + detail));
  }
}
