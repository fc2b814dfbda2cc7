package org.seqgan.core.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.NotationState;
import org.seqgan.core.io.Sha256;
import org.seqgan.core.io.StoredZipWriter;
import org.seqgan.core.run.DurableFiles;

@DisplayName("The file of a model")
class ModelFileTest {
  @TempDir private Path folder;

  static PortableModel model() {
    Provenance provenance =
        new Provenance(
            new Provenance.Data("letters", "0".repeat(64), 10, 2, 3, List.of("made up", "für ♥")),
            Provenance.Licence.of(Optional.of("CC0")),
            Map.of("task.name", "letters", "generator.name", "lstm"),
            -7,
            "adversarial-3",
            Map.of("nll-gen", 1.25, "bad", Double.NaN),
            List.of(new Provenance.Plugin("task", "letters", "1", Optional.of("f".repeat(64)))),
            new Provenance.Build("1", "2"));
    return new PortableModel(
        new NamedArrays(Map.of("w", new FloatArray(new int[] {2, 2}, new float[] {1, -0f, 3, 4}))),
        new Vocabulary(3, 0, OptionalInt.of(0)),
        5,
        new NotationState(List.of("<end>", "a", "\u0000\"♥"), Map.of("case", "keep")),
        new Decoding(0.5f, 3, 0.9f),
        List.of("nll-gen", "bad"),
        provenance);
  }

  private Path written() {
    Path file = folder.resolve("model.seqgan");
    ModelFile.write(file, model(), true);
    return file;
  }

  @Test
  void isReadAsItWasWritten() {
    PortableModel model = model();
    PortableModel read = ModelFile.read(written());
    assertThat(read.weights().arrays())
        .usingRecursiveComparison()
        .isEqualTo(model.weights().arrays());
    assertThat(read.vocabulary()).isEqualTo(model.vocabulary());
    assertThat(read.sequenceLength()).isEqualTo(model.sequenceLength());
    assertThat(read.notation()).isEqualTo(model.notation());
    assertThat(read.decoding()).isEqualTo(model.decoding());
    assertThat(read.metrics()).isEqualTo(model.metrics());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(ModelFile.readProvenance(written())).isEqualTo(model.provenance());
  }

  @Test
  void replacesNothingUnlessItMay() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    assertThatThrownBy(() -> ModelFile.write(file, model(), false))
        .isInstanceOf(UserException.class)
        .hasMessage("%s exists already; name another target, or replace it by --force", file);
    assertThat(file).hasContent("mine");
    assertThatThrownBy(() -> ModelFile.write(folder.resolve("no/such"), model(), false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + folder.resolve("no/such"));
  }

  // ---- wrong files ----

  private static void assertWrong(Path file, String... inTheMessage) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(UserException.Kind.DATA);
              assertThat(e.getMessage())
                  .startsWith(file.toString())
                  .doesNotContain("\n")
                  .contains(inTheMessage);
            });
  }

  /** The entries of a model, by name, to be changed and written again. */
  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(written()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private Path file(Map<String, byte[]> entries) {
    Path file = folder.resolve("changed.seqgan");
    DurableFiles.replace(
        file,
        channel -> {
          StoredZipWriter zip = new StoredZipWriter(channel);
          for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.add(entry.getKey(), out -> out.write(ByteBuffer.wrap(entry.getValue())));
          }
          zip.finish();
        });
    return file;
  }

  /** A model with one text of one entry changed, and the manifest made to agree. */
  private Path changed(String entry, String from, String to) throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] before = entries.get(entry);
    String text = new String(before, UTF_8);
    assertThat(text).contains(from);
    byte[] after = text.replace(from, to).getBytes(UTF_8);
    entries.put(entry, after);
    String manifest = new String(entries.get("manifest.json"), UTF_8);
    manifest = manifest.replace(Sha256.of(before), Sha256.of(after));
    manifest = manifest.replace("\"bytes\" : " + before.length, "\"bytes\" : " + after.length);
    if (!entry.equals("manifest.json")) {
      entries.put("manifest.json", manifest.getBytes(UTF_8));
    }
    return file(entries);
  }

  @Test
  void everyByteThatIsAnotherIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    Path file = folder.resolve("spoilt.seqgan");
    for (int at = 0; at < bytes.length; at++) {
      byte[] spoilt = bytes.clone();
      spoilt[at] ^= 4;
      Files.write(file, spoilt);
      assertThat(catchThrowable(() -> ModelFile.read(file)))
          .as("byte %d", at)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void everyLengthThatIsShorterIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    Path file = folder.resolve("short.seqgan");
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertWrong(file, ": ");
    }
    assertWrong(folder.resolve("nothing.seqgan"), "there is no such file");
    Path folderInItsPlace = folder;
    assertThatThrownBy(() -> ModelFile.read(folderInItsPlace)).isInstanceOf(UserException.class);
  }

  @Test
  void aLaterVersionIsRefusedByName() throws IOException {
    assertWrong(
        changed("manifest.json", "\"format\" : 1", "\"format\" : 2"),
        "the model is of format 2, this program knows formats up to 1: version 2 of it wrote that");
  }

  @Test
  void unknownAndMissingEntriesAreNamed() throws IOException {
    Map<String, byte[]> more = entries();
    more.put("evil.sh", new byte[3]);
    assertWrong(file(more), ", entry evil.sh is unknown");
    Map<String, byte[]> fewer = entries();
    fewer.remove("vocabulary.json");
    assertWrong(file(fewer), ": entry vocabulary.json is missing");
    Map<String, byte[]> none = entries();
    none.remove("manifest.json");
    assertWrong(file(none), "expected a model with an entry manifest.json, found none");
    assertWrong(
        changed("manifest.json", "\"model.json\"", "\"../../etc/passwd\""),
        "entry manifest.json lists '../../etc/passwd', which this program does not know");
    Map<String, byte[]> outside = entries();
    outside.put("../evil.sh", new byte[3]);
    assertWrong(file(outside), "an entry is called '../evil.sh', expected a name without a folder");
  }

  @Test
  void contentsThatAreNotWhatWasWrittenAreNamed() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.get("generator.safetensors")[87] ^= 1;
    assertWrong(
        file(entries), ", entry generator.safetensors: the contents are not what was written");
    entries.put("model.json", "{}".getBytes(UTF_8));
    entries.get("generator.safetensors")[87] ^= 1;
    assertWrong(file(entries), ", entry model.json has 2 bytes, expected ");
  }

  @Test
  void wrongValuesAreNamedWithTheirKeys() throws IOException {
    assertWrong(
        changed("vocabulary.json", "\"size\" : 3", "\"size\" : 3000000"),
        ", entry vocabulary.json: expected the 3000000 tokens of its size, found 3");
    assertWrong(
        changed("vocabulary.json", "\"end-token\" : 0", "\"end-token\" : 3"),
        ", entry vocabulary.json: key 'end-token': expected 0 to 2, found 3");
    assertWrong(
        changed("model.json", "\"sequence-length\" : 5", "\"sequence-length\" : -5"),
        ", entry model.json: key 'sequence-length': expected 1 to ");
    assertWrong(
        changed("model.json", "\"temperature\" : 0.5", "\"temperature\" : 0"),
        ", entry model.json: temperature must be above 0, found 0.0");
    assertWrong(
        changed("provenance.json", "\"seed\" : -7", "\"seed\" : \"x\""),
        ", entry provenance.json: key 'seed': expected a whole number, found \"x\"");
    assertWrong(
        changed("provenance.json", "\"data\" : {", "\"data\" : [{}], \"other\" : {"),
        ", entry provenance.json: key 'data': expected an object, found something else");
    assertWrong(
        changed("generator.safetensors", "\"F32\"", "\"F64\""),
        ", entry generator.safetensors is not a complete safetensors file of float32: array 'w'");
    assertWrong(changed("model.json", "{\n", "{".repeat(100_000) + "\n"), ", entry model.json: ");
  }

  @Test
  void whatIsCompressedIsNeverUnpacked() throws IOException {
    Path bomb = folder.resolve("bomb.seqgan");
    try (OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      for (int i = 0; i < 64; i++) {
        zip.write(new byte[1 << 20]);
      }
      zip.closeEntry();
    }
    assertWrong(bomb, "entry manifest.json is compressed, expected it stored");
  }

  @Test
  void anEntryMayNotBeLargerThanItsKindIs() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("manifest.json", new byte[(1 << 20) + 1]);
    assertWrong(
        file(entries), ", entry manifest.json has 1,048,577 bytes, expected at most 1,048,576");
  }

  @Test
  void randomChangesEndInOneLine() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    RandomStream stream = RandomStream.of(5).split("changes");
    Path file = folder.resolve("random.seqgan");
    for (int i = 0; i < 300; i++) {
      byte[] random = bytes.clone();
      for (int k = 0; k < 1 + stream.nextInt(4); k++) {
        random[random.length - 1 - stream.nextInt(Math.min(random.length, 400))] =
            (byte) stream.nextInt(256);
      }
      Files.write(file, random);
      Throwable thrown = catchThrowable(() -> ModelFile.read(file));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(UserException.class).hasMessageNotContaining("\n");
      }
    }
  }
}
