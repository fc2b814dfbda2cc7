package org.seqgan.cli.shipped;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Before the archives are packed: compares what they will ship with {@code libraries.txt}, and
 * writes what tells those who unpack them. A build that would ship something else fails here.
 */
public final class ThirdParty {
  static final String OURS = "org.seqgan";

  /**
   * Native code beside what JavaCPP and JCuda have made of a jar's own sources. Looked for in files
   * of Linux, where archives for others are built.
   */
  private static final Pattern FOREIGN_CODE =
      Pattern.compile("(?:.*/)?((?!libjni|libJ[A-Z])[^/]+\\.so)[.\\d]*");

  private final Path root;
  private final Path sources;
  private final LibraryList list;

  /**
   * @param root the folder of the sources
   * @throws IOException if {@code libraries.txt} cannot be read
   */
  ThirdParty(Path root) throws IOException {
    this.root = root;
    this.sources = root.resolve("seqgan-cli/src/main/third-party");
    this.list = LibraryList.read(sources.resolve("libraries.txt"));
  }

  /**
   * Checks and writes.
   *
   * @param words the folder of the sources, a file with the class path of the program, the bill of
   *     materials (which Maven does not make without a network), and the folder to write to
   */
  public static void main(String[] words) throws IOException {
    ThirdParty thirdParty = new ThirdParty(Path.of(words[0]).toRealPath());
    List<Library> libraries = libraries(Files.readString(Path.of(words[1])));
    List<String> faults = thirdParty.faults(libraries);
    if (!faults.isEmpty()) {
      faults.forEach(fault -> System.err.println("third-party: " + fault));
      System.exit(1);
    }
    thirdParty.write(libraries, Path.of(words[2]), Path.of(words[3]));
  }

  /**
   * Writes what goes into each archive, in a folder of its own.
   *
   * @param libraries all that is shipped
   * @param bill the bill of materials; where there is none, none is written. It is deleted: the
   *     next build makes its own, or has none
   * @param out what was in it before is deleted
   */
  void write(List<Library> libraries, Path bill, Path out) throws IOException {
    clear(out);
    for (Archive archive : Archive.values()) {
      write(archive, libraries, bill, out.resolve(archive.folder()));
    }
    Files.deleteIfExists(bill);
  }

  /** The list of all that is shipped. */
  LibraryList list() {
    return list;
  }

  /** The libraries of others on a class path. */
  static List<Library> libraries(String classPath) throws IOException {
    List<Library> libraries = new ArrayList<>();
    for (String entry : classPath.strip().split(Pattern.quote(File.pathSeparator), -1)) {
      Path jar = Path.of(entry);
      Optional<Library> library =
          Files.isRegularFile(jar) ? LocalRepository.library(jar) : Optional.empty();
      library.filter(each -> !each.group().equals(OURS)).ifPresent(libraries::add);
    }
    return libraries;
  }

  /** All that is wrong with what is shipped, a line each. */
  List<String> faults(List<Library> libraries) throws IOException {
    List<String> faults = new ArrayList<>(list.faults(libraries));
    faults.addAll(list.secondsForAJob(asked()));
    String inside = Files.readString(sources.resolve("inside.txt"));
    for (Library library : libraries) {
      for (String code : foreignCode(library.jar())) {
        if (!inside.contains(code)) {
          faults.add(
              "%s: expected %s, which is in it, in inside.txt with its licence, found it not"
                  .formatted(library.coordinates(), code));
        }
      }
    }
    return faults;
  }

  /** What the poms of our modules ask for that is shipped; the testkit is not in {@code lib/}. */
  private Map<Path, List<Pom.Dependency>> asked() throws IOException {
    Map<Path, List<Pom.Dependency>> asked = new TreeMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path pom : folders.map(each -> each.resolve("pom.xml")).filter(Files::exists).toList()) {
        if (!pom.getParent().endsWith("seqgan-testkit")) {
          asked.put(
              root.relativize(pom),
              Pom.read(pom).dependencies().stream()
                  .filter(each -> !each.scope().equals("test"))
                  .toList());
        }
      }
    }
    return asked;
  }

  private static List<String> foreignCode(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream()
          .map(entry -> FOREIGN_CODE.matcher(entry.getName()))
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .toList();
    }
  }

  private void write(Archive archive, List<Library> all, Path bill, Path out) throws IOException {
    LibraryList shipped = archive.of(list);
    List<Library> libraries =
        all.stream().filter(each -> shipped.licences().containsKey(each.coordinates())).toList();
    new Notices(root, sources).write(out.resolve("third-party"), shipped, libraries);
    if (Files.exists(bill)) {
      List<String> names = libraries.stream().map(Library::name).toList();
      BillOfMaterials.read(bill)
          .only(
              (group, name) ->
                  group.equals(OURS) ? archive.hasModule(name) : names.contains(group + ":" + name))
          .write(out.resolve("sbom.cdx.json"));
    }
  }

  /** Deletes a folder with all that is in it. */
  static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.walk(folder)) {
        for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
