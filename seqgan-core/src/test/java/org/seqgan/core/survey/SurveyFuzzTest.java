package org.seqgan.core.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.testkit.FileInput;
import org.seqgan.testkit.ReaderContract;

/** The answers that judges send back, and the key of a survey. */
public final class SurveyFuzzTest extends ReaderContract {
  private static final String KEY = "key.json";
  private static final String ANSWERS = "answers.json";
  private static final String ANSWERS_TEXT =
      """
      {"format": "seqgan survey answers 1", "survey": "s", "judge": "Ada",
       "answers": {"a1": true, "a2": false, "b1": false}}
      """;

  private static SurveyKey key() {
    return new SurveyKey(
        "s",
        7,
        List.of("real", "runs/x"),
        List.of(
            new SurveyKey.Entry("a1", "real", "one two"),
            new SurveyKey.Entry("a2", "real", "three"),
            new SurveyKey.Entry("b1", "runs/x", "four"),
            new SurveyKey.Entry("b2", "runs/x", "five")),
        List.of("a remark"));
  }

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    FileInput file = FileInput.parse(input);
    switch (file.name()) {
      case KEY -> readKey(file.writeTo(scratch));
      case ANSWERS -> SurveyScores.of(key(), List.of(AnswerSheet.read(file.writeTo(scratch))));
      default -> throw file.unexpected();
    }
  }

  private static void readKey(Path file) {
    SurveyKey key = SurveyKey.read(file);
    Path copy = file.resolveSibling("copy.json");
    key.write(copy);
    assertThat(readAgain(() -> SurveyKey.read(copy))).isEqualTo(key);
    Map<String, Boolean> yes = new LinkedHashMap<>();
    key.items().forEach(item -> yes.put(item.id(), true));
    SurveyScores.of(
        key,
        List.of(
            new AnswerSheet(file, key.survey(), "Ada", yes),
            new AnswerSheet(file, key.survey(), "Bob", Map.of())));
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    Path file = Files.createTempFile("key", ".json");
    try {
      key().write(file);
      return List.of(
          FileInput.of(KEY, Files.readString(file)), FileInput.of(ANSWERS, ANSWERS_TEXT));
    } finally {
      Files.delete(file);
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("key.json\n answers.json\n null true false -1 1e999 9223372036854775808 [] {} \\u0000 \\u0085"
                + " \"items\" \"sources\" \"judge\" \"answers\" \"id\" \"seed\"")
            .split(" "));
  }
}
