package org.seqgan.cli.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** A CycloneDX bill of materials, as JSON: what is shipped, its hashes, and what needs what. */
final class BillOfMaterials {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final JsonNode bill;

  private BillOfMaterials(JsonNode bill) {
    this.bill = bill;
  }

  /**
   * Reads one.
   *
   * @throws IOException if it cannot be read
   */
  static BillOfMaterials read(Path file) throws IOException {
    return new BillOfMaterials(MAPPER.readTree(file.toFile()));
  }

  /** The same without what a predicate of group and name refuses. */
  BillOfMaterials only(BiPredicate<String, String> kept) {
    ObjectNode copy = bill.deepCopy();
    Set<String> there = new HashSet<>();
    there.add(copy.at("/metadata/component/bom-ref").asText());
    ArrayNode components = copy.putArray("components");
    for (JsonNode component : bill.path("components")) {
      if (kept.test(component.path("group").asText(), component.path("name").asText())) {
        components.add(component);
        there.add(component.path("bom-ref").asText());
      }
    }
    ArrayNode dependencies = copy.putArray("dependencies");
    for (JsonNode dependency : bill.path("dependencies")) {
      if (there.contains(dependency.path("ref").asText())) {
        ObjectNode rest = dependencies.addObject().put("ref", dependency.path("ref").asText());
        ArrayNode on = rest.putArray("dependsOn");
        for (JsonNode each : dependency.path("dependsOn")) {
          if (there.contains(each.asText())) {
            on.add(each);
          }
        }
      }
    }
    return new BillOfMaterials(copy);
  }

  /** SHA-256 of each component, in hexadecimal, by {@code group:name:version[:classifier]}. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new HashMap<>();
    for (JsonNode component : bill.path("components")) {
      String coordinates =
          component.path("group").asText()
              + ":"
              + component.path("name").asText()
              + ":"
              + component.path("version").asText();
      for (String qualifier :
          component.path("purl").asText().replaceFirst(".*\\?", "").split("&", -1)) {
        if (qualifier.startsWith("classifier=")) {
          coordinates += ":" + Library.classifierOf(qualifier.substring("classifier=".length()));
        }
      }
      for (JsonNode hash : component.path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          hashes.put(coordinates, hash.path("content").asText());
        }
      }
    }
    return hashes;
  }

  /**
   * Writes it.
   *
   * @throws IOException if it cannot be written
   */
  void write(Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(bill).replace("\r", "") + "\n");
  }
}
