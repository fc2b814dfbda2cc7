package org.seqgan.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.serve.ModelCache;
import org.seqgan.core.serve.ServingFigures;
import org.seqgan.core.serve.ServingLimits;

@DisplayName("The description of the server is of what it answers")
class OpenApiTest {
  private static final int MOST = 50;

  private final ObjectNode document = new OpenApi(MOST, List.of("a", "b")).document();

  @Test
  void itHasEveryEndpointAndNoOther() {
    ServingFigures figures = new ServingFigures();
    ServingLimits limits = new ServingLimits(1, 1, Duration.ofSeconds(1));
    PluginRegistry plugins = PluginRegistry.discover(OpenApiTest.class.getClassLoader());
    try (ModelCache none = new ModelCache(Map.of(), plugins, 1, limits, figures, () -> 1)) {
      Set<String> answered = new TreeSet<>();
      new ServeApi(none, figures, MOST)
          .endpoints()
          .forEach(endpoint -> answered.add(endpoint.method() + " " + endpoint.path()));
      Set<String> described = new TreeSet<>();
      document
          .get("paths")
          .fields()
          .forEachRemaining(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method ->
                              described.add(
                                  method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      assertThat(described).isEqualTo(answered);
    }
  }

  @Test
  void itsUsualValuesAndBoundsAreThoseOfRequests() {
    JsonNode properties =
        document.at(
            "/paths/~1v1~1models~1{name}~1sequences/post/requestBody/content/application~1json/schema/properties");
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    assertThat(names).isEqualTo(RequestField.keys());
    SequenceRequest usual = SequenceRequest.parse(Json.object(), MOST);
    assertThat(properties.get("count").get("default").intValue()).isEqualTo(usual.count());
    assertThat(properties.get("stream").get("default").booleanValue()).isEqualTo(usual.stream());
    assertThat(properties.get("format").get("default").asText())
        .isEqualTo(usual.format().name().toLowerCase(Locale.ROOT));
    int most = properties.get("count").get("maximum").intValue();
    assertThat(SequenceRequest.parse(Json.object().put("count", most), MOST).count())
        .isEqualTo(most);
    properties
        .get("format")
        .get("enum")
        .forEach(
            format ->
                assertThat(
                        SequenceRequest.parse(Json.object().put("format", format.asText()), MOST)
                            .format())
                    .isNotNull());
    assertThat(SequenceRequest.parse(Json.object(), 4).count()).isEqualTo(4);
  }
}
