package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.Sha256;
import org.seqgan.core.registry.InstalledJar;

/** {@link CheckpointStore}: what is saved is found again, whole, or reported. */
class CheckpointStoreTest {
  private Path folder = Path.of("");

  @BeforeEach
  void chooseFolder(@TempDir Path parent) {
    folder = parent.resolve("checkpoints");
  }

  private CheckpointStore store(int keep) {
    return new CheckpointStore(folder, keep);
  }

  private static NamedArrays arrays(float... values) {
    return new NamedArrays(Map.of("weights", new FloatArray(new int[] {values.length}, values)));
  }

  private static Checkpoint checkpoint(Phase phase, int step) {
    return new Checkpoint(
        phase,
        step,
        Map.of("generator", arrays(step, 0.5f), "discriminator", arrays(step * 2f)),
        Map.of("draws", Integer.toString(step)));
  }

  private static Checkpoint within(Phase phase, int step, int batch) {
    Checkpoint between = checkpoint(phase, step);
    return new Checkpoint(
        new Position(phase, step, batch), between.models(), between.state(), Optional.empty());
  }

  private static float weight(Checkpoint checkpoint, String model) {
    NamedArrays arrays = checkpoint.models().get(model);
    assertThat(arrays).isNotNull();
    return arrays.get("weights").values()[0];
  }

  private List<String> names() {
    return store(1).positions().stream().map(Position::label).toList();
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void findsTheLatestOfNone() {
    assertThat(store(2).latest()).isEqualTo(new CheckpointStore.Found(Optional.empty(), List.of()));
  }

  @Test
  void findsTheLatestWithItsModelsAndState() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    CheckpointStore.Found latest = store(2).latest();
    Checkpoint found = latest.checkpoint().orElseThrow();
    assertThat(latest.warnings()).isEmpty();
    assertThat(found.position()).isEqualTo(new Position(Phase.ADVERSARIAL, 10));
    assertThat(weight(found, "generator")).isEqualTo(10f);
    assertThat(weight(found, "discriminator")).isEqualTo(20f);
    assertThat(found.state()).isEqualTo(Map.of("draws", "10"));
  }

  @Test
  void loadsByName() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    assertThat(weight(store(2).load("adversarial-000009"), "generator")).isEqualTo(9f);
  }

  @Test
  void loadsByNameWithAnyZeros() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    for (String name : List.of("adversarial-9", "adversarial-09", "adversarial-000009")) {
      assertThat(weight(store(2).load(name), "generator")).isEqualTo(9f);
    }
  }

  @Test
  void namesThoseThereAreWhereOneIsNot() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(within(Phase.ADVERSARIAL, 9, 40));
    for (String name : List.of("adversarial-8", "adversarial-9+4", "adversarial", "../x")) {
      assertThatThrownBy(() -> store(2).load(name))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no checkpoint '%s'", name)
          .hasMessageEndingWith("there are: adversarial-9, adversarial-9+40");
    }
  }

  @Test
  void findsOneWithinAStepAfterThatOfTheStepBefore() {
    store(2).save(within(Phase.ADVERSARIAL, 9, 40));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Position latest = store(2).latest().checkpoint().orElseThrow().position();
    assertThat(latest).isEqualTo(new Position(Phase.ADVERSARIAL, 9, 40));
    assertThat(names()).containsExactly("adversarial-000009", "adversarial-000009+000040");
  }

  @Test
  void keepsTheLastTwoAndTheLastOfEachPhase() {
    CheckpointStore store = store(2);
    for (int epoch = 1; epoch <= 4; epoch++) {
      store.save(checkpoint(Phase.GENERATOR_PRETRAINING, epoch));
    }
    store.save(checkpoint(Phase.DISCRIMINATOR_PRETRAINING, 1));
    for (int round = 1; round <= 4; round++) {
      store.save(checkpoint(Phase.ADVERSARIAL, round));
    }
    assertThat(names())
        .containsExactly(
            "generator-pretraining-000004",
            "discriminator-pretraining-000001",
            "adversarial-000003",
            "adversarial-000004");
  }

  @Test
  void keepsTheBestWhateverItsAge() {
    CheckpointStore store = store(1);
    Position best = new Position(Phase.ADVERSARIAL, 1);
    for (int round = 1; round <= 4; round++) {
      store.save(checkpoint(Phase.ADVERSARIAL, round), Set.of(best));
    }
    assertThat(names()).containsExactly("adversarial-000001", "adversarial-000004");
  }

  @Test
  void deletesNothingThatLiesAfterWhatIsSaved() throws IOException {
    store(1).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(1).save(checkpoint(Phase.DISCRIMINATOR_PRETRAINING, 1));
    store(1).save(checkpoint(Phase.ADVERSARIAL, 8));
    assertThat(names())
        .containsExactly(
            "discriminator-pretraining-000001", "adversarial-000008", "adversarial-000009");
  }

  @Test
  void reportsADamagedCheckpointAndTakesTheOneBefore() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    flipLastByte(folder.resolve("adversarial-000010").resolve("generator.safetensors"));
    CheckpointStore.Found latest = store(2).latest();
    assertThat(latest.checkpoint().orElseThrow().step()).isEqualTo(9);
    assertThat(latest.warnings())
        .singleElement()
        .asString()
        .contains("checkpoint adversarial-10 in", "the contents of generator.safetensors")
        .endsWith("; adversarial-9 is used");
  }

  private static void assertKind(Throwable thrown, UserException.Kind kind) {
    assertThat(thrown)
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** The manifest of a checkpoint as a later version of the program may write it. */
  private void makeNewer(String label) throws IOException {
    Path manifest = folder.resolve(label).resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"format\" : 2", "\"format\" : 3"));
    assertThat(Files.readString(manifest)).isNotEqualTo(text);
  }

  @Test
  void doesNotFallBackFromACheckpointOfALaterVersion() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    makeNewer("adversarial-000010");
    assertThatThrownBy(() -> store(2).latest())
        .hasMessageContaining("adversarial-000010")
        .hasMessageContaining("is of format 3, this program knows formats up to 2")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
    assertThatThrownBy(() -> store(2).load("adversarial-10")).hasMessageContaining("format 3");
    assertThat(store(2).load("adversarial-9").step()).isEqualTo(9);
  }

  @Test
  void knowsOneOfALaterVersionAmongOthers() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    store(2).requireKnown();
    makeNewer("adversarial-000009");
    assertThatThrownBy(() -> store(2).requireKnown())
        .hasMessageContaining("adversarial-000009")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void doesNotPassOverACheckpointOfAPhaseThatItDoesNotKnow() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Files.createDirectory(folder.resolve("mediator-000001"));
    assertThat(store(2).latest().checkpoint()).isPresent();
    Files.writeString(folder.resolve("mediator-000001").resolve("manifest.json"), "{}");
    assertThatThrownBy(() -> store(2).latest())
        .hasMessageContaining(
            "mediator-000001 is a checkpoint of a phase that this program does not")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void refusesWhereEveryCheckpointIsDamaged() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 10));
    flipLastByte(folder.resolve("adversarial-000010").resolve("generator.safetensors"));
    Files.writeString(folder.resolve("adversarial-000009").resolve("manifest.json"), "");
    assertThatThrownBy(() -> store(2).latest())
        .hasMessageStartingWith("no checkpoint is whole: checkpoint adversarial-10 in")
        .hasMessageContaining("checkpoint adversarial-9 in")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void readsTheManifestsOfTheFormatBefore() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Path manifest = folder.resolve("adversarial-000009").resolve("manifest.json");
    ObjectNode node = Json.parse(Files.readString(manifest));
    node.put("format", 1).remove("manifest-sha256");
    node.put("manifest-sha256", Sha256.of(Json.line(node).getBytes(UTF_8)));
    Files.writeString(manifest, Json.pretty(node));
    Checkpoint found = store(2).load("adversarial-9");
    assertThat(weight(found, "generator")).isEqualTo(9f);
    assertThat(found.recipe()).isEmpty();
  }

  @Test
  void keepsWhatARunWasMadeWith() {
    Recipe recipe =
        new Recipe(
            "1.2",
            "ab",
            Map.of("seed", "7"),
            List.of(new InstalledJar(List.of("task dna"), "dna.jar", "2.0", "cd")));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9).with(recipe));
    assertThat(store(2).load("adversarial-9").recipe()).contains(recipe);
  }

  @Test
  void noticesATruncatedFile() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Path file = folder.resolve("adversarial-000009").resolve("generator.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatThrownBy(() -> store(2).load("adversarial-000009"))
        .hasMessageContaining(
            "expected %d bytes in generator.safetensors, found %d", bytes.length, bytes.length - 4)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA));
  }

  @Test
  void noticesAMissingFile() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Files.delete(folder.resolve("adversarial-000009").resolve("discriminator.safetensors"));
    assertThatThrownBy(() -> store(2).load("adversarial-000009"))
        .hasMessageContaining("discriminator.safetensors is missing");
  }

  @Test
  void noticesAChangedDigitInTheState() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Path manifest = folder.resolve("adversarial-000009").resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"draws\" : \"9\"", "\"draws\" : \"8\""));
    assertThat(Files.readString(manifest)).isNotEqualTo(text);
    assertThatThrownBy(() -> store(2).load("adversarial-000009"))
        .hasMessageContaining("the contents of manifest.json");
  }

  @Test
  void noticesACheckpointUnderAnotherName() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Files.move(folder.resolve("adversarial-000009"), folder.resolve("adversarial-000010"));
    assertThatThrownBy(() -> store(2).load("adversarial-000010"))
        .hasMessageContaining("its manifest is that of adversarial-9");
  }

  @Test
  void replacesTheCheckpointOfTheSameStep() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    store(2).save(new Checkpoint(Phase.ADVERSARIAL, 9, Map.of("generator", arrays(-1f)), Map.of()));
    assertThat(weight(store(2).load("adversarial-000009"), "generator")).isEqualTo(-1f);
    assertThat(folder.toFile().list()).containsExactly("adversarial-000009");
  }

  @Test
  void bringsBackWhatAKilledWriterWasAboutToReplace() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Files.move(folder.resolve("adversarial-000009"), folder.resolve("adversarial-000009.old"));
    Files.createDirectory(folder.resolve("adversarial-000009.tmp"));
    new CheckpointFolder(folder).recover();
    assertThat(folder.toFile().list()).containsExactly("adversarial-000009");
    assertThat(store(2).latest().checkpoint().orElseThrow().step()).isEqualTo(9);
  }

  @Test
  void aReaderFindsWhatAKilledWriterWasAboutToReplaceAndChangesNothing() throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Files.move(folder.resolve("adversarial-000009"), folder.resolve("adversarial-000009.old"));
    Files.createDirectory(folder.resolve("adversarial-000009.tmp"));
    assertThat(CheckpointStore.reading(folder).latest().checkpoint().orElseThrow().step())
        .isEqualTo(9);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("adversarial-000009.old", "adversarial-000009.tmp");
  }

  @Test
  void leavesTheEarlierOnesAsTheyWereWhereWritingFails() {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    NamedArrays unwritable =
        new NamedArrays(Map.of("__metadata__", new FloatArray(new int[] {1}, new float[1])));
    Checkpoint next =
        new Checkpoint(Phase.ADVERSARIAL, 10, Map.of("a", arrays(1f), "b", unwritable), Map.of());
    assertThatThrownBy(() -> store(1).save(next)).isInstanceOf(IllegalArgumentException.class);
    assertThat(store(2).latest())
        .satisfies(latest -> assertThat(latest.warnings()).isEmpty())
        .satisfies(latest -> assertThat(latest.checkpoint().orElseThrow().step()).isEqualTo(9));
  }

  /** What goes wrong on a disk after it said that all is written. */
  private interface Spoiling {
    void spoil(Path unfinished) throws IOException;
  }

  static Stream<Arguments> disksThatDoNotHoldWhatTheyWereGiven() {
    Spoiling flips = unfinished -> flipLastByte(unfinished.resolve("generator.safetensors"));
    Spoiling loses = unfinished -> Files.delete(unfinished.resolve("generator.safetensors"));
    Spoiling empties = unfinished -> Files.writeString(unfinished.resolve("manifest.json"), "");
    return Stream.of(
        arguments(flips, "the contents of generator.safetensors are not what was written"),
        arguments(loses, "generator.safetensors is missing"),
        arguments(empties, "expected a JSON object"));
  }

  @ParameterizedTest
  @MethodSource("disksThatDoNotHoldWhatTheyWereGiven")
  void nothingOlderGoesWhereWhatIsReadBackIsNotWhatWasWritten(Spoiling disk, String why) {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 8));
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    CheckpointStore spoilt =
        new CheckpointStore(
            folder,
            1,
            unfinished -> {
              try {
                disk.spoil(unfinished);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    // 10 would push 8 and 9 out, and a second 9 the first.
    for (int step : new int[] {9, 10}) {
      assertThatThrownBy(() -> spoilt.save(checkpoint(Phase.ADVERSARIAL, step)))
          .hasMessageStartingWith("cannot write " + folder)
          .hasMessageContaining("what was read back is not what was written: " + why)
          .hasMessageNotContaining("\n")
          .satisfies(e -> assertKind(e, UserException.Kind.ENVIRONMENT));
      assertThat(names()).containsExactly("adversarial-000008", "adversarial-000009");
      assertThat(store(1).latest().warnings()).isEmpty();
      assertThat(weight(store(1).load("adversarial-9"), "generator")).isEqualTo(9f);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../precious.safetensors",
        "../adversarial-000009/generator.safetensors",
        "/precious.safetensors",
        "sub/generator.safetensors",
        "..\\generator.safetensors",
        "manifest.json",
        "..",
        ""
      })
  void readsNoFileThatIsNotItsModels(String name) throws IOException {
    store(2).save(checkpoint(Phase.ADVERSARIAL, 9));
    Path manifest = folder.resolve("adversarial-000009").resolve("manifest.json");
    ObjectNode node = Json.parse(Files.readString(manifest));
    // What it says of the file is right: nothing but the name gives it away.
    Files.copy(
        folder.resolve("adversarial-000009/generator.safetensors"),
        folder.resolveSibling("precious.safetensors"));
    for (JsonNode entry : node.get("files")) {
      if (entry.get("name").asText().equals("generator")) {
        ((ObjectNode) entry).put("file", name);
      }
    }
    node.remove("manifest-sha256");
    node.put("manifest-sha256", Sha256.of(Json.line(node).getBytes(UTF_8)));
    Files.writeString(manifest, Json.pretty(node));
    assertThatThrownBy(() -> store(2).load("adversarial-9"))
        .hasMessageContaining(
            "expected the file generator.safetensors of model 'generator' in manifest.json, found '"
                + name
                + "'")
        .hasMessageNotContaining("\n")
        .satisfies(e -> assertKind(e, UserException.Kind.DATA));
  }

  @Test
  void saysThatAFolderCannotBeWritten() throws IOException {
    Files.writeString(folder, "a file in the way");
    assertThatThrownBy(() -> store(1).save(checkpoint(Phase.ADVERSARIAL, 1)))
        .hasMessageStartingWith("cannot write " + folder)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT));
  }

  @Test
  void refusesAModelNameThatLeavesTheFolder() {
    assertThatThrownBy(
            () ->
                store(2)
                    .save(
                        new Checkpoint(
                            Phase.ADVERSARIAL, 1, Map.of("../generator", arrays(1f)), Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKillAtAnyMomentLeavesAWholeCheckpoint() throws Exception {
    for (int kill = 0; kill < 4; kill++) {
      Process writer = Child.start(SaveForever.class, folder.toString());
      Child.awaitLine(writer, "saving");
      Thread.sleep(37L * (kill + 1));
      writer.destroyForcibly();
      assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
      new CheckpointFolder(folder).recover();
      CheckpointStore.Found latest = store(1).latest();
      assertThat(latest.warnings()).isEmpty();
      Checkpoint found = latest.checkpoint().orElseThrow();
      assertThat(weight(found, "generator")).isEqualTo((float) found.step());
    }
  }

  /** Saves a checkpoint after the other until it is killed. */
  static final class SaveForever {
    private SaveForever() {}

    public static void main(String[] arguments) {
      CheckpointStore store = new CheckpointStore(Path.of(arguments[0]), 1);
      store.save(checkpoint(Phase.ADVERSARIAL, 0));
      Child.say("saving");
      for (int step = 1; ; step++) {
        // Every step twice, so that replacing is interrupted too.
        store.save(checkpoint(Phase.ADVERSARIAL, step / 2));
      }
    }
  }
}
