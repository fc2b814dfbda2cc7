package org.seqgan.core.portable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.core.io.Json;

/** The parts of a model that are JSON, as they are written and read. */
final class ModelParts {
  private static final int LONGEST_SEQUENCE = 1 << 20;

  private ModelParts() {}

  /** Whether a generator reads files of its own, which no file of a model holds. */
  static boolean readsFiles(Record options) {
    return Arrays.stream(options.getClass().getRecordComponents())
        .anyMatch(part -> part.getGenericType().getTypeName().contains(Path.class.getName()));
  }

  static ObjectNode vocabulary(PortableModel model) {
    Vocabulary vocabulary = model.vocabulary();
    ObjectNode node = Json.object().put("size", vocabulary.size());
    node.put("start-token", vocabulary.startToken());
    vocabulary.endToken().ifPresent(end -> node.put("end-token", end));
    ArrayNode tokens = node.putArray("tokens");
    model.notation().tokens().forEach(tokens::add);
    return node;
  }

  /**
   * A vocabulary with the texts of its tokens.
   *
   * @param tokens V texts
   */
  record Tokens(Vocabulary vocabulary, List<String> tokens) {
    static Tokens read(Fields node) {
      int size = node.integer("size", 2, Integer.MAX_VALUE);
      List<String> tokens = node.texts("tokens");
      if (tokens.size() != size) {
        throw new IllegalArgumentException(
            "expected the %d tokens of its size, found %d".formatted(size, tokens.size()));
      }
      OptionalInt end =
          node.object().has("end-token")
              ? OptionalInt.of(node.integer("end-token", 0, size - 1))
              : OptionalInt.empty();
      return new Tokens(
          new Vocabulary(size, node.integer("start-token", 0, size - 1), end), tokens);
    }
  }

  static ObjectNode usage(PortableModel model) {
    ObjectNode node = Json.object().put("sequence-length", model.sequenceLength());
    node.put("task", model.provenance().data().task());
    ObjectNode notation = node.putObject("notation");
    model.notation().settings().forEach(notation::put);
    ObjectNode sampling = node.putObject("sampling");
    sampling.put("temperature", model.decoding().temperature());
    sampling.put("top-k", model.decoding().topK()).put("top-p", model.decoding().topP());
    ArrayNode metrics = node.putArray("metrics");
    model.metrics().forEach(metrics::add);
    return node;
  }

  /**
   * How a model is used.
   *
   * @param sequenceLength T
   * @param notation the settings of the notation
   */
  record Usage(
      int sequenceLength, Map<String, String> notation, Decoding decoding, List<String> metrics) {
    static Usage read(Fields node) {
      Fields sampling = node.object("sampling");
      return new Usage(
          node.integer("sequence-length", 1, LONGEST_SEQUENCE),
          node.object("notation").texts(),
          new Decoding(
              sampling.number("temperature"),
              sampling.integer("top-k", 0, Integer.MAX_VALUE),
              sampling.number("top-p")),
          node.texts("metrics"));
    }
  }
}
