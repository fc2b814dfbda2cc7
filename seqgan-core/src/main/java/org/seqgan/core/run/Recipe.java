package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.InstalledJar;

/**
 * What the steps of a run are made with, as far as it can change between two processes of the run.
 * Every checkpoint has that of its own.
 *
 * @param version of this program
 * @param configSha256 the SHA-256 of {@code config.conf}
 * @param config every option that is set, with its value as a configuration file has it
 * @param jars plugins and what they may need, where they are not part of the program
 */
public record Recipe(
    String version, String configSha256, Map<String, String> config, List<InstalledJar> jars) {
  /** Copies the collections. */
  public Recipe {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    jars = List.copyOf(jars);
  }

  void write(ObjectNode node) {
    node.put("seqgan", version).put("config-sha256", configSha256);
    ObjectNode values = node.putObject("config");
    config.forEach(values::put);
    ArrayNode list = node.putArray("jars");
    for (InstalledJar jar : jars) {
      ObjectNode entry = list.addObject().put("file", jar.file());
      ArrayNode plugins = entry.putArray("plugins");
      jar.plugins().forEach(plugins::add);
      entry.put("version", jar.version()).put("sha256", jar.sha256());
    }
  }

  static Recipe read(JsonNode node) {
    Map<String, String> config = new LinkedHashMap<>();
    Json.field(node, "config")
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    List<InstalledJar> jars = new ArrayList<>();
    for (JsonNode jar : Json.field(node, "jars")) {
      List<String> plugins = new ArrayList<>();
      Json.field(jar, "plugins").forEach(plugin -> plugins.add(plugin.asText()));
      jars.add(
          new InstalledJar(
              plugins,
              Json.field(jar, "file").asText(),
              Json.field(jar, "version").asText(),
              Json.field(jar, "sha256").asText()));
    }
    return new Recipe(
        Json.field(node, "seqgan").asText(),
        Json.field(node, "config-sha256").asText(),
        config,
        jars);
  }
}
