package org.seqgan.cli.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code package} made, as who has unpacked it finds it. For one thread at a time. */
public final class UnpackedArchive {
  private static final Map<Archive, Path> HOMES = new EnumMap<>(Archive.class);

  private UnpackedArchive() {}

  /** The folder that the build ran in. */
  static Path root() {
    return Path.of(System.getProperty("seqgan.root", "..")).toAbsolutePath().normalize();
  }

  /** The zip. */
  public static Path zip(Archive archive) throws IOException {
    String ending = archive.classifier() + ".zip";
    try (Stream<Path> files = Files.list(target())) {
      List<Path> zips =
          files
              .filter(file -> file.getFileName().toString().endsWith(ending))
              .filter(file -> archive == Archive.GPU || !file.toString().endsWith("-gpu.zip"))
              .toList();
      assertThat(zips).as("archives of %s in %s", archive, target()).hasSize(1);
      return zips.get(0);
    }
  }

  /** The folder with its contents, which a check must not change. */
  public static Path home(Archive archive) throws IOException, InterruptedException {
    Path home = HOMES.get(archive);
    if (home == null) {
      home = unpack(archive);
      HOMES.put(archive, home);
    }
    return home;
  }

  /** Its jars. */
  static List<Path> lib(Archive archive) throws IOException, InterruptedException {
    try (Stream<Path> jars = Files.list(home(archive).resolve("lib"))) {
      return jars.sorted().toList();
    }
  }

  private static Path target() {
    return root().resolve("seqgan-cli/target");
  }

  private static Path unpack(Archive archive) throws IOException, InterruptedException {
    Path folder = target().resolve("unpacked" + archive.classifier());
    ThirdParty.clear(folder);
    Process unzip =
        new ProcessBuilder("unzip", "-q", "-o", zip(archive).toString(), "-d", folder.toString())
            .inheritIO()
            .start();
    assertThat(unzip.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(unzip.exitValue()).isZero();
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findFirst().orElseThrow();
    }
  }
}
