package org.seqgan.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.Spelling;

/** Reads the HOCON of a matrix, strictly. */
final class MatrixReader {
  private static final String NAME = "name";
  private static final String PRESET = "preset";
  private static final String CONFIGURATION = "configuration";
  private static final String BASELINE = "baseline";
  private static final String METRIC = "metric";
  private static final String METRICS = "metrics";
  private static final String BETTER = "better";
  private static final String PUBLISHED = "published";
  private static final String CONTROLS = "controls";
  private static final String METHODS = "methods";
  private static final String AXES = "axes";
  private static final String SEEDS = "seeds";
  private static final String INCLUDE = "include";
  private static final String EXCLUDE = "exclude";
  private static final List<String> KEYS =
      List.of(
          NAME,
          PRESET,
          CONFIGURATION,
          BASELINE,
          METRIC,
          METRICS,
          BETTER,
          PUBLISHED,
          CONTROLS,
          METHODS,
          AXES,
          SEEDS,
          INCLUDE,
          EXCLUDE);
  private static final String METHOD = "method";
  private static final String SEED = "seed";
  private static final Set<String> RANGE_KEYS = Set.of("from", "to", "step");
  private static final int LONGEST_RANGE = 10_000;
  private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  private final ConfigObject root;
  private final String document;
  private final List<String> overrides;

  MatrixReader(ConfigObject root, String document, List<String> overrides) {
    this.root = root;
    this.document = document;
    this.overrides = overrides;
  }

  MatrixFile read() {
    RecordBinder.checkKeys(root, KEYS, "");
    Map<String, List<Setting>> methods = methods();
    List<Setting> base = new ArrayList<>(settings(CONFIGURATION, root.get(CONFIGURATION)));
    overrides.forEach(override -> base.addAll(settings(Layer.ofOverrides(List.of(override)))));
    base.forEach(MatrixReader::rejectSeed);
    List<String> metrics = metrics();
    return new MatrixFile(
        fileName(NAME, required(NAME, "the name of the matrix")),
        preset(),
        List.copyOf(base),
        baseline(methods.keySet()),
        metrics.get(0),
        better(),
        metrics.subList(1, metrics.size()),
        published(methods.keySet()),
        controls(methods.keySet()),
        methods,
        axes(),
        seeds(required(SEEDS, "a list or a range of seeds")),
        entries(INCLUDE, methods.keySet()),
        entries(EXCLUDE, methods.keySet()));
  }

  private Optional<String> preset() {
    return Optional.ofNullable(root.get(PRESET))
        .map(value -> known(PRESET, value, Presets.descriptions().keySet()));
  }

  private String baseline(Set<String> methods) {
    return known(BASELINE, required(BASELINE, "the method to compare with"), methods);
  }

  /** The one that ranks first. */
  private List<String> metrics() {
    ConfigValue several = root.get(METRICS);
    if (several == null) {
      return List.of(
          text(METRIC, required(METRIC, "the metric that is compared, such as nll-oracle")));
    }
    if (root.containsKey(METRIC)) {
      throw wrong(METRICS, "either metric or metrics", several);
    }
    if (!(several instanceof ConfigList list) || list.isEmpty()) {
      throw wrong(METRICS, "a list of metrics, the one that ranks first", several);
    }
    Set<String> metrics = new LinkedHashSet<>();
    for (ConfigValue item : list) {
      if (!metrics.add(text(METRICS, item))) {
        throw wrong(METRICS, "each metric once", item);
      }
    }
    return List.copyOf(metrics);
  }

  private Better better() {
    ConfigValue value = root.get(BETTER);
    return value == null
        ? Better.NEITHER
        : Better.valueOf(known(BETTER, value, List.of("lower", "higher")).toUpperCase(Locale.ROOT));
  }

  private Map<String, Double> published(Set<String> methods) {
    Map<String, Double> published = new LinkedHashMap<>();
    ConfigValue group = root.get(PUBLISHED);
    if (group == null) {
      return published;
    }
    RecordBinder.checkKeys(object(PUBLISHED, group), methods, PUBLISHED);
    for (Map.Entry<String, ConfigValue> entry : inOrder(object(PUBLISHED, group))) {
      published.put(
          entry.getKey(), number(Words.path(PUBLISHED, entry.getKey()), entry.getValue()));
    }
    return published;
  }

  private Map<String, List<String>> controls(Set<String> methods) {
    Map<String, List<String>> controls = new LinkedHashMap<>();
    ConfigValue group = root.get(CONTROLS);
    if (group == null) {
      return controls;
    }
    RecordBinder.checkKeys(object(CONTROLS, group), methods, CONTROLS);
    for (Map.Entry<String, ConfigValue> entry : inOrder(object(CONTROLS, group))) {
      String path = Words.path(CONTROLS, entry.getKey());
      if (!(entry.getValue() instanceof ConfigList list) || list.isEmpty()) {
        throw wrong(path, "a list of the methods that are its controls", entry.getValue());
      }
      Set<String> names = new LinkedHashSet<>();
      for (ConfigValue item : list) {
        String name = known(path, item, methods);
        if (name.equals(entry.getKey()) || !names.add(name)) {
          throw wrong(path, "other methods, each once", item);
        }
      }
      controls.put(entry.getKey(), List.copyOf(names));
    }
    return controls;
  }

  private Map<String, List<Setting>> methods() {
    ConfigObject group =
        object(METHODS, required(METHODS, "a group of methods { NAME { SETTINGS } }"));
    Map<String, List<Setting>> methods = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : inOrder(group)) {
      String path = Words.path(METHODS, entry.getKey());
      checkFileName(path, entry.getKey(), entry.getValue());
      List<Setting> settings = settings(path, entry.getValue());
      settings.forEach(MatrixReader::rejectSeed);
      methods.put(entry.getKey(), settings);
    }
    if (methods.isEmpty()) {
      throw wrong(METHODS, "at least one method", root.get(METHODS));
    }
    return methods;
  }

  private Map<String, List<Setting>> axes() {
    Map<String, List<Setting>> axes = new LinkedHashMap<>();
    ConfigValue group = root.get(AXES);
    if (group != null) {
      axes("", object(AXES, group), axes);
    }
    return axes;
  }

  private static void axes(String prefix, ConfigObject group, Map<String, List<Setting>> axes) {
    for (Map.Entry<String, ConfigValue> entry : inOrder(group)) {
      String key = Words.path(prefix, entry.getKey());
      if (entry.getValue() instanceof ConfigObject object && !isRange(object)) {
        axes(key, object, axes);
      } else {
        List<Setting> values = new ArrayList<>();
        for (String value : values(AXES + "." + key, entry.getValue())) {
          values.add(new Setting(inFull(key), value, Place.of(entry.getValue()).text()));
        }
        values.forEach(MatrixReader::rejectSeed);
        axes.put(inFull(key), List.copyOf(values));
      }
    }
  }

  private List<MatrixFile.Entry> entries(String key, Set<String> methods) {
    ConfigValue value = root.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof ConfigList list)) {
      throw wrong(key, "a list of groups [ { ... } ]", value);
    }
    List<MatrixFile.Entry> entries = new ArrayList<>();
    for (ConfigValue item : list) {
      entries.add(entry("%s[%d]".formatted(key, entries.size()), item, methods));
    }
    return List.copyOf(entries);
  }

  private static MatrixFile.Entry entry(String path, ConfigValue item, Set<String> methods) {
    ConfigObject group = object(path, item);
    ConfigValue method = group.get(METHOD);
    Optional<String> name =
        method == null
            ? Optional.empty()
            : Optional.of(known(Words.path(path, METHOD), method, methods));
    ConfigValue some = group.get(SEEDS);
    ConfigValue one = group.get(SEED);
    if (some != null && one != null) {
      throw wrong(Words.path(path, SEED), "either seed or seeds", one);
    }
    List<Long> seeds =
        some != null
            ? seeds(Words.path(path, SEEDS), some)
            : one != null ? List.of(seed(Words.path(path, SEED), one)) : List.of();
    List<Setting> settings =
        settings(path, group.withoutKey(METHOD).withoutKey(SEEDS).withoutKey(SEED));
    return new MatrixFile.Entry(Place.of(item).text(), name, settings, seeds);
  }

  private static List<Long> seeds(ConfigValue value) {
    return seeds(SEEDS, value);
  }

  private static List<Long> seeds(String path, ConfigValue value) {
    Set<Long> seeds = new LinkedHashSet<>();
    if (value instanceof ConfigList list) {
      for (ConfigValue item : list) {
        if (!seeds.add(seed(path, item))) {
          throw wrong(path, "each seed once", item);
        }
      }
    } else {
      for (String seed : values(path, value)) {
        if (!seed.matches("-?\\d{1,18}")) {
          throw wrong(path, "a range of whole numbers", value);
        }
        seeds.add(Long.parseLong(seed));
      }
    }
    if (seeds.isEmpty()) {
      throw wrong(path, "at least one seed", value);
    }
    return List.copyOf(seeds);
  }

  private static long seed(String path, ConfigValue value) {
    Object found = value.unwrapped();
    if (found instanceof Integer || found instanceof Long) {
      return ((Number) found).longValue();
    }
    throw wrong(path, "a whole number " + ANY.words(Long.MAX_VALUE), value);
  }

  // ---- values of an axis ----

  private static boolean isRange(ConfigObject object) {
    return object.containsKey("from") || object.containsKey("to");
  }

  /** The values of a list or of a range, as HOCON. */
  private static List<String> values(String path, ConfigValue value) {
    List<String> values = new ArrayList<>();
    if (value instanceof ConfigList list) {
      list.forEach(item -> values.add(hocon(item)));
    } else if (value instanceof ConfigObject range) {
      RecordBinder.checkKeys(range, RANGE_KEYS, path);
      values.addAll(range(path, range));
    } else {
      throw wrong(path, "a list [1, 2] or a range {from = 1, to = 5, step = 1}", value);
    }
    if (values.isEmpty()) {
      throw wrong(path, "at least one value", value);
    }
    if (new LinkedHashSet<>(values).size() < values.size()) {
      throw wrong(path, "each value once", value);
    }
    return values;
  }

  private static List<String> range(String path, ConfigObject range) {
    BigDecimal from = bound(path, range, "from", null);
    BigDecimal to = bound(path, range, "to", null);
    BigDecimal step = bound(path, range, "step", BigDecimal.ONE);
    if (step.signum() <= 0 || from.compareTo(to) > 0) {
      throw wrong(path, "from <= to and step > 0", range);
    }
    List<String> values = new ArrayList<>();
    for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
      values.add(value.toPlainString());
      if (values.size() > LONGEST_RANGE) {
        throw wrong(path, "at most %d values".formatted(LONGEST_RANGE), range);
      }
    }
    return values;
  }

  private static BigDecimal bound(
      String path, ConfigObject range, String key, @Nullable BigDecimal otherwise) {
    ConfigValue value = range.get(key);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value == null) {
      throw wrong(Words.path(path, key), "a number", range);
    }
    number(Words.path(path, key), value);
    return new BigDecimal(value.unwrapped().toString());
  }

  /** A number that is one: what has more digits than a number holds is read as an infinity. */
  private static double number(String path, ConfigValue value) {
    if (value.unwrapped() instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(path, "a number " + ANY.words(Double.MAX_VALUE), value);
  }

  // ---- settings ----

  private static List<Setting> settings(String path, @Nullable ConfigValue value) {
    List<Setting> settings = new ArrayList<>();
    if (value != null) {
      settings("", object(path, value), settings);
    }
    return List.copyOf(settings);
  }

  /** What a layer sets, each option by its full name. */
  static List<Setting> settings(Layer layer) {
    List<Setting> settings = new ArrayList<>();
    settings("", layer.root(), settings);
    return settings;
  }

  private static void settings(String prefix, ConfigObject group, List<Setting> settings) {
    for (Map.Entry<String, ConfigValue> entry : inOrder(group)) {
      String key = Words.path(prefix, entry.getKey());
      if (entry.getValue() instanceof ConfigObject inner) {
        settings(key, inner, settings);
      } else {
        String place = Place.of(entry.getValue()).text();
        settings.add(new Setting(inFull(key), hocon(entry.getValue()), place));
      }
    }
  }

  /**
   * A plugin's section as text is its name alone; beside other options of it the key must say so.
   */
  static String inFull(String key) {
    return Arrays.stream(PluginKind.values())
            .anyMatch(kind -> kind.hasSection() && kind.section().equals(key))
        ? Words.path(key, Layer.NAME)
        : key;
  }

  private static void rejectSeed(Setting setting) {
    if (setting.key().equals(SEED)) {
      throw Hocon.error(
          "%s: seed: expected no seed here, found %s; list it in '%s' at the top"
              .formatted(setting.place(), setting.value(), SEEDS));
    }
  }

  /** A value as it stands in a file. */
  static String hocon(ConfigValue value) {
    return value.unwrapped() instanceof String text
        ? Hocon.text(text)
        : value.render(ConfigRenderOptions.concise());
  }

  private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject group) {
    return group.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                    entry -> entry.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  // ---- pieces ----

  private ConfigValue required(String key, String what) {
    ConfigValue value = root.get(key);
    if (value == null) {
      throw Hocon.error("%s: '%s' must be given: %s".formatted(document, key, what));
    }
    return value;
  }

  private static ConfigObject object(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    throw wrong(path, "a group { ... }", value);
  }

  private static String text(String path, ConfigValue value) {
    if (value.unwrapped() instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(path, "text", value);
  }

  private static String fileName(String path, ConfigValue value) {
    String text = text(path, value);
    checkFileName(path, text, value);
    return text;
  }

  private static void checkFileName(String path, String text, ConfigValue place) {
    if (!FILE_NAME.matcher(text).matches()) {
      throw Hocon.error(
          "%s: expected a name of lower-case letters, digits, '.', '_' and '-', found %s"
              .formatted(Place.of(place).at(path), ConfigUtil.quoteString(text)));
    }
  }

  private static String known(String path, ConfigValue value, Collection<String> known) {
    String text = text(path, value);
    if (known.contains(text)) {
      return text;
    }
    throw Hocon.error(
        "%s: expected one of %s, found '%s'"
            .formatted(
                Place.of(value).at(path),
                String.join(", ", Spelling.closestFirst(text, known)),
                text));
  }

  private static UserException wrong(String path, String expected, ConfigValue found) {
    return Hocon.error(
        "%s: %s"
            .formatted(
                Place.of(found).at(path), WrongValueException.of(expected, found).getMessage()));
  }
}
