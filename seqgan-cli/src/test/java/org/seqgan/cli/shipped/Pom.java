package org.seqgan.cli.shipped;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What is read of a pom: its own words, nothing inherited and nothing replaced. */
final class Pom {
  private final Element project;

  private Pom(Element project) {
    this.project = project;
  }

  /**
   * Reads a pom.
   *
   * @throws IOException if it is not there or no XML; declarations of types are refused
   */
  static Pom read(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Pom(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + ": expected a pom: " + e.getMessage(), e);
    }
  }

  /** What a library is found by. */
  record Coordinates(String group, String artifact, String version) {}

  /** A dependency as it is written; {@code scope} is "compile" where none is. */
  record Dependency(String group, String artifact, String scope) {}

  /** Its group, which may be its parent's. */
  String group() {
    return text(project, "groupId")
        .or(() -> parent().map(Coordinates::group))
        .orElseThrow(() -> new IllegalStateException("a pom without a groupId"));
  }

  /** The pom that it inherits from. */
  Optional<Coordinates> parent() {
    return children(project, "parent").stream()
        .findFirst()
        .map(
            parent ->
                new Coordinates(
                    text(parent, "groupId").orElse(""),
                    text(parent, "artifactId").orElse(""),
                    text(parent, "version").orElse("")));
  }

  /** The names of its licences, or none where it names none. */
  List<String> licences() {
    return children(project, "licenses").stream()
        .flatMap(all -> children(all, "license").stream())
        .map(each -> text(each, "name").or(() -> text(each, "url")).orElse("(no name)"))
        .toList();
  }

  /** What it asks for, without what it only manages. */
  List<Dependency> dependencies() {
    return children(project, "dependencies").stream()
        .flatMap(all -> children(all, "dependency").stream())
        .map(
            each ->
                new Dependency(
                    text(each, "groupId").orElse(""),
                    text(each, "artifactId").orElse(""),
                    text(each, "scope").orElse("compile")))
        .toList();
  }

  private static Optional<String> text(Element parent, String name) {
    return children(parent, name).stream().findFirst().map(each -> each.getTextContent().strip());
  }

  private static List<Element> children(Element parent, String name) {
    NodeList all = parent.getChildNodes();
    return IntStream.range(0, all.getLength())
        .mapToObj(all::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && name.equals(node.getNodeName()))
        .map(Element.class::cast)
        .toList();
  }
}
