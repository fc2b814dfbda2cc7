package org.seqgan.cli.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted poms, jars and lists: what the check of the archives must find. */
@DisplayName("A build that would ship something else")
class ThirdPartyTest {
  private static final String LIST =
      """
      # a comment

      [JSON | org.good]
      org.good:json:1.0 Apache-2.0
      org.below:bits:2.0 MIT

      [the backend dl4j | org.cpu]
      org.cpu:fast:3.0:PLATFORM EPL-2.0
      """;

  @TempDir private Path root;
  private Path sources;
  private Library json;
  private Library bits;
  private Library fast;

  @BeforeEach
  void plant() throws IOException {
    sources = Files.createDirectories(root.resolve("seqgan-cli/src/main/third-party"));
    Files.createDirectories(sources.resolve("licences"));
    Files.writeString(sources.resolve("libraries.txt"), LIST);
    Files.writeString(sources.resolve("header.txt"), "What this has\n");
    Files.writeString(sources.resolve("inside.txt"), "libknown.so  BSD-3-Clause\n");
    Files.writeString(sources.resolve("licences/MIT.txt"), "MIT\n");
    Files.writeString(root.resolve("LICENSE"), "Apache\n");
    pom(root.resolve("seqgan-core/pom.xml"), asks("org.good", "json"));
    json = library("org.good", "json", "1.0", "", licence("Apache License, Version 2.0"), "NOTICE");
    bits = library("org.below", "bits", "2.0", "", licence("The MIT License"), "a.class");
    fast =
        library(
            "org.cpu",
            "fast",
            "3.0",
            "linux-x86_64",
            licence("GPL") + licence("Eclipse Public License v2.0"),
            "lib/linux/libknown.so.1");
  }

  @Test
  void isNoOtherThanTheOneListed() throws IOException {
    assertThat(faults(json, bits, fast)).isEmpty();
  }

  @Test
  void hasAVersionThatNobodyListed() throws IOException {
    Library newer = library("org.good", "json", "1.1", "", licence("Apache-2.0"), "a.class");
    assertThat(faults(newer, bits, fast))
        .satisfiesExactlyInAnyOrder(
            fault ->
                assertThat(fault)
                    .contains("put 'org.good:json:1.1 Apache-2.0' below what it is for"),
            fault -> assertThat(fault).startsWith("org.good:json:1.0: expected it among what"));
  }

  @Test
  void hasALicenceThatMayNotBeShipped() throws IOException {
    Library strict =
        library("org.below", "bits", "2.0", "", licence("GNU Affero General Public License"), "a");
    assertThat(faults(json, strict, fast))
        .singleElement()
        .asString()
        .startsWith("org.below:bits:2.0: expected a licence among Apache-2.0, MIT, ")
        .contains("found [GNU Affero General Public License]");
    Library silent = library("org.below", "bits", "2.0", "", "", "a.class");
    assertThat(faults(json, silent, fast)).singleElement().asString().contains("found []");
  }

  @Test
  void hasAnotherLicenceThanIsListed() throws IOException {
    Library moved = library("org.below", "bits", "2.0", "", licence("Apache-2.0"), "a.class");
    assertThat(faults(json, moved, fast))
        .singleElement()
        .asString()
        .contains("expected the licence Apache-2.0 of its pom", "found MIT");
  }

  @Test
  void readsTheLicenceOfAParent() throws IOException {
    String parent =
        "<parent><groupId>org.above</groupId><artifactId>all</artifactId><version>7</version></parent>";
    library("org.above", "all", "7", "", licence("MIT"), "a.class");
    Library below = library("org.below", "bits", "2.0", "", parent, "a.class");
    assertThat(below.licences()).containsExactly("MIT");
  }

  @Test
  void hasASecondLibraryForAJob() throws IOException {
    pom(root.resolve("seqgan-core/pom.xml"), asks("org.below", "bits"));
    assertThat(faults(json, bits, fast))
        .singleElement()
        .asString()
        .startsWith("seqgan-core/pom.xml: org.below:bits: is there for 'JSON'")
        .contains("may ask of [org.good]");
  }

  @Test
  void hasNativeCodeThatNobodyNames() throws IOException {
    Library stuffed =
        library("org.good", "json", "1.0", "", licence("Apache-2.0"), "x/libstranger.so.3");
    assertThat(faults(stuffed, bits, fast))
        .singleElement()
        .asString()
        .startsWith("org.good:json:1.0: expected libstranger.so, which is in it, in inside.txt");
  }

  @Test
  void wasNotTestedOnIt() throws IOException {
    Library newer = library("org.good", "json", "1.1", "", licence("Apache-2.0"), "b.class");
    TestedLibraries tested =
        new TestedLibraries(
            Map.of("seqgan-core", List.of(newer, bits), "seqgan-cli", List.of(bits)));
    assertThat(
            tested.faults(
                Map.of(
                    json.coordinates(), json.jar(),
                    bits.coordinates(), newer.jar(),
                    fast.coordinates(), fast.jar())))
        .satisfiesExactlyInAnyOrder(
            fault ->
                assertThat(fault)
                    .startsWith("seqgan-core: its tests ran on org.good:json:1.1, expected")
                    .contains("org.good:json:1.0"),
            fault -> assertThat(fault).startsWith("seqgan-core: its tests ran on " + bits.jar()),
            fault -> assertThat(fault).startsWith("seqgan-cli: its tests ran on " + bits.jar()),
            fault -> assertThat(fault).startsWith("org.cpu:fast:3.0:PLATFORM: is shipped, but"),
            fault -> assertThat(fault).startsWith("org.good:json:1.0: is shipped, but"));
    assertThat(tested.faults(Map.of(bits.coordinates(), bits.jar()))).isEmpty();
  }

  @Test
  void findsWhatTestsRanOnInTheirReports() throws IOException {
    Path report = root.resolve("seqgan-core/target/surefire-reports/TEST-a.xml");
    Files.createDirectories(report.getParent());
    Files.writeString(
        report,
        "<property name=\"surefire.test.class.path\" value=\"%s\"/>"
            .formatted(root + java.io.File.pathSeparator + bits.jar()));
    assertThat(TestedLibraries.read(root).byModule())
        .isEqualTo(Map.of("seqgan-core", List.of(bits)));
  }

  @Test
  void saysInEachArchiveWhatIsInIt() throws IOException {
    Path bill = root.resolve("bill.json");
    Files.writeString(
        bill,
        """
        {"metadata": {"component": {"bom-ref": "cli"}},
         "components": [
          {"group": "org.seqgan", "name": "seqgan-backend-dl4j", "version": "1", "bom-ref": "dl4j"},
          {"group": "org.good", "name": "json", "version": "1.0", "bom-ref": "json",
           "hashes": [{"alg": "SHA-256", "content": "ab"}], "purl": "pkg:maven/a/b@1.0?type=jar"},
          {"group": "org.below", "name": "bits", "version": "2.0", "bom-ref": "bits"},
          {"group": "org.cpu", "name": "fast", "version": "3.0", "bom-ref": "fast",
           "hashes": [{"alg": "SHA-256", "content": "cd"}],
           "purl": "pkg:maven/a/b@3.0?classifier=linux-x86_64&type=jar"}],
         "dependencies": [
          {"ref": "cli", "dependsOn": ["dl4j", "json"]},
          {"ref": "dl4j", "dependsOn": ["fast"]}]}
        """);
    Path out = root.resolve("out");
    new ThirdParty(root).write(List.of(json, bits, fast), bill, out);
    assertThat(bill).as("the next build makes its own, or has none").doesNotExist();

    Path all = out.resolve("archive");
    assertThat(all.resolve("third-party/THIRD-PARTY.txt"))
        .content()
        .startsWith("What this has\n\nJSON\n  org.good:json:1.0  Apache-2.0\n")
        .contains("org.cpu:fast:3.0:PLATFORM  EPL-2.0")
        .endsWith("libknown.so  BSD-3-Clause\n");
    assertThat(all.resolve("third-party/json/NOTICE")).exists();
    assertThat(all.resolve("third-party/licences/Apache-2.0.txt")).content().isEqualTo("Apache\n");
    assertThat(BillOfMaterials.read(all.resolve("sbom.cdx.json")).hashes())
        .isEqualTo(Map.of("org.good:json:1.0", "ab", "org.cpu:fast:3.0:PLATFORM", "cd"));

    Path gpu = out.resolve("archive-gpu");
    assertThat(gpu.resolve("third-party/THIRD-PARTY.txt")).content().doesNotContain("org.cpu");
    assertThat(gpu.resolve("sbom.cdx.json"))
        .content()
        .contains("org.good", "\"cli\"")
        .doesNotContain("org.cpu", "dl4j", "fast");
  }

  @Test
  void refusesALineOfTheListThatItDoesNotUnderstand() throws IOException {
    Path list = root.resolve("list.txt");
    Files.writeString(list, "[JSON]\n");
    assertThatThrownBy(() -> LibraryList.read(list))
        .hasMessageContaining("list.txt:1: expected '[job | groups]'");
    Files.writeString(list, "[JSON | a]\na:b:1 MIT\n[JSON | c]\n");
    assertThatThrownBy(() -> LibraryList.read(list))
        .hasMessageContaining("list.txt:3: 'JSON' is there twice");
  }

  private List<String> faults(Library... libraries) throws IOException {
    return new ThirdParty(root).faults(List.of(libraries));
  }

  private static String licence(String name) {
    return "<licenses><license><name>" + name + "</name></license></licenses>";
  }

  private static String asks(String group, String artifact) {
    return ("<dependencies><dependency><groupId>%s</groupId><artifactId>%s</artifactId></dependency>"
            + "<dependency><groupId>org.cpu</groupId><artifactId>fast</artifactId>"
            + "<scope>test</scope></dependency></dependencies>")
        .formatted(group, artifact);
  }

  private static void pom(Path file, String inside) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "<?xml version=\"1.0\"?>\n<project xmlns=\"a\">" + inside + "</project>\n");
  }

  /** A library in a repository below the root, whose jar has one entry. */
  private Library library(
      String group, String artifact, String version, String classifier, String inside, String entry)
      throws IOException {
    Path folder =
        root.resolve("repository")
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version);
    String stem = artifact + "-" + version;
    pom(folder.resolve(stem + ".pom"), "<groupId>" + group + "</groupId>" + inside);
    Path jar = folder.resolve(stem + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return LocalRepository.library(jar).orElseThrow();
  }
}
