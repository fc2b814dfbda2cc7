package org.seqgan.core.portable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.core.io.Json;

/**
 * Where a model comes from. Nothing in it depends on when or where it was written down, so two
 * exports of one checkpoint are equal. Immutable.
 *
 * @param data what it was trained on
 * @param licence what may be done with it
 * @param configuration every option that was set, with its value as a configuration file has it
 * @param seed the root of all random numbers of its training
 * @param checkpoint the checkpoint that it is, such as {@code adversarial-12}
 * @param metrics the evaluation at that checkpoint, or the last before it
 * @param plugins what it was made with
 * @param build the versions of this program
 */
public record Provenance(
    Data data,
    Licence licence,
    Map<String, String> configuration,
    long seed,
    String checkpoint,
    Map<String, Double> metrics,
    List<Plugin> plugins,
    Build build) {
  /** Copies the collections. */
  public Provenance {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    plugins = List.copyOf(plugins);
  }

  /**
   * Data.
   *
   * @param task the name of the task's plugin
   * @param sha256 of the tokens of all sequences, see {@link DataHash}
   * @param training how many sequences to learn from
   * @param validation how many to choose among models
   * @param test how many to report on
   * @param lines what the task says of them
   */
  public record Data(
      String task, String sha256, int training, int validation, int test, List<String> lines) {
    /** Copies the list. */
    public Data {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A licence.
   *
   * @param data of the data, in one line; empty where nobody has said it
   * @param model what that means for the model, in a sentence or two
   */
  public record Licence(Optional<String> data, String model) {
    private static final String REPEATS =
        "A model can repeat parts of what it was trained on, and the law of many countries has not settled what that makes of it.";

    /** What a licence of data, known or not, means for a model. */
    public static Licence of(Optional<String> data) {
      return new Licence(
          data,
          data.map(
                  name ->
                      REPEATS
                          + " Whoever gives it away is safe who does with it what that licence asks for copies of the data (%s)."
                              .formatted(name))
              .orElse(
                  REPEATS
                      + " Nobody has said under which licence the data are: ask whoever they belong to before you give it away, and say it with --data-licence when you export."));
    }
  }

  /**
   * A plugin.
   *
   * @param kind such as {@code generator}
   * @param name such as {@code lstm}
   * @param version of its jar, or of this program where it is a part of that
   * @param sha256 of its jar; empty for a part of this program
   */
  public record Plugin(String kind, String name, String version, Optional<String> sha256) {}

  /**
   * Versions of this program.
   *
   * @param trained that which wrote the checkpoint
   * @param exported that which wrote the model
   */
  public record Build(String trained, String exported) {}

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object();
    ObjectNode ofData = node.putObject("data");
    ofData.put("task", data.task).put("sha256", data.sha256);
    ofData.put("training", data.training).put("validation", data.validation);
    ArrayNode lines = ofData.put("test", data.test).putArray("lines");
    data.lines.forEach(lines::add);
    ObjectNode ofLicence = node.putObject("licence");
    licence.data.ifPresent(line -> ofLicence.put("data", line));
    ofLicence.put("model", licence.model);
    ObjectNode options = node.putObject("configuration");
    configuration.forEach(options::put);
    node.put("seed", seed).put("checkpoint", checkpoint);
    ObjectNode scores = node.putObject("metrics");
    metrics.forEach((name, value) -> Json.put(scores, name, value));
    ArrayNode used = node.putArray("plugins");
    for (Plugin plugin : plugins) {
      ObjectNode entry = used.addObject().put("kind", plugin.kind).put("name", plugin.name);
      entry.put("version", plugin.version);
      plugin.sha256.ifPresent(hash -> entry.put("sha256", hash));
    }
    node.putObject("build").put("trained", build.trained).put("exported", build.exported);
    return node;
  }

  static Provenance read(Fields node) {
    Fields ofData = node.object("data");
    Fields ofLicence = node.object("licence");
    Fields ofBuild = node.object("build");
    return new Provenance(
        new Data(
            ofData.text("task"),
            ofData.text("sha256"),
            ofData.integer("training", 0, Integer.MAX_VALUE),
            ofData.integer("validation", 0, Integer.MAX_VALUE),
            ofData.integer("test", 0, Integer.MAX_VALUE),
            ofData.texts("lines")),
        new Licence(ofLicence.optionalText("data"), ofLicence.text("model")),
        node.object("configuration").texts(),
        node.whole("seed"),
        node.text("checkpoint"),
        node.object("metrics").numbers(),
        node.objects("plugins").stream()
            .map(
                plugin ->
                    new Plugin(
                        plugin.text("kind"),
                        plugin.text("name"),
                        plugin.text("version"),
                        plugin.optionalText("sha256")))
            .toList(),
        new Build(ofBuild.text("trained"), ofBuild.text("exported")));
  }
}
