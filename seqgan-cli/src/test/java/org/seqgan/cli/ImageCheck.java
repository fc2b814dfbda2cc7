package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that the profile {@code image} made, unpacked layer by layer and run below a root of
 * its own, as a container runs it, by nothing but the system's own tools.
 */
@DisplayName("The image")
class ImageCheck {
  @TempDir private static Path folder;
  private static Path root;
  private static JsonNode config;

  @BeforeAll
  static void unpack() throws Exception {
    assumeTrue("Linux".equals(System.getProperty("os.name")), "containers are of Linux");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root may change the root folder");
    Path image = Files.createDirectories(folder.resolve("image"));
    Path tar =
        Path.of(System.getProperty("seqgan.root", ".."), "seqgan-cli/target/jib-image.tar")
            .toAbsolutePath();
    assertThat(tar).as("made by mvn -Pimage").isRegularFile();
    tool("tar", "-xf", tar.toString(), "-C", image.toString());
    JsonNode index = new ObjectMapper().readTree(image.resolve("index.json").toFile());
    JsonNode manifest = json(image, index.path("manifests").get(0));
    config = json(image, manifest.path("config"));
    root = Files.createDirectories(folder.resolve("root"));
    for (JsonNode layer : manifest.path("layers")) {
      tool("tar", "-xzf", blob(image, layer).toString(), "-C", root.toString());
    }
    Files.createDirectories(root.resolve("proc"));
  }

  @Test
  void findsItsBackendsAndPlugins() throws Exception {
    Program.Result doctor = run("doctor");
    assertThat(doctor.exitCode()).as(doctor.err()).isZero();
    assertThat(doctor.out())
        .contains("backend dl4j: runs here", "plugin folder: /opt/seqgan/plugins")
        .containsPattern("backend cuda: (runs here|does not run here: no NVIDIA driver)")
        .doesNotContain("is not there", "development");
  }

  @Test
  void trainsAndLeavesItsRunInTheFolderThatItIsGiven() throws Exception {
    List<String> words = new ArrayList<>(TinyRun.train(Path.of("/data/run"), 2, 1, 1));
    words.add("backend=dl4j");
    Program.Result result = run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(root.resolve("data/run/report.html")).exists();
  }

  @Test
  void saysOnWhichTerms() {
    for (String name : List.of("LICENSE", "NOTICE", "third-party/THIRD-PARTY.txt")) {
      assertThat(root.resolve("opt/seqgan").resolve(name)).exists();
    }
  }

  /** As a container runs it: the image's variables and command, and words after it. */
  private static Program.Result run(String... arguments) throws Exception {
    String place = root.toString();
    List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
    words.addAll(
        List.of("sh", "-c", "mount -t proc proc \"$0/proc\" && exec env -i \"$@\"", place));
    config.path("config").path("Env").forEach(each -> words.add(each.asText()));
    words.addAll(List.of("/usr/sbin/chroot", place));
    config.path("config").path("Entrypoint").forEach(each -> words.add(each.asText()));
    words.addAll(List.of(arguments));
    return OtherProgram.run(folder, Map.of(), words.toArray(String[]::new));
  }

  private static JsonNode json(Path image, JsonNode descriptor) throws IOException {
    return new ObjectMapper().readTree(blob(image, descriptor).toFile());
  }

  /** What a descriptor of an OCI layout stands for. */
  private static Path blob(Path image, JsonNode descriptor) {
    return image.resolve("blobs").resolve(descriptor.path("digest").asText().replace(':', '/'));
  }

  private static void tool(String... words) throws Exception {
    Program.Result result = OtherProgram.run(folder, Map.of(), words);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }
}
