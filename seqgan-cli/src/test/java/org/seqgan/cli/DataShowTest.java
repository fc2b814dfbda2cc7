package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileContents.ArrayShape;
import org.seqgan.api.task.FileContents.Arrays;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.api.task.FileContents.TokenSequences;

@DisplayName("seqgan data show")
class DataShowTest {
  private static final int CONFIGURATION = 2;
  private static final int DATA = 3;

  @TempDir private Path folder;
  private Path book;

  @BeforeEach
  void writeTunes() throws IOException {
    book =
        Files.writeString(
            folder.resolve("book.abc"),
            "X:1\nT:Two notes\nL:1/4\nK:C\nCd\n\nX:2\nT:Broken\nK:C\nC&D\n");
  }

  @Test
  void aTuneIsItsTitleAndItsNotesInSecondsAndWhatIsLeftOutIsNamed() throws IOException {
    Program.Result result = show(book, "--format", "json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.fieldNames()).toIterable().containsExactly("tunes", "left-out");
    JsonNode tune = json.get("tunes").get(0);
    assertThat(tune.get("title").asText()).isEqualTo("Two notes");
    // 120 quarter notes per minute, where the tune names no tempo
    assertNote(tune.get("notes").get(0), 60, 0.0, 0.5);
    assertNote(tune.get("notes").get(1), 74, 0.5, 0.5);
    assertThat(json.get("tunes")).hasSize(1);
    JsonNode leftOut = json.get("left-out").get(0);
    assertThat(leftOut.get("where").asText()).isEqualTo(book + ", line 10, column 2");
    assertThat(leftOut.get("why").asText()).contains("'&'");
  }

  private static void assertNote(JsonNode note, int key, double start, double length) {
    assertThat(note.fieldNames()).toIterable().containsExactly("key", "start", "length");
    assertThat(note.get("key").asInt()).isEqualTo(key);
    assertThat(note.get("start").asDouble()).isEqualTo(start, within(1e-12));
    assertThat(note.get("length").asDouble()).isEqualTo(length, within(1e-12));
  }

  @Test
  void forPeopleThereIsALineANote() {
    assertThat(show(book).out())
        .isEqualToNormalizingNewlines(
            """
            Two notes: 2 notes
                 start      length  key
                0.0000      0.5000  60
                0.5000      0.5000  74
            Left out:
              %s, line 10, column 2: expected a note, a rest or a bar line, found '&'
            """
                .formatted(book));
  }

  @Test
  void optionsOfTheTaskAreBoundAsInAConfiguration() throws IOException {
    Program.Result slow = show(book, "task.reading.tempo=60", "--format", "json");
    JsonNode notes = new ObjectMapper().readTree(slow.out()).get("tunes").get(0).get("notes");
    assertNote(notes.get(0), 60, 0.0, 1.0);
    fails(show(book, "task.reading.tempp=60"), CONFIGURATION, "did you mean 'tempo'?");
    fails(show(book, "task.reading.tempo=fast"), CONFIGURATION, "expected a number");
    fails(show(book, "training.batch-size=3"), CONFIGURATION, "unknown key 'training'");
    fails(show(book, "task.data=other.abc"), CONFIGURATION, "task.data: this option is the file");
  }

  @Test
  void theTaskCanBeChosen() {
    assertThat(show(book, "--task", "music").exitCode()).isZero();
    assertThat(show(book, "task.name=music").exitCode()).isZero();
    assertThat(show(book, "task=music", "--task", "music").exitCode()).isZero();
    fails(show(book, "--task", "midi", "task.name=music"), CONFIGURATION, "give one of the two");
    fails(show(book, "--task", "poem"), CONFIGURATION, "no task plugin is named 'poem'");
    fails(show(book, "--task", "oracle"), DATA, "task 'oracle' is not for this kind of data");
  }

  @Test
  void whereNothingCanBeReadTheReasonIsAnErrorAndStillAValueForPrograms() throws IOException {
    Files.writeString(book, "X:1\nK:C\nC&D\n");
    Program.Result result = show(book, "--format", "json");
    fails(result, DATA, "nothing could be read: " + book + ", line 3, column 2");
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.get("tunes")).isEmpty();
    assertThat(json.get("left-out")).hasSize(1);
    fails(show(folder.resolve("none.mid")), DATA, "found none; check the path");
  }

  @Test
  void sequencesAreLinesAndATokenWithASpaceIsInQuotes() {
    assertThat(
            text(
                new TokenSequences(
                    List.of(List.of("to", " ", "be", "'s"), List.of("a\u0007b")),
                    List.of(new LeftOut("f, line 3", "blank")))))
        .isEqualToNormalizingNewlines("to ' ' be ''s'\na\\u0007b\nLeft out:\n  f, line 3: blank\n");
  }

  @Test
  void arraysAreATable() {
    assertThat(
            text(
                new Arrays(
                    List.of(
                        new ArrayShape("embedding", List.of(5000, 32)),
                        new ArrayShape("b", List.of(32))))))
        .isEqualToNormalizingNewlines(
            """
            array      shape
            embedding  [5000, 32]
            b          [32]
            """);
  }

  private static String text(FileContents contents) {
    StringWriter out = new StringWriter();
    new ContentsText(new PrintWriter(out, true)).print(contents);
    return out.toString();
  }

  private static Program.Result show(Path file, String... words) {
    List<String> all = new ArrayList<>(List.of("data", "show", file.toString()));
    all.addAll(List.of(words));
    return Program.run(all.toArray(String[]::new));
  }

  private static void fails(Program.Result result, int exitCode, String... parts) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err()).contains(parts).doesNotContain("\tat ", "Exception");
  }
}
