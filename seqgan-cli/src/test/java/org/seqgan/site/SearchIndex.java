package org.seqgan.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What the search looks through: the sections of all pages, and the types of the API. It is a
 * script that defines a constant, because a page that is opened from a disk may not read a file.
 */
final class SearchIndex {
  /** Where it stands on the site. */
  static final String FILE = "search-index.js";

  private final List<List<String>> entries = new ArrayList<>();

  /** Adds every section of a page. */
  void add(Page page) {
    for (Page.Section section : page.sections()) {
      String id = section.id().isEmpty() ? "" : "#" + section.id();
      add(page.title(), section.heading(), Addresses.of(page) + id, section.text());
    }
  }

  /**
   * Adds something to be found.
   *
   * @param page where it belongs
   * @param heading what it is called
   * @param address from the root of the site
   * @param text what is said there
   */
  void add(String page, String heading, String address, String text) {
    entries.add(List.of(page, heading, address, text));
  }

  String script() throws JsonProcessingException {
    return "const SEARCH_INDEX = " + new ObjectMapper().writeValueAsString(entries) + ";\n";
  }
}
