package org.seqgan.backend.dl4j.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processor, as the operating system tells of it.
 *
 * @param model its name, or what is known instead
 * @param features the vector extensions among its flags that matter here; empty where unknown
 * @param known whether the flags could be read
 */
public record Processor(String model, Set<String> features, boolean known) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> OF_INTEREST =
      Set.of(
          "avx", "avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "amx_tile", "asimd", "sve");

  /** Reads what there is to read; never fails. */
  public static Processor detect() {
    try {
      return parse(Files.readAllLines(CPU_INFO));
    } catch (IOException e) {
      return new Processor(System.getProperty("os.arch", "unknown"), Set.of(), false);
    }
  }

  /** From the lines of {@code /proc/cpuinfo}. */
  public static Processor parse(List<String> lines) {
    String model = value(lines, "model name");
    String flags = value(lines, "flags") + " " + value(lines, "Features");
    Set<String> features = new TreeSet<>(List.of(flags.trim().split("\\s+")));
    boolean known = !flags.isBlank();
    features.retainAll(OF_INTEREST);
    return new Processor(
        model.isEmpty() ? System.getProperty("os.arch", "unknown") : model, features, known);
  }

  /** Whether a flag is certainly missing. */
  public boolean lacks(String feature) {
    return known && !features.contains(feature);
  }

  public String describe() {
    return "processor: "
        + model
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " available; "
        + (known ? "features " + String.join(", ", features) : "features unknown");
  }

  private static String value(List<String> lines, String key) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).trim().equals(key)) {
        return line.substring(colon + 1).trim();
      }
    }
    return "";
  }
}
