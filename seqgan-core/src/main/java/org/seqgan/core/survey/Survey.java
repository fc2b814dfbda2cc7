package org.seqgan.core.survey;

import java.util.List;
import org.seqgan.core.event.Shown;

/**
 * Items to be judged, in the order in which they are shown.
 *
 * @param id tells it from other surveys; says nothing of where items are from
 * @param seed of the choice and the order of the items
 * @param sources where items are from; real data first
 * @param items as many of each source
 * @param remarks what a reader of the result has to know, a line each
 */
public record Survey(
    String id, long seed, List<String> sources, List<Item> items, List<String> remarks) {
  /** The source of real sequences. */
  public static final String REAL = "real";

  /** Copies the lists. */
  public Survey {
    sources = List.copyOf(sources);
    items = List.copyOf(items);
    remarks = List.copyOf(remarks);
  }

  /**
   * An item.
   *
   * @param id on the page; says nothing of where it is from
   * @param source where it is from
   * @param shown what judges see
   */
  public record Item(String id, String source, Shown shown) {}

  /** What says which item is from where. */
  public SurveyKey key() {
    List<SurveyKey.Entry> entries =
        items.stream()
            .map(item -> new SurveyKey.Entry(item.id, item.source, item.shown.text()))
            .toList();
    return new SurveyKey(id, seed, sources, entries, remarks);
  }
}
