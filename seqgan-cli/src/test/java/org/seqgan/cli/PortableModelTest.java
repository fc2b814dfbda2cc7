package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.portable.ModelFile;
import org.seqgan.core.portable.PortableModel;
import org.seqgan.core.portable.Provenance;

/** Models of runs in one file, as the program writes and takes them. */
@DisplayName("seqgan export RUN model.seqgan")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortableModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final Map<String, String> drawn = new HashMap<>();
  private Path shared = Path.of("");

  @BeforeAll
  void trainTwoRuns(@TempDir Path runs) throws IOException {
    shared = runs;
    SmallRun.train(run("oracle"));
    export("oracle");
    Path text = runs.resolve("pets.txt");
    List<String> lines = new ArrayList<>();
    for (String who : List.of("the cat", "a dog", "my \"old\" friend", "nobody")) {
      for (String does : List.of("sees", "hears", "wants", "forgets")) {
        for (String whom : List.of("the sea", "a song", "us, twice")) {
          lines.add(who + " " + does + " " + whom + ".");
        }
      }
    }
    Files.write(text, lines);
    train("words", "task=text", "task.data=" + text, "task.sequence-length=10");
    train(
        "bpe",
        "task=text",
        "task.data=" + text,
        "task.sequence-length=32",
        "task.tokens=bpe",
        "task.maximum-vocabulary=280");
    train("poems", "task=poems", "task.layout=columns");
    train("music", "task=music", "task.reading.step=0.25");
    train("speeches", "task=speeches");
    // What follows needs nothing of them.
    Files.delete(text);
  }

  private Path run(String name) {
    return shared.resolve(name);
  }

  private Path model(String name) {
    return shared.resolve(name + ".seqgan");
  }

  private void train(String name, String... task) {
    List<String> words = new ArrayList<>(List.of("train", "quickstart", "backend=reference"));
    words.addAll(List.of(task));
    words.addAll(
        List.of(
            "generator.embedding-size=4",
            "generator.hidden-size=4",
            "training.batch-size=4",
            "training.generator-pretraining.epochs=1",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0",
            "evaluation.samples=20",
            "-q",
            "--run",
            run(name).toString()));
    SmallRun.succeeds(words.toArray(String[]::new));
    export(name);
  }

  private void export(String name) {
    assertThat(
            SmallRun.succeeds("export", run(name).toString(), model(name).toString()).out().strip())
        .isEqualTo("wrote " + model(name));
    drawn.put(name, draw(run(name)));
  }

  /** Tokens, as text, and shaped: what differs where anything of a task is not there. */
  private static String draw(Path place) {
    return out("sample", place, "-n", "9", "--seed", "5", "--format", "json")
        + out("sample", place, "-n", "3", "--temperature", "0.9", "--top-k", "5");
  }

  private static String out(String command, Path place, String... more) {
    return SmallRun.succeeds(words(command, place, more)).out();
  }

  private static String[] words(String command, Path place, String... more) {
    List<String> words = new ArrayList<>(List.of(command, place.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static void fails(int exitCode, String message, String... words) {
    Program.Result result = Program.run(words);
    assertThat(result.err()).isEqualTo("seqgan: " + message + System.lineSeparator());
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  // ---- sample ----

  @ParameterizedTest
  @ValueSource(strings = {"oracle", "words", "bpe", "poems", "music", "speeches"})
  void aModelDrawsAndShowsWhatItsRunDoes(String name) throws IOException {
    Path copy = Files.copy(model(name), folder.resolve("somewhere-else"));
    assertThat(draw(copy)).isEqualTo(drawn.get(name)).isNotBlank();
  }

  @Test
  void aModelGoesOnFromAPrefixAsItsRunDoes() {
    String[] more = {"-n", "5", "--prefix", "3 1", "--format", "json"};
    assertThat(out("sample", model("oracle"), more)).isEqualTo(out("sample", run("oracle"), more));
    assertThat(out("sample", model("words"), "-n", "4", "--prefix", "the cat").lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("the cat"));
    fails(
        2,
        "--prefix: token 2, 'zebra', is not in the vocabulary of 22; expected tokens that the training data have: write it as they do, or leave it out",
        words("sample", model("words"), "--prefix", "the zebra"));
  }

  @Test
  void aModelOfMusicMakesFiles() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    out("sample", model("music"), "-n", "2", "--format", "midi", "--out", one.toString());
    out("sample", run("music"), "-n", "2", "--format", "midi", "--out", other.toString());
    assertThat(one.resolve("0002.mid")).hasSameBinaryContentAs(other.resolve("0002.mid"));
  }

  @Test
  void aCheckpointIsChosenOfARunAlone() {
    fails(
        2,
        "--best is for runs; %s is the file of a model, which has one checkpoint"
            .formatted(model("oracle")),
        words("sample", model("oracle"), "--best"));
  }

  @Test
  void howItIsSampledTravelsWithIt() {
    Path cold = folder.resolve("cold.seqgan");
    out("export", run("oracle"), cold.toString(), "--temperature", "0.1");
    assertThat(out("sample", cold))
        .isEqualTo(out("sample", run("oracle"), "--temperature", "0.1"))
        .isNotEqualTo(out("sample", run("oracle")));
    assertThat(out("sample", cold, "--temperature", "1")).isEqualTo(out("sample", run("oracle")));
  }

  // ---- evaluate and survey ----

  @Test
  void whatNeedsNoDataIsMeasuredWithoutThem() throws IOException {
    String scores = "distinct-2,self-bleu-2,nll-gen";
    String[] more = {"--format", "json", "--metrics", scores, "--temperatures", "0.7,1.3"};
    Program.Result result = SmallRun.succeeds(words("evaluate", model("oracle"), more));
    assertThat(result.err())
        .isEqualTo(
            "seqgan: not measured, because they compare with data that the file of a model does not have: nll-gen; add --with-data, or task.data=FILE"
                + System.lineSeparator());
    JsonNode without = JSON.readTree(result.out());
    JsonNode ofRun = JSON.readTree(out("evaluate", run("oracle"), more));
    for (String score : List.of("distinct-2", "self-bleu-2")) {
      assertThat(without.get(score)).isEqualTo(ofRun.get(score)).isNotNull();
    }
    assertThat(without.has("nll-gen")).isFalse();
    assertThat(without.get("not-measured")).hasSize(1);
    assertThat(without.get("real")).isEmpty();
    assertThat(without.get("temperatures")).hasSize(2);
    assertThat(without.at("/areas/0").has("at-real-diversity")).isFalse();
    fails(
        2,
        "not measured, because they compare with data that the file of a model does not have: nll-gen; add --with-data, or task.data=FILE, or measure others, such as --metrics distinct,self-bleu",
        words("evaluate", model("oracle"), "--metrics", "nll-gen"));
  }

  @Test
  void withItsDataEverythingIsMeasured() {
    String ofRun = out("evaluate", run("oracle"), "--format", "json");
    assertThat(ofRun).contains("\"nll-oracle\":", "\"nll-gen\":");
    assertThat(out("evaluate", model("oracle"), "--format", "json", "--with-data"))
        .isEqualTo(ofRun);
  }

  @Test
  void otherDataAreRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "a b\nb c\nc d\nd e\ne f\n");
    Program.Result result = Program.run(words("evaluate", model("words"), "task.data=" + other));
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .startsWith(
            "seqgan: %s: the data have other tokens than the model, which was trained on text of "
                .formatted(model("words")));
    fails(
        2,
        "expected options of the model's data, such as task.data=FILE, found 'seed=2'",
        words("evaluate", model("words"), "seed=2"));
  }

  @Test
  void aModelIsJudgedBesideARun() {
    String page = folder.resolve("page.html").toString();
    assertThat(
            out("survey", run("oracle"), model("oracle").toString(), "--items", "3", "--out", page))
        .contains("3 of each of real, oracle, oracle.seqgan");
    Program.Result alone =
        Program.run(words("survey", model("oracle"), "--items", "3", "--out", page, "--force"));
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("oracle.seqgan is a model without its data; name a run");
    out("survey", model("oracle"), "--with-data", "--items", "3", "--out", page, "--force");
  }

  // ---- the file ----

  @Test
  void twoExportsAreEqualAndAnotherProgramUnpacksThem() throws IOException {
    Path again = folder.resolve("again.seqgan");
    out("export", run("oracle"), again.toString());
    assertThat(again).hasSameBinaryContentAs(model("oracle"));
    Path copied = folder.resolve("copied.seqgan");
    out("export", model("oracle"), copied.toString());
    assertThat(copied).hasSameBinaryContentAs(model("oracle"));
    try (ZipFile zip = new ZipFile(again.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "generator.safetensors",
              "vocabulary.json",
              "model.json",
              "provenance.json",
              "manifest.json");
      Path weights = folder.resolve("weights.safetensors");
      Files.copy(zip.getInputStream(zip.getEntry("generator.safetensors")), weights);
      Path trained = run("oracle").resolve("checkpoints/adversarial-000003/generator.safetensors");
      assertThat(Safetensors.read(weights).arrays())
          .usingRecursiveComparison()
          .isEqualTo(Safetensors.read(trained).arrays());
    }
  }

  @Test
  void whatIsThereIsReplacedOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("there.seqgan"), "mine");
    fails(
        4,
        file + " exists already; name another target, or replace it by --force",
        words("export", run("oracle"), file.toString()));
    assertThat(file).hasContent("mine");
    out("export", run("oracle"), file.toString(), "--force");
    assertThat(file).hasSameBinaryContentAs(model("oracle"));
    assertThat(folder.resolve("there.seqgan.tmp")).doesNotExist();
  }

  @Test
  void aTaskThatNeedsItsDataIsNamed() throws IOException {
    String plugins = FakeTunes.plugins(folder.resolve("plugins")).toString();
    Path run = folder.resolve("tunes");
    SmallRun.succeeds(
        "train",
        "quickstart",
        "backend=reference",
        "task=tunes",
        "training.generator-pretraining.epochs=1",
        "training.discriminator-pretraining.rounds=0",
        "training.adversarial.rounds=0",
        "evaluation.metrics=[distinct-sequences]",
        "evaluation.samples=4",
        "-q",
        "--run",
        run.toString(),
        "--plugins",
        plugins);
    Path file = folder.resolve("tunes.seqgan");
    fails(
        2,
        "task 'tunes' does not say how to show sequences without its data, so no file of its models can be used; its plugin would need notationState and notation",
        words("export", run, file.toString(), "--plugins", plugins));
    assertThat(file).doesNotExist();
  }

  @Test
  void itKnowsWhereItComesFrom() throws IOException {
    JsonNode provenance = provenance(model("music"));
    assertThat(provenance.at("/data/task").asText()).isEqualTo("music");
    assertThat(provenance.at("/data/sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(provenance.at("/data/training").asInt()).isPositive();
    assertThat(provenance.at("/data/lines/0").asText()).contains("NOT the corpus");
    assertThat(provenance.at("/licence/data").asText()).startsWith("Apache-2.0");
    assertThat(provenance.at("/licence/model").asText()).contains("Apache-2.0");
    assertThat(provenance.at("/configuration/task.reading.step").asText()).isEqualTo("0.25");
    assertThat(provenance.at("/seed").asLong()).isEqualTo(1);
    assertThat(provenance.at("/checkpoint").asText()).isEqualTo("generator-pretraining-1");
    assertThat(provenance.at("/metrics/nll-gen").asDouble()).isPositive();
    assertThat(provenance.at("/plugins/1/name").asText()).isEqualTo("lstm");
    assertThat(provenance.at("/build/trained").asText()).isNotBlank();
  }

  private static JsonNode provenance(Path model) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      return JSON.readTree(zip.getInputStream(zip.getEntry("provenance.json")));
    }
  }

  @Test
  void aLicenceThatNobodyKnowsCanBeSaid() throws IOException {
    assertThat(provenance(model("words")).at("/licence/data").isMissingNode()).isTrue();
    assertThat(provenance(model("words")).at("/licence/model").asText())
        .contains("Nobody has said");
    Path licensed = folder.resolve("licensed.seqgan");
    out("export", model("words"), licensed.toString(), "--data-licence", "CC BY 4.0");
    assertThat(provenance(licensed).at("/licence/data").asText()).isEqualTo("CC BY 4.0");
    assertThat(draw(licensed)).isEqualTo(drawn.get("words"));
  }

  @Test
  void aFileThatDoesNotFitItselfIsRefusedBeforeAnythingIsMade() {
    Path file = folder.resolve("changed.seqgan");
    changed(file, "generator.hidden-size", "5000");
    fails(
        3,
        "%s: its configuration makes a generator of 100,160,060 parameters, its weights are 252"
            .formatted(file),
        words("sample", file));
    changed(file, "task.name", "poems");
    Program.Result another = Program.run(words("sample", file));
    assertThat(another.exitCode()).isEqualTo(2);
    assertThat(another.err())
        .startsWith("seqgan: " + file + ": unknown key 'task.")
        .hasLineCount(1);
    changed(file, "generator.name", "no-such");
    Program.Result unknown = Program.run(words("sample", file));
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith("seqgan: " + file)
        .contains("no generator plugin is named 'no-such'");
  }

  /** The oracle's model with one option of its configuration changed. */
  private void changed(Path file, String key, String value) {
    PortableModel known = ModelFile.read(model("oracle"));
    Provenance from = known.provenance();
    Map<String, String> configuration = new LinkedHashMap<>(from.configuration());
    configuration.put(key, value);
    Provenance changed =
        new Provenance(
            from.data(),
            from.licence(),
            configuration,
            from.seed(),
            from.checkpoint(),
            from.metrics(),
            from.plugins(),
            from.build());
    ModelFile.write(
        file,
        new PortableModel(
            known.weights(),
            known.vocabulary(),
            known.sequenceLength(),
            known.notation(),
            known.decoding(),
            known.metrics(),
            changed),
        true);
  }

  @Test
  void aRunIsMadeOfItAgain() {
    Path files = folder.resolve("files");
    out("export", run("music"), files.toString(), "--to", "safetensors");
    Path ofFiles = folder.resolve("of-files");
    out("import", files, "--from", "safetensors", "--run", ofFiles.toString());
    Path ofOne = folder.resolve("of-one");
    out("import", model("music"), "--run", ofOne.toString());
    for (Path again : List.of(ofFiles, ofOne)) {
      assertThat(out("sample", again, "-n", "9")).isEqualTo(out("sample", run("music"), "-n", "9"));
    }
  }

  /** As many tokens, but other ones: two tunes' worth of notes that stand for something else. */
  @Test
  void isNotImportedToOtherTokens() throws IOException {
    Path files = folder.resolve("edited");
    out("export", run("music"), files.toString(), "--to", "safetensors");
    Path vocabulary = files.resolve("vocabulary.json");
    String text = Files.readString(vocabulary);
    String edited = text.replaceFirst("(\"tokens\"\\s*:\\s*\\[\\s*\")([^\"]*)\"", "$1another\"");
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(vocabulary, edited);
    Program.Result result =
        Program.run(
            "import",
            files.toString(),
            "--from",
            "safetensors",
            "--run",
            folder.resolve("of-edited").toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("were trained on other tokens");
  }

  // ---- safetensors ----

  @Test
  void plainFilesHaveACard() throws IOException {
    Path files = folder.resolve("plain");
    assertThat(out("export", run("music"), files.toString(), "--to", "safetensors").lines())
        .hasSize(4);
    assertThat(Files.readString(files.resolve("README.md"), UTF_8))
        .contains(
            "Generator `lstm`",
            "task `music`",
            "- `lstm.W` [4, 16]",
            "licence of the data: Apache-2.0",
            "| nll-gen | ");
    JsonNode vocabulary = JSON.readTree(files.resolve("vocabulary.json").toFile());
    assertThat(vocabulary.get("size").asInt()).isEqualTo(89);
    assertThat(vocabulary.at("/tokens/40").asText()).isEqualTo("C4");
    JsonNode config = JSON.readTree(files.resolve("config.json").toFile());
    assertThat(config.at("/provenance/configuration/generator.hidden-size").asText())
        .isEqualTo("4");
    fails(
        4,
        files + " exists already; name another folder, or replace its files by --force",
        words("export", run("music"), files.toString(), "--to", "safetensors"));
  }
}
