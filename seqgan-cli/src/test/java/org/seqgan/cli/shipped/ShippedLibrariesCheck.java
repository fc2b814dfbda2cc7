package org.seqgan.cli.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The archives that {@code package} made; the build runs this after it. */
@DisplayName("What is shipped of others")
class ShippedLibrariesCheck {
  /** Is unpacked into {@code native/}. */
  private static final String NATIVES = "org.jcuda:jcuda-natives";

  /** Names of classes that stand for a jar or a package, and are in many. */
  private static final List<String> IN_MANY = List.of("module-info.class", "package-info.class");

  @ParameterizedTest
  @EnumSource
  void isWhatIsListed(Archive archive) throws Exception {
    assertThat(jars(archive).keySet())
        .containsExactlyInAnyOrderElementsOf(listed(archive).keySet());
  }

  @Test
  void isWhatTestsRanOn() throws Exception {
    TestedLibraries tested = TestedLibraries.read(UnpackedArchive.root());
    assertThat(tested.byModule()).as("modules with reports of tests").containsKey("seqgan-cli");
    assertThat(tested.faults(jars(Archive.ALL))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasABillOfMaterialsThatIsTrue(Archive archive) throws Exception {
    Path bill = UnpackedArchive.home(archive).resolve("sbom.cdx.json");
    assumeTrue(
        !"offline=true".equals(System.getProperty("seqgan.maven")) || Files.exists(bill),
        "CycloneDX makes no bill of materials where Maven is offline");
    assertThat(bill).exists();
    Map<String, String> expected = new TreeMap<>();
    for (Path jar : UnpackedArchive.lib(archive)) {
      expected.put(jar.getFileName().toString(), sha256(jar));
    }
    // The program's own jar is what the bill is of.
    expected.keySet().removeIf(name -> name.startsWith("seqgan-cli-"));
    Map<String, String> hashes = BillOfMaterials.read(bill).hashes();
    hashes.keySet().removeIf(coordinates -> coordinates.startsWith(NATIVES));
    assertThat(hashes.values()).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(Files.readString(bill))
        .as("what two builds could not have alike")
        .doesNotContain("serialNumber", UnpackedArchive.root().toString());
  }

  @ParameterizedTest
  @EnumSource
  void saysOnWhichTerms(Archive archive) throws Exception {
    Path home = UnpackedArchive.home(archive);
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("NOTICE")).exists();
    Path folder = home.resolve("third-party");
    String said = Files.readString(folder.resolve("THIRD-PARTY.txt"));
    for (Map.Entry<String, String> each : listed(archive).entrySet()) {
      assertThat(said).contains(each.getKey() + "  " + each.getValue());
      assertThat(folder.resolve("licences/" + each.getValue() + ".txt")).isNotEmptyFile();
    }
    for (Path jar : UnpackedArchive.lib(archive)) {
      try (ZipFile file = new ZipFile(jar.toFile())) {
        boolean ours = jar.getFileName().toString().startsWith("seqgan-");
        if (ours) {
          assertThat(file.getEntry("META-INF/NOTICE")).as("NOTICE in %s", jar).isNotNull();
          assertThat(file.getEntry("META-INF/LICENSE")).as("LICENSE in %s", jar).isNotNull();
        } else if (file.getEntry("META-INF/NOTICE") != null) {
          String name = jar.getFileName().toString().replaceFirst("-\\d.*", "");
          assertThat(folder.resolve(name).resolve("NOTICE")).exists();
        }
      }
    }
  }

  @Test
  void hasNoClassTwice() throws Exception {
    Map<String, List<String>> places = new HashMap<>();
    for (Path jar : UnpackedArchive.lib(Archive.ALL)) {
      try (ZipFile file = new ZipFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/versions/"))
            .filter(name -> IN_MANY.stream().noneMatch(name::endsWith))
            .forEach(
                name ->
                    places
                        .computeIfAbsent(name, each -> new ArrayList<>())
                        .add(jar.getFileName().toString()));
      }
    }
    assertThat(places).hasSizeGreaterThan(5000);
    TreeSet<String> twice = new TreeSet<>();
    places.values().stream().filter(jars -> jars.size() > 1).forEach(jars -> twice.add("" + jars));
    assertThat(twice).isEmpty();
  }

  /** Licences of what an archive's {@code lib/} should have, by coordinates. */
  private static Map<String, String> listed(Archive archive) throws IOException {
    Map<String, String> listed =
        archive.of(new ThirdParty(UnpackedArchive.root()).list()).licences();
    listed.keySet().removeIf(coordinates -> coordinates.startsWith(NATIVES));
    return listed;
  }

  /** The jars of others in an archive's {@code lib/}, by coordinates, or by name if not listed. */
  private static Map<String, Path> jars(Archive archive) throws Exception {
    Map<String, String> names = new HashMap<>();
    for (String coordinates : listed(archive).keySet()) {
      names.put(Library.fileOf(coordinates), coordinates);
    }
    Map<String, Path> jars = new TreeMap<>();
    for (Path jar : UnpackedArchive.lib(archive)) {
      String name = Library.fileOfAnyPlatform(jar.getFileName().toString());
      if (!name.startsWith("seqgan-")) {
        jars.put(names.getOrDefault(name, name), jar);
      }
    }
    return jars;
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
