package org.seqgan.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The site of the documentation: every page as HTML, the javadoc, and a search over both. It needs
 * no server and no network; {@code index.html} is opened from the disk.
 *
 * @param target the folder of the site
 * @param version of the program
 */
public record DocumentationSite(Path target, String version) {
  private static final List<String> ASSETS = List.of("site.css", "search.js");
  private static final String API = "api";

  /** Called by the build: the folder of the checkout, that of the site, and the version. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    DocumentationSite site = new DocumentationSite(Path.of(args[1]), args[2]);
    Javadoc javadoc = new Javadoc(site.target().resolve(API));
    javadoc.write(root, site.version());
    site.write(Pages.read(root), Optional.of(javadoc));
  }

  /**
   * Writes all pages, what they show or link to, and the search.
   *
   * @param javadoc that is already there, if there is any
   */
  void write(Pages pages, Optional<Javadoc> javadoc) throws IOException {
    PageHtml html = new PageHtml(pages, Navigation.of(pages), asset("page.html"), version);
    SearchIndex index = new SearchIndex();
    for (Page page : pages.all()) {
      index.add(page);
      put(Addresses.of(page), html.of(page, javadoc.isPresent()));
      copyFiles(pages, page);
    }
    if (javadoc.isPresent()) {
      for (Javadoc.Type type : javadoc.get().types()) {
        index.add("Javadoc", type.name(), API + "/" + type.page(), type.packageName());
      }
    }
    put(SearchIndex.FILE, index.script());
    for (String name : ASSETS) {
      put(name, asset(name));
    }
  }

  /** Copies the files that a page links to and that are no pages: pictures, the licence. */
  private void copyFiles(Pages pages, Page page) throws IOException {
    for (Page.Reference link : page.references()) {
      Optional<Pages.Target> found = Pages.target(page, link.target());
      if (found.isPresent() && pages.page(found.get()).isEmpty()) {
        Path file = pages.root().resolve(found.get().path());
        if (Files.isRegularFile(file)) {
          Path copy = target.resolve(found.get().path());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private void put(String address, String contents) throws IOException {
    Path file = target.resolve(address);
    Files.createDirectories(file.getParent());
    Files.writeString(file, contents);
  }

  private static String asset(String name) throws IOException {
    try (InputStream stream = DocumentationSite.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("there is no " + name + " beside " + DocumentationSite.class);
      }
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
