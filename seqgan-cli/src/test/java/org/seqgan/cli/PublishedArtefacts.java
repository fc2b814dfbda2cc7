package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What {@code package} made for a repository: of each module a description and, mostly, a jar. */
public final class PublishedArtefacts {
  static final String GROUP = "org.seqgan";

  private static final Path ROOT =
      Path.of(System.getProperty("seqgan.root", "..")).toAbsolutePath().normalize();

  private PublishedArtefacts() {}

  /** All modules of the build. */
  static List<String> modules() throws IOException {
    Element modules = only(project(ROOT.resolve("pom.xml")), "modules");
    return children(modules, "module").stream().map(Element::getTextContent).toList();
  }

  /** Those of which there is a jar. */
  static List<String> modulesWithJar() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String module : modules()) {
      if (!"pom".equals(text(project(pom(module)), "packaging"))) {
        jars.add(module);
      }
    }
    return jars;
  }

  static String version() throws IOException {
    return text(project(ROOT.resolve("pom.xml")), "version");
  }

  /** The description that goes into a repository, which is not the one that is built with. */
  static Path pom(String module) {
    return target(module).resolve("flattened-pom.xml");
  }

  /**
   * A jar.
   *
   * @param classifier empty, or what it holds: {@code -sources}, {@code -javadoc}
   */
  public static Path jar(String module, String classifier) throws IOException {
    return target(module).resolve(module + "-" + version() + classifier + ".jar");
  }

  static Path sources(String module) {
    return ROOT.resolve(module).resolve("src/main/java");
  }

  static Path examples() {
    return ROOT.resolve("examples");
  }

  private static Path target(String module) {
    return ROOT.resolve(module).resolve("target");
  }

  /** Puts all of them into a repository, where {@code mvn install} would. */
  static void install(Path repository) throws IOException {
    for (String module : modules()) {
      Path folder = repository.resolve(GROUP.replace('.', '/')).resolve(module).resolve(version());
      Files.createDirectories(folder);
      Files.copy(pom(module), folder.resolve(module + "-" + version() + ".pom"));
    }
    for (String module : modulesWithJar()) {
      Path folder = repository.resolve(GROUP.replace('.', '/')).resolve(module).resolve(version());
      Path jar = jar(module, "");
      Files.copy(jar, folder.resolve(jar.getFileName().toString()));
    }
  }

  /** The root of a description. */
  static Element project(Path pom) throws IOException {
    assertThat(pom).as("made by package").exists();
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
      return document.getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom + " is no description of a project", e);
    }
  }

  static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  static Element only(Element parent, String name) {
    List<Element> children = children(parent, name);
    assertThat(children).as("<%s> in <%s>", name, parent.getTagName()).hasSize(1);
    return children.get(0);
  }

  /** The text of an element below others; empty where there is none. */
  static String text(Element parent, String... path) {
    Element element = parent;
    for (String name : path) {
      List<Element> children = children(element, name);
      if (children.isEmpty()) {
        return "";
      }
      element = children.get(0);
    }
    return element.getTextContent().strip();
  }
}
