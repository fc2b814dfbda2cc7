package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginRegistry;

/**
 * A matrix of one method, asked for in the words of a command line: a configuration, and options
 * with several values each, {@code training.batch-size=32,64}. What it amounts to is a matrix file.
 * Immutable.
 *
 * @param text the matrix file
 */
public record Sweep(String text) {
  private static final String DOCUMENT = "the sweep";
  private static final String SEED = "seed";
  private static final String PRESET = "preset";
  private static final String MATRIX_KEY = "methods";
  private static final String ORACLE = "oracle";
  private static final String NLL_ORACLE = "nll-oracle";

  /** An option and its values, each as HOCON; or a range of them. */
  private record Axis(String key, List<String> values, boolean isRange) {
    private String hocon() {
      return isRange ? values.get(0) : "[" + String.join(", ", values) + "]";
    }

    /** Enough to see whether the rest of the configuration is right. */
    private Optional<String> example() {
      return isRange || key.equals(SEED)
          ? Optional.empty()
          : Optional.of(key + "=" + values.get(0));
    }
  }

  /**
   * Makes the matrix file.
   *
   * @param registry the plugins that the configuration may name
   * @param source a preset's name, or a configuration file
   * @param overrides {@code group.key=value} each, for every cell
   * @param axes {@code group.key=VALUE,VALUE} each, in the order in which they are to vary; {@code
   *     seed} gives the seeds. A value with a comma of its own is a list, an object or quoted, as
   *     in HOCON; one {@code {from = 1, to = 5}} is a range
   * @param metrics what is compared, the one that ranks first; where there is none, the first score
   *     of the configuration
   * @throws UserException naming the word, or the key, that is wrong
   */
  public static Sweep of(
      PluginRegistry registry,
      String source,
      List<String> overrides,
      List<String> axes,
      List<String> metrics) {
    Map<String, Axis> byKey = new LinkedHashMap<>();
    for (String word : axes) {
      Axis axis = axis(word);
      if (byKey.put(axis.key, axis) != null) {
        throw Hocon.error(
            "%s: expected each option once, found '%s' twice; list all its values in one -m"
                .formatted(place(word), axis.key));
      }
    }
    List<Setting> base = MatrixReader.settings(Layer.ofOverrides(overrides));
    for (Setting setting : base) {
      if (byKey.containsKey(setting.key())) {
        throw Hocon.error(
            "%s: -m varies '%s', which is given one value here; take one of them out"
                .formatted(setting.place(), setting.key()));
      }
    }
    List<String> examples = new ArrayList<>(overrides);
    byKey.values().forEach(axis -> axis.example().ifPresent(examples::add));
    ResolvedConfig config = ExperimentConfig.loadToShow(registry, source, examples);
    return new Sweep(text(source, config, base, byKey, metrics));
  }

  /** The file, read. */
  public MatrixFile file() {
    return new MatrixReader(Layer.ofText(DOCUMENT, text).root(), DOCUMENT, List.of()).read();
  }

  private static String text(
      String source,
      ResolvedConfig config,
      List<Setting> overrides,
      Map<String, Axis> axes,
      List<String> metrics) {
    ConfigObject given =
        Presets.text(source).isPresent()
            ? Hocon.textValue(source).atKey(PRESET).root()
            : file(source);
    List<Setting> settings =
        new ArrayList<>(MatrixReader.settings(new Layer(given.withoutKey(PRESET), true)));
    settings.removeIf(setting -> setting.key().equals(SEED)); // which stands below
    settings.addAll(overrides);
    String method = config.trainer().provider().about().name();
    StringBuilder text = new StringBuilder();
    line(text, "name", Hocon.text(name(source, axes)));
    ConfigValue preset = given.get(PRESET);
    if (preset != null) {
      line(text, PRESET, MatrixReader.hocon(preset));
    }
    text.append("configuration {\n");
    settings.forEach(
        setting -> {
          if (!setting.key().equals(SEED)) {
            line(text, "  " + setting.key(), setting.value());
          }
        });
    text.append("}\n");
    line(text, "baseline", Hocon.text(method));
    List<String> compared = metrics.isEmpty() ? List.of(metric(config)) : metrics;
    line(
        text,
        "metrics",
        compared.stream().map(Hocon::text).collect(Collectors.joining(", ", "[", "]")));
    text.append("methods { ").append(Hocon.text(method)).append(" {} }\n");
    text.append("axes {\n");
    axes.values().stream()
        .filter(axis -> !axis.key.equals(SEED))
        .forEach(axis -> line(text, "  " + axis.key, axis.hocon()));
    text.append("}\n");
    Axis seeds = axes.get(SEED);
    line(text, "seeds", seeds == null ? "[" + config.seed() + "]" : seeds.hocon());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  private static ConfigObject file(String source) {
    Layer layer = Layer.ofFile(Path.of(source));
    if (layer.root().containsKey(MATRIX_KEY)) {
      throw Hocon.error(
          "%s: expected a preset or a configuration beside -m, found a matrix; add its axes to the file"
              .formatted(source));
    }
    return layer.root();
  }

  /** Of the source and of what varies, for the folder. */
  private static String name(String source, Map<String, Axis> axes) {
    String file = String.valueOf(Path.of(source).getFileName());
    String varied =
        axes.keySet().stream()
            .map(key -> key.replaceFirst("\\." + Layer.NAME + "$", ""))
            .map(key -> key.substring(key.lastIndexOf('.') + 1))
            .collect(Collectors.joining("-"));
    String name = file.replaceFirst("\\.conf$", "") + "-by-" + varied;
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9._-]+", "-")
        .replaceFirst("^[._-]+", "");
  }

  private static String metric(ResolvedConfig config) {
    List<String> named = config.evaluation().namedMetrics();
    if (!named.isEmpty() && named.get(0).equals(config.evaluation().metrics().get(0))) {
      return config.metrics().scores(named.subList(0, 1)).get(0);
    }
    if (ORACLE.equals(config.task().provider().about().name())) {
      return NLL_ORACLE;
    }
    throw Hocon.error(
        "expected --metric beside -m: task '%s' says itself what is measured; name what is to be compared"
            .formatted(config.task().provider().about().name()));
  }

  // ---- the words ----

  private static String place(String word) {
    return Place.commandLine("-m " + word);
  }

  private static Axis axis(String word) {
    String place = place(word);
    int equals = word.indexOf('=');
    if (equals <= 0) {
      throw Hocon.error(
          "%s: expected key=value,value, such as training.batch-size=32,64".formatted(place));
    }
    String key = MatrixReader.inFull(word.substring(0, equals).strip());
    List<String> values = new ArrayList<>();
    for (String part : parts(word.substring(equals + 1), place)) {
      if (part.isEmpty()) {
        throw Hocon.error(
            "%s: %s: expected values between commas, found nothing; put a text in quotes: \"\""
                .formatted(place, key));
      }
      values.add(MatrixReader.hocon(Layer.overrideValue(part, place)));
    }
    boolean range = values.size() == 1 && values.get(0).startsWith("{");
    return new Axis(key, List.copyOf(values), range);
  }

  /** What stands between the commas that are in no bracket, brace or quotation. */
  private static List<String> parts(String text, String place) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (quoted || depth != 0) {
      throw Hocon.error(
          "%s: expected every quotation mark and bracket closed; a shell takes quotation marks away that are not quoted themselves: -m 'key=\"a,b\",c'"
              .formatted(place));
    }
    parts.add(text.substring(from).strip());
    return parts;
  }
}
