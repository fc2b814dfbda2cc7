package org.seqgan.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param path where it lies below the root of the checkout, such as {@code docs/data.md}
 * @param document what is in it
 * @param headings its headings in their order, with the names by which links reach them
 */
record Page(String path, Node document, Map<Heading, String> headings) {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  /**
   * A link or a picture.
   *
   * @param line counted from 1
   * @param target as it is written
   * @param text what a reader sees of it
   */
  record Reference(int line, String target, String text) {}

  /**
   * What stands below one heading, down to the next one.
   *
   * @param heading empty above the first heading
   * @param id the name of the heading; empty for the page's title and above it
   * @param text without marks
   */
  record Section(String heading, String id, String text) {}

  /** Reads a page. */
  static Page of(String path, String markdown) {
    Node document = PARSER.parse(markdown);
    HeadingIds ids = new HeadingIds();
    Map<Heading, String> headings = new LinkedHashMap<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            headings.put(heading, ids.next(PlainText.of(heading)));
          }
        });
    return new Page(path, document, headings);
  }

  /** Its first heading, or its path where it has none. */
  String title() {
    return headings.keySet().stream().findFirst().map(PlainText::of).orElse(path);
  }

  /** Links and pictures, in their order. */
  List<Reference> references() {
    return references(document);
  }

  /** Links and pictures in a part of a page, in their order. */
  static List<Reference> references(Node part) {
    List<Reference> references = new ArrayList<>();
    part.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            add(link, link.getDestination());
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            add(image, image.getDestination());
          }

          private void add(Node node, String target) {
            int line = node.getSourceSpans().get(0).getLineIndex() + 1;
            references.add(new Reference(line, target, PlainText.of(node)));
          }
        });
    return references;
  }

  /** Pieces of HTML in it, which pages do without: GitHub drops what it does not know. */
  List<String> html() {
    List<String> pieces = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(HtmlInline html) {
            pieces.add(html.getLiteral());
          }

          @Override
          public void visit(HtmlBlock html) {
            pieces.add(html.getLiteral());
          }
        });
    return pieces;
  }

  /** The page cut at its headings. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    String heading = "";
    String id = "";
    StringBuilder text = new StringBuilder();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading next) {
        add(sections, heading, id, text);
        heading = PlainText.of(next);
        id = next.getLevel() == 1 ? "" : headings.getOrDefault(next, "");
        text.setLength(0);
      } else {
        text.append(PlainText.of(node)).append(' ');
      }
    }
    add(sections, heading, id, text);
    return sections;
  }

  private static void add(List<Section> sections, String heading, String id, StringBuilder text) {
    if (!heading.isEmpty() || text.length() > 0) {
      sections.add(new Section(heading, id, text.toString().strip()));
    }
  }
}
