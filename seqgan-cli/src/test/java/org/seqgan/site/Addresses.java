package org.seqgan.site;

import java.nio.file.Path;

/** Where pages stand on the site: where they stand in the checkout, as HTML. */
final class Addresses {
  private Addresses() {}

  /** The address of a page: {@code docs/README.md} is {@code docs/index.html}. */
  static String of(Page page) {
    return page.path().replaceFirst("README\\.md$", "index.md").replaceFirst("\\.md$", ".html");
  }

  /** How a page links to an address. */
  static String from(Page page, String address) {
    Path folder = Path.of("/" + page.path()).getParent();
    return folder.relativize(Path.of("/" + address)).toString().replace('\\', '/');
  }

  /** How a page links to the root of the site: {@code ""}, {@code "../"}, {@code "../../"}. */
  static String root(Page page) {
    return "../".repeat(Path.of(page.path()).getNameCount() - 1);
  }
}
