package org.seqgan.cli.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code libraries.txt}: what is shipped, by what it is for. A heading {@code [job | group, group]}
 * names the groups that our poms may ask for the job; below it are those libraries and what they
 * need, each as {@code group:artifact:version[:classifier] licence}. A job has one heading, so a
 * second library for it cannot come in unseen.
 */
final class LibraryList {
  private static final Pattern HEADING = Pattern.compile("\\[(.+?) \\| (.+)]");
  private static final Pattern ENTRY = Pattern.compile("(\\S+:\\S+:\\S+) (\\S+)");

  private final Path file;
  private final List<Section> sections;

  private LibraryList(Path file, List<Section> sections) {
    this.file = file;
    this.sections = List.copyOf(sections);
  }

  /**
   * What one job is done with.
   *
   * @param job what for
   * @param groups the groups of what our poms name themselves
   * @param licences by coordinates, in the order of the file
   */
  record Section(String job, Set<String> groups, Map<String, String> licences) {}

  /**
   * Reads the list.
   *
   * @throws IOException if it cannot be read, or a line is neither heading, entry, comment nor
   *     empty
   */
  static LibraryList read(Path file) throws IOException {
    List<Section> sections = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      Matcher heading = HEADING.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      String found = line;
      if (heading.matches()) {
        found = heading.group(1);
        Set<String> groups = Set.of(heading.group(2).split(", ", -1));
        sections.add(new Section(found, groups, new LinkedHashMap<>()));
      } else if (entry.matches() && !sections.isEmpty()) {
        found = entry.group(1);
        sections.get(sections.size() - 1).licences().put(found, entry.group(2));
      } else if (line.isBlank() || line.startsWith("#")) {
        continue;
      } else {
        throw new IOException(
            "%s:%d: expected '[job | groups]' or 'group:artifact:version licence', found '%s'"
                .formatted(file, number, line));
      }
      if (!seen.add(found)) {
        throw new IOException("%s:%d: '%s' is there twice".formatted(file, number, found));
      }
    }
    return new LibraryList(file, sections);
  }

  /** Its sections, in the order of the file. */
  List<Section> sections() {
    return sections;
  }

  /**
   * The list without one job.
   *
   * @throws IllegalArgumentException if there is no such job
   */
  LibraryList without(String job) {
    List<Section> rest = sections.stream().filter(each -> !each.job().equals(job)).toList();
    if (rest.size() == sections.size()) {
      throw new IllegalArgumentException(file + ": expected the job '" + job + "', found none");
    }
    return new LibraryList(file, rest);
  }

  /** All licences by coordinates, sorted. */
  Map<String, String> licences() {
    Map<String, String> all = new TreeMap<>();
    sections.forEach(section -> all.putAll(section.licences()));
    return all;
  }

  /**
   * What is wrong between this list and what is shipped: a library that is not listed or not
   * shipped, another version, another licence than the pom has, or one that may not be shipped.
   *
   * @return a line each, none where all is well
   */
  List<String> faults(List<Library> shipped) {
    List<String> faults = new ArrayList<>();
    Map<String, String> missing = licences();
    for (Library library : shipped) {
      String coordinates = library.coordinates();
      String listed = missing.remove(coordinates);
      Optional<String> licence = library.licence();
      if (licence.isEmpty()) {
        faults.add(
            "%s: expected a licence among %s, found %s; ship another library, or none"
                .formatted(coordinates, Licences.allowed(), library.licences()));
      } else if (listed == null) {
        faults.add(
            "%s: expected it in %s, found it not; put '%s %s' below what it is for"
                .formatted(coordinates, file, coordinates, licence.get()));
      } else if (!listed.equals(licence.get())) {
        faults.add(
            "%s: expected the licence %s of its pom in %s, found %s"
                .formatted(coordinates, licence.get(), file, listed));
      }
    }
    for (String coordinates : missing.keySet()) {
      faults.add(
          "%s: expected it among what is shipped, found it not; take it out of %s"
              .formatted(coordinates, file));
    }
    return faults;
  }

  /**
   * What our poms ask for beside what their job's heading names.
   *
   * @param asked dependencies that are shipped, by the pom that names them
   * @return a line each, none where all is well
   */
  List<String> secondsForAJob(Map<Path, List<Pom.Dependency>> asked) {
    List<String> faults = new ArrayList<>();
    asked.forEach(
        (pom, dependencies) -> {
          for (Pom.Dependency dependency : dependencies) {
            String name = dependency.group() + ":" + dependency.artifact() + ":";
            for (Section section : sections) {
              boolean here = section.licences().keySet().stream().anyMatch(s -> s.startsWith(name));
              if (here && !section.groups().contains(dependency.group())) {
                faults.add(
                    "%s: %s is there for '%s' by way of another library, which a pom may ask of %s;"
                            .formatted(pom, name, section.job(), section.groups())
                        + " use what there is for the job, or list it under a job of its own");
              }
            }
          }
        });
    return faults;
  }
}
