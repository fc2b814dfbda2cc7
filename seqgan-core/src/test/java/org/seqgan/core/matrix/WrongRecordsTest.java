package org.seqgan.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;

/** Each value of each record in turn is put in another type's place. */
@DisplayName("A record of a matrix with null or a wrong type in it is refused in one line")
class WrongRecordsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One of each type, as JSON has them, and a number that there is not. */
  private static final List<String> VALUES =
      List.of("null", "true", "\"no\"", "12", "[]", "{}", "[null]", "{\"a\":null}", "1e999");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plan.json", "cell.json", "summary.json", "anchors.json", "time.json"})
  void whereverItStands(String name) throws IOException {
    Path root = MatrixRecordsFuzzTest.write(folder.resolve("matrix")).root();
    Path file =
        name.equals("plan.json") ? folder.resolve("matrix").resolve(name) : root.resolve(name);
    String whole = Files.readString(file);
    MatrixRecordsFuzzTest.readAll(folder.resolve("matrix"));
    int tried = 0;
    for (String pointer : pointers(MAPPER.readTree(whole))) {
      for (String value : VALUES) {
        JsonNode other = MAPPER.readTree(value);
        if (isAsGood(MAPPER.readTree(whole).at(pointer), other)) {
          continue;
        }
        Files.writeString(file, with(MAPPER.readTree(whole), pointer, value));
        assertThatThrownBy(() -> MatrixRecordsFuzzTest.readAll(folder.resolve("matrix")))
            .as("%s: %s = %s", name, pointer, value)
            .isInstanceOfSatisfying(
                UserException.class,
                e -> assertThat(e.kind()).isEqualTo(UserException.Kind.RUN_DIRECTORY))
            .hasMessageContaining(file.toString())
            .hasMessageNotContaining("\n");
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(4);
  }

  /** Of the same type, so that a record may hold it; no number is text. */
  private static boolean isAsGood(JsonNode one, JsonNode other) {
    boolean finite = !other.isNumber() || Double.isFinite(other.doubleValue());
    return other.isEmpty() && finite && type(one) == type(other);
  }

  private static JsonNodeType type(JsonNode node) {
    return node.asText().equals("NaN") ? JsonNodeType.NUMBER : node.getNodeType();
  }

  private static List<String> pointers(JsonNode node) {
    List<String> pointers = new ArrayList<>(List.of(""));
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String key = entry.getKey().replace("~", "~0").replace("/", "~1");
        pointers(entry.getValue()).forEach(inner -> pointers.add("/" + key + inner));
      }
    } else if (node.getNodeType() == JsonNodeType.ARRAY) {
      for (int i = 0; i < node.size(); i++) {
        String index = "/" + i;
        pointers(node.get(i)).forEach(inner -> pointers.add(index + inner));
      }
    }
    return pointers;
  }

  private static String with(JsonNode root, String pointer, String value) {
    if (pointer.isEmpty()) {
      return value;
    }
    int last = pointer.lastIndexOf('/');
    String key = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
    String place = "put it here";
    if (root.at(pointer.substring(0, last)) instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), place);
    } else {
      ((ObjectNode) root.at(pointer.substring(0, last))).put(key, place);
    }
    // As text: 1e999 is none of the numbers that a tree can hold.
    return root.toString().replace("\"" + place + "\"", value);
  }
}
