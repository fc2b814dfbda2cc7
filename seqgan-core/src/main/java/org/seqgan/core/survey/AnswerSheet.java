package org.seqgan.core.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one judge answered.
 *
 * @param file where it was read from
 * @param survey the id of the survey
 * @param judge the name or code that the judge gave
 * @param answers item to whether the judge thinks that a person wrote it; items without an answer
 *     are not in it
 */
public record AnswerSheet(Path file, String survey, String judge, Map<String, Boolean> answers) {
  /** What the key {@code format} of the file says. */
  static final String FORMAT = "seqgan survey answers 1";

  private static final String WHAT = "the answers to a survey";

  /** Copies the map. */
  public AnswerSheet {
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /**
   * Reads a file that the page of a survey saved.
   *
   * @throws org.seqgan.api.UserException (data) where it is missing or no such file
   */
  public static AnswerSheet read(Path file) {
    return of(SurveyJson.read(file, FORMAT, WHAT));
  }

  /** What a page sent, for a file that is not there yet. */
  static AnswerSheet parse(Path file, String text) {
    return of(SurveyJson.parse(file, text, FORMAT, WHAT));
  }

  private static AnswerSheet of(SurveyJson json) {
    String judge = json.field(json.root(), "judge", JsonNodeType.STRING).asText().strip();
    if (judge.isEmpty()) {
      throw json.bad("expected the name or code of the judge, found an empty one");
    }
    Map<String, Boolean> answers = new LinkedHashMap<>();
    json.field(json.root(), "answers", JsonNodeType.OBJECT)
        .fields()
        .forEachRemaining(answer -> answers.put(answer.getKey(), answer(json, answer)));
    return new AnswerSheet(
        json.file(),
        json.field(json.root(), "survey", JsonNodeType.STRING).asText(),
        judge,
        answers);
  }

  private static boolean answer(SurveyJson json, Map.Entry<String, JsonNode> answer) {
    if (!answer.getValue().isBoolean()) {
      throw json.bad(
          "expected true or false as the answer to item %s, found %s"
              .formatted(answer.getKey(), answer.getValue()));
    }
    return answer.getValue().booleanValue();
  }
}
