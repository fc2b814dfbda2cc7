package org.seqgan.core.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.core.statistics.FleissKappa;
import org.seqgan.core.statistics.RatingsComparison;

/** {@link SurveyScores}, from files. */
class SurveyScoresTest {
  private final Path folder;
  private final SurveyKey key;

  SurveyScoresTest(@TempDir Path folder) {
    this.folder = folder;
    List<SurveyKey.Entry> items =
        IntStream.range(0, 9)
            .mapToObj(
                i -> new SurveyKey.Entry("i" + i, List.of("real", "a", "b").get(i % 3), "text"))
            .toList();
    key = new SurveyKey("s1", 3, List.of("real", "a", "b"), items, List.of("a remark"));
  }

  /** A character for each item, y, n, or a dot for none. */
  private AnswerSheet sheet(String judge, String answers) throws IOException {
    String json =
        IntStream.range(0, answers.length())
            .filter(i -> answers.charAt(i) != '.')
            .mapToObj(i -> "\"i%d\": %s".formatted(i, answers.charAt(i) == 'y'))
            .collect(Collectors.joining(", ", "{", "}"));
    return AnswerSheet.read(file(judge, "s1", json));
  }

  private Path file(String judge, String survey, String answers) throws IOException {
    return Files.writeString(
        folder.resolve(judge + ".json"),
        "{\"format\": \"seqgan survey answers 1\",\n \"survey\": \"%s\",\n \"judge\": \"%s\",\n \"answers\": %s}"
            .formatted(survey, judge, answers));
  }

  @Test
  void theKeySurvivesItsFile() {
    Path file = folder.resolve("key.json");
    key.write(file);
    assertThat(SurveyKey.read(file)).isEqualTo(key);
  }

  @Test
  void scoresSourcesAndComparesThem() throws IOException {
    // real, a, b in turn: real always yes; a yes, no, no and no, yes, no; b never.
    SurveyScores scores =
        SurveyScores.of(key, List.of(sheet("anna", "yynynnynn"), sheet("ben", "ynnyynynn")));
    assertThat(scores.judges()).containsExactly("anna", "ben");
    assertThat(scores.missing()).isZero();
    assertThat(scores.remarks()).containsExactly("a remark");
    assertThat(scores.sources())
        .extracting(SurveyScores.SourceScore::source, SurveyScores.SourceScore::answers)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("real", 6),
            org.assertj.core.groups.Tuple.tuple("a", 6),
            org.assertj.core.groups.Tuple.tuple("b", 6));
    assertThat(scores.sources().get(1).mean().orElseThrow()).isCloseTo(1 / 3., within(1e-12));
    assertThat(scores.comparisons())
        .extracting(c -> c.first() + " " + c.second())
        .containsExactly("real a", "real b", "a b");
    // 3 yes against 3 no: 2 / C(6, 3) = 0.1; Holm: the least of 3, times 3.
    SurveyScores.Comparison realToB = scores.comparisons().get(1);
    assertThat(((RatingsComparison.Fisher) realToB.test()).p()).isCloseTo(0.1, within(1e-12));
    assertThat(scores.comparisons().get(0).test()).isInstanceOf(RatingsComparison.MinF.class);
    // By hand: 7 of 9 items agreed on, 8 yes of 18.
    assertThat(((FleissKappa.Defined) scores.agreement()).kappa())
        .isCloseTo((7 / 9. - 164 / 324.) / (1 - 164 / 324.), within(1e-12));
  }

  @Test
  void correctsForAllComparisonsThatCouldBeTested() throws IOException {
    SurveyScores scores = SurveyScores.of(key, List.of(sheet("anna", "y.ny.ny.n")));
    assertThat(scores.missing()).isEqualTo(3);
    assertThat(scores.sources().get(1).mean()).isEmpty();
    assertThat(scores.sources().get(1).interval()).isEmpty();
    assertThat(scores.comparisons().get(0).adjustedP()).isEmpty();
    assertThat(scores.comparisons().get(1).adjustedP().orElseThrow()).isCloseTo(0.1, within(1e-12));
    assertThat(scores.comparisons().get(2).test())
        .isEqualTo(new RatingsComparison.Untestable("there is no answer to one of them"));
    assertThat(scores.agreement()).isInstanceOf(FleissKappa.Undefined.class);
  }

  private void rejects(String message, AnswerSheet... sheets) {
    assertThatThrownBy(() -> SurveyScores.of(key, Arrays.asList(sheets)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageContaining(message);
  }

  private void rejectsFile(String message, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    assertThatThrownBy(() -> AnswerSheet.read(file))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA))
        .hasMessageContaining("bad.json")
        .hasMessageContaining(message);
  }

  @Test
  void rejectsAnswersToAnotherSurvey() throws IOException {
    rejects(
        "anna.json: expected answers to survey s1, found answers to survey s2",
        AnswerSheet.read(file("anna", "s2", "{}")));
  }

  @Test
  void rejectsAnUnknownItem() throws IOException {
    rejects(
        "found one to an unknown item 'i9'",
        AnswerSheet.read(file("anna", "s1", "{\"i9\": true}")));
  }

  @Test
  void rejectsTwoFilesOfOneJudgeHoweverTheNameIsWritten() throws IOException {
    rejects(
        "expected one file of each judge, found 'ANNA'", sheet("anna", "y"), sheet("ANNA", "n"));
  }

  @Test
  void rejectsWhatIsNoAnswers() throws IOException {
    String start = "{\"format\": \"seqgan survey answers 1\", \"survey\": \"s1\",";
    rejectsFile("bad.json:2: expected the answers to a survey as JSON", "{\n\"format\": ,\n");
    rejectsFile("expected the answers to a survey", "");
    rejectsFile("expected the answers to a survey", "[1, 2]");
    rejectsFile("found \"seqgan survey key 1\" there", "{\"format\": \"seqgan survey key 1\"}");
    rejectsFile("\"judge\", found none", start + "\"answers\": {}}");
    rejectsFile("found an empty one", start + "\"judge\": \" \", \"answers\": {}}");
    rejectsFile("\"answers\", found 3", start + "\"judge\": \"anna\", \"answers\": 3}");
    rejectsFile(
        "expected true or false as the answer to item i1, found 0.5",
        start + "\"judge\": \"anna\", \"answers\": {\"i1\": 0.5}}");
    rejectsFile(
        "Duplicate", start + "\"judge\": \"anna\", \"answers\": {\"i1\": true, \"i1\": false}}");
  }

  @Test
  void rejectsAMissingFileAndAKeyOfUnknownSources() throws IOException {
    assertThatThrownBy(() -> AnswerSheet.read(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.json: no such file");
    Path file = folder.resolve("key.json");
    key.write(file);
    Files.writeString(file, Files.readString(file).replaceFirst("\"b\"", "\"c\""));
    assertThatThrownBy(() -> SurveyKey.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected one of the sources [real, a, c] for item i2, found 'b'");
  }
}
