package org.seqgan.core.model;

import java.util.HashSet;
import java.util.List;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.plugin.Option;

/** Options of discriminator {@code cnn}; the defaults are the paper's. */
public record CnnOptions(
    @Option(description = "width of the token embedding", defaultValue = "64", min = 1, max = 65536)
        int embeddingSize,
    @Option(
            description =
                "tokens that a filter covers, for each kind of filter; at most task.sequence-length",
            defaultValue = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20]",
            min = 1)
        List<Integer> filterWidths,
    @Option(
            description = "how many filters of each width",
            defaultValue = "[100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160]",
            min = 1)
        List<Integer> filterCounts,
    @Option(
            description = "probability with which dropout keeps a feature",
            defaultValue = "0.75",
            min = 0.01,
            max = 1)
        float keep,
    @Option(description = "L2 penalty on the output layer", defaultValue = "0.2", min = 0)
        float l2) {

  /** Filters of all widths at which the square of their number is what one parameter may have. */
  private static final int MOST_FILTERS = 23_170;

  /** Checks that every width has one count, and that the filters are not too many. */
  public CnnOptions {
    if (filterWidths.isEmpty() || filterWidths.size() != filterCounts.size()) {
      throw new IllegalArgumentException(
          "filter-widths and filter-counts must have as many entries as each other, at least one; found "
              + filterWidths.size()
              + " and "
              + filterCounts.size());
    }
    if (new HashSet<>(filterWidths).size() != filterWidths.size()) {
      throw new IllegalArgumentException("filter-widths names a width twice: " + filterWidths);
    }
    long filters = filterCounts.stream().mapToLong(Integer::longValue).sum();
    if (filters > MOST_FILTERS) {
      throw new IllegalArgumentException(
          "filter-counts has %,d filters in all, expected at most %,d: the highway layer has the square of their number"
              .formatted(filters, MOST_FILTERS));
    }
    for (int i = 0; i < filterWidths.size(); i++) {
      long weights = ArraySize.times(filterWidths.get(i), embeddingSize, filterCounts.get(i));
      if (weights > ParameterSpec.MOST_NUMBERS) {
        throw new IllegalArgumentException(
            "%,d filters of width %,d over an embedding of %,d have %,d weights, expected at most %,d"
                .formatted(
                    filterCounts.get(i),
                    filterWidths.get(i),
                    embeddingSize,
                    weights,
                    ParameterSpec.MOST_NUMBERS));
      }
    }
  }
}
