package org.seqgan.core.workbench;

import java.nio.file.Path;

/**
 * A survey: a page with a key beside it.
 *
 * @param id tells it from all others, and stays the same
 * @param root the folder that was searched, as it was given
 * @param page the page that judges fill in
 * @param survey the id that its key and its answers have
 * @param answers how many files of answers to it lie beside it
 */
public record SurveySummary(String id, Path root, Path page, String survey, int answers) {
  /** The name of the page, without its ending. */
  public String name() {
    return String.valueOf(page.getFileName()).replaceFirst("\\.html$", "");
  }

  /** The page from the root on. */
  public String path() {
    return root.relativize(page).toString();
  }
}
