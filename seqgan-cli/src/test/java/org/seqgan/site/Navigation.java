package org.seqgan.site;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * The list of pages beside every page: what {@code docs/README.md} lists, under its headings.
 *
 * @param groups in the order of that page
 */
record Navigation(List<Group> groups) {
  private static final String INDEX = "docs/README.md";

  /** Pages under one heading. */
  record Group(String title, List<Entry> entries) {}

  /** A page and what it is called in the list. */
  record Entry(Page page, String text) {}

  static Navigation of(Pages pages) {
    Page index = pages.get(INDEX);
    List<Group> groups = new ArrayList<>();
    for (Node node = index.document().getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 2) {
        groups.add(new Group(PlainText.of(heading), new ArrayList<>()));
      } else if (!groups.isEmpty()) {
        List<Entry> entries = groups.get(groups.size() - 1).entries();
        for (Page.Reference link : Page.references(node)) {
          Pages.target(index, link.target())
              .filter(target -> target.id().isEmpty())
              .flatMap(pages::page)
              .ifPresent(page -> entries.add(new Entry(page, capital(link.text()))));
        }
      }
    }
    return new Navigation(List.copyOf(groups));
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
