package org.seqgan.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All pages of a checkout: those of its root, of {@code docs} and of {@code examples}.
 *
 * @param root the folder of the checkout
 * @param byPath pages by {@link Page#path()}
 */
record Pages(Path root, SortedMap<String, Page> byPath) {
  private static final String README = "README.md";

  /** Where a link of a page leads: a file or folder below the root, and a name in it. */
  record Target(String path, String id) {}

  /** Reads the pages below a folder. */
  static Pages read(Path root) throws IOException {
    SortedMap<String, Page> pages = new TreeMap<>();
    add(pages, root, root, 1);
    add(pages, root, root.resolve("docs"), Integer.MAX_VALUE);
    add(pages, root, root.resolve("examples"), Integer.MAX_VALUE);
    return new Pages(root, Collections.unmodifiableSortedMap(pages));
  }

  private static void add(SortedMap<String, Page> pages, Path root, Path folder, int depth)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (!path.contains("/target/")) {
          pages.put(path, Page.of(path, Files.readString(file)));
        }
      }
    }
  }

  Collection<Page> all() {
    return byPath.values();
  }

  /** A page by its path, which must be there. */
  Page get(String path) {
    Page page = byPath.get(path);
    if (page == null) {
      throw new IllegalArgumentException("there is no page " + path + " in " + root);
    }
    return page;
  }

  /** Where a link leads, or empty if it leaves the checkout ({@code https:}, {@code mailto:}). */
  static Optional<Target> target(Page from, String link) {
    URI uri = URI.create(link);
    if (uri.isAbsolute()) {
      return Optional.empty();
    }
    String id = uri.getFragment() == null ? "" : uri.getFragment();
    if (uri.getPath().isEmpty()) {
      return Optional.of(new Target(from.path(), id));
    }
    String path = URI.create("/" + from.path()).resolve(uri.getPath()).getPath();
    return Optional.of(new Target(path.replaceFirst("^/", "").replaceFirst("/$", ""), id));
  }

  /** The page that a target is or, as of a folder, has: its README. */
  Optional<Page> page(Target target) {
    Page page = byPath.get(target.path());
    return Optional.ofNullable(page != null ? page : byPath.get(target.path() + "/" + README));
  }
}
