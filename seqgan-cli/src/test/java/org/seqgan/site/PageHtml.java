package org.seqgan.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page as HTML: its text, with links to pages turned into links to their HTML, in a frame with
 * the list of pages and the search.
 *
 * @param pages all pages, for the links
 * @param navigation the list beside each
 * @param frame HTML with {@code @name@} where something belongs
 * @param version of the program, shown on top
 */
record PageHtml(Pages pages, Navigation navigation, String frame, String version) {
  private static final String API = "api/index.html";

  /**
   * The whole page.
   *
   * @param hasApi whether the site has javadoc to link to
   */
  String of(Page page, boolean hasApi) {
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .attributeProviderFactory(
                context -> (node, tag, attributes) -> attributes(page, node, attributes))
            .build();
    return frame
        .replace("@title@", escape(page.title()))
        .replace("@version@", escape(version))
        .replace("@root@", Addresses.root(page))
        .replace("@navigation@", navigation(page, hasApi))
        .replace("@content@", renderer.render(page.document()));
  }

  private void attributes(Page page, Node node, Map<String, String> attributes) {
    if (node instanceof Heading heading) {
      attributes.put("id", page.headings().getOrDefault(heading, ""));
    } else if (node instanceof Link link) {
      Optional<Pages.Target> target = Pages.target(page, link.getDestination());
      target
          .flatMap(pages::page)
          .ifPresent(
              linked ->
                  attributes.put(
                      "href",
                      Addresses.from(page, Addresses.of(linked)) + fragment(target.get().id())));
    }
  }

  private static String fragment(String id) {
    return id.isEmpty() ? "" : "#" + id;
  }

  private String navigation(Page page, boolean hasApi) {
    StringBuilder html = new StringBuilder();
    List<Map.Entry<Heading, String>> parts =
        page.headings().entrySet().stream()
            .filter(heading -> heading.getKey().getLevel() == 2)
            .toList();
    if (parts.size() > 1) {
      html.append("<h2>On this page</h2>\n<ul>\n");
      for (Map.Entry<Heading, String> part : parts) {
        html.append(item("#" + part.getValue(), PlainText.of(part.getKey()), false));
      }
      html.append("</ul>\n");
    }
    for (Navigation.Group group : navigation.groups()) {
      String items =
          group.entries().stream()
              .map(entry -> item(page, entry))
              .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
      html.append("<h2>").append(escape(group.title())).append("</h2>\n").append(items);
    }
    if (hasApi) {
      html.append("<h2>Javadoc</h2>\n<ul>\n");
      html.append(item(Addresses.from(page, API), "All packages", false)).append("</ul>\n");
    }
    return html.toString();
  }

  private static String item(Page page, Navigation.Entry entry) {
    boolean isHere = entry.page().path().equals(page.path());
    return item(Addresses.from(page, Addresses.of(entry.page())), entry.text(), isHere);
  }

  private static String item(String href, String text, boolean isHere) {
    return "<li><a href=\"%s\"%s>%s</a></li>\n"
        .formatted(escape(href), isHere ? " aria-current=\"page\"" : "", escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
