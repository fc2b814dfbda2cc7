package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What {@code package} made for a repository; the build runs this after it. */
@DisplayName("What is published")
class PublishedArtefactsCheck {
  private static final String OWN_VERSION = "${project.version}";

  @Test
  void saysOfItselfWhatACentralRepositoryAsksFor() throws IOException {
    for (String module : PublishedArtefacts.modules()) {
      Path pom = PublishedArtefacts.pom(module);
      Element project = PublishedArtefacts.project(pom);
      assertThat(PublishedArtefacts.text(project, "groupId")).isEqualTo(PublishedArtefacts.GROUP);
      assertThat(PublishedArtefacts.text(project, "artifactId")).isEqualTo(module);
      assertThat(PublishedArtefacts.text(project, "version"))
          .isEqualTo(PublishedArtefacts.version());
      for (String[] path :
          List.of(
              new String[] {"name"},
              new String[] {"description"},
              new String[] {"url"},
              new String[] {"licenses", "license", "name"},
              new String[] {"licenses", "license", "url"},
              new String[] {"developers", "developer", "name"},
              new String[] {"scm", "url"},
              new String[] {"scm", "connection"})) {
        assertThat(PublishedArtefacts.text(project, path))
            .as("%s of %s", String.join("/", path), module)
            .isNotEmpty();
      }
    }
  }

  @Test
  void isReadWithoutThisBuild() throws IOException {
    for (String module : PublishedArtefacts.modules()) {
      Path pom = PublishedArtefacts.pom(module);
      Element project = PublishedArtefacts.project(pom);
      assertThat(PublishedArtefacts.children(project, "parent")).as(module).isEmpty();
      assertThat(PublishedArtefacts.children(project, "build")).as(module).isEmpty();
      assertThat(PublishedArtefacts.children(project, "repositories")).as(module).isEmpty();
      // The version of a project is its own, and stands in the same file.
      assertThat(Files.readString(pom).replace(OWN_VERSION, "")).as(module).doesNotContain("${");
      for (Element dependency : dependencies(project)) {
        assertThat(PublishedArtefacts.text(dependency, "version"))
            .as("version of %s in %s", PublishedArtefacts.text(dependency, "artifactId"), module)
            .isNotEmpty();
        assertThat(PublishedArtefacts.text(dependency, "scope")).as(module).isNotEqualTo("test");
      }
    }
  }

  @Test
  void hasAListOfVersionsWithEveryJar() throws IOException {
    Element project = PublishedArtefacts.project(PublishedArtefacts.pom("seqgan-bom"));
    Element managed = PublishedArtefacts.only(project, "dependencyManagement");
    List<String> listed = new ArrayList<>();
    for (Element dependency : dependencies(managed)) {
      assertThat(PublishedArtefacts.text(dependency, "groupId"))
          .isEqualTo(PublishedArtefacts.GROUP);
      assertThat(PublishedArtefacts.text(dependency, "version"))
          .isIn(OWN_VERSION, PublishedArtefacts.version());
      listed.add(PublishedArtefacts.text(dependency, "artifactId"));
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(PublishedArtefacts.modulesWithJar());
  }

  /** What is native is of one platform: it would be this machine's for everybody. */
  @Test
  void asksForNativeLibrariesByPlatform() throws IOException {
    Element project = PublishedArtefacts.project(PublishedArtefacts.pom("seqgan-backend-dl4j"));
    assertThat(dependencies(project))
        .noneMatch(dependency -> !PublishedArtefacts.text(dependency, "classifier").isEmpty());
    List<String> platforms = new ArrayList<>();
    List<Element> profiles =
        PublishedArtefacts.children(PublishedArtefacts.only(project, "profiles"), "profile");
    for (Element profile : profiles) {
      String platform = PublishedArtefacts.text(profile, "id");
      platforms.add(platform);
      assertThat(dependencies(profile))
          .hasSize(5)
          .allMatch(
              dependency ->
                  PublishedArtefacts.text(dependency, "classifier").equals(platform)
                      && !PublishedArtefacts.text(dependency, "version").isEmpty());
    }
    assertThat(platforms)
        .containsExactlyInAnyOrder(
            "linux-x86_64", "linux-arm64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");
  }

  @Test
  void isAModuleEachWithPackagesOfItsOwn() throws IOException {
    Map<String, String> owners = new HashMap<>();
    for (String module : PublishedArtefacts.modulesWithJar()) {
      ModuleReference reference =
          ModuleFinder.of(PublishedArtefacts.jar(module, "")).findAll().iterator().next();
      ModuleDescriptor descriptor = reference.descriptor();
      String name =
          PublishedArtefacts.GROUP + module.substring("seqgan".length()).replace('-', '.');
      assertThat(descriptor.name()).isEqualTo(name);
      assertThat(descriptor.packages()).isNotEmpty();
      for (String packageName : descriptor.packages()) {
        assertThat(packageName + ".").as("a package of %s", module).startsWith(name + ".");
        assertThat(owners.put(packageName, module)).as("also in %s", packageName).isNull();
      }
    }
  }

  private static List<Element> dependencies(Element parent) {
    return PublishedArtefacts.children(parent, "dependencies").stream()
        .flatMap(list -> PublishedArtefacts.children(list, "dependency").stream())
        .toList();
  }
}
