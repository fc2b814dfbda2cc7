package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.core.checked.CheckedMetric;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.Spelling;

/** The metrics that can be chosen, with their options. Immutable. */
public final class MetricCatalog {
  private final List<Entry<?>> entries;

  /**
   * A catalogue.
   *
   * @throws UserException if two metrics give a score of one name
   */
  public MetricCatalog(List<Entry<?>> entries) {
    this.entries = List.copyOf(entries);
    Map<String, String> metricOf = new LinkedHashMap<>();
    for (Entry<?> entry : entries) {
      for (String score : entry.scores()) {
        String other = metricOf.put(score, entry.name());
        if (other != null) {
          throw new UserException(
              UserException.Kind.CONFIGURATION,
              "metrics '%s' and '%s' both give a score named '%s'; remove one of the plugins"
                  .formatted(other, entry.name(), score));
        }
      }
    }
  }

  /**
   * A metric with its options.
   *
   * @param provider makes it
   * @param options what it is made with
   */
  public record Entry<O extends Record>(MetricProvider<O> provider, O options) {
    /** Ties a provider to options that are of its type, as whoever bound them knows. */
    public static <O extends Record> Entry<O> of(MetricProvider<O> provider, Record options) {
      return new Entry<>(provider, provider.about().optionsType().cast(options));
    }

    /** The metric's name. */
    public String name() {
      return provider.about().name();
    }

    /** The names of all its scores. */
    public List<String> scores() {
      return PluginOrigin.of(PluginKind.METRIC, provider)
          .call("scores", () -> provider.scores(options));
    }

    private boolean isNamed(String word) {
      return name().equals(word) || scores().contains(word);
    }

    private CheckedMetric create() {
      return CheckedPlugins.metric(provider, options);
    }
  }

  /** All metrics. */
  public List<Entry<?>> entries() {
    return entries;
  }

  /** Every word that {@link #select} knows: all scores, and the metrics that have several. */
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Entry<?> entry : entries) {
      names.add(entry.name());
      names.addAll(entry.scores());
    }
    return List.copyOf(names);
  }

  /**
   * Chooses scores.
   *
   * @param words names of scores, or of metrics for all of their scores
   * @throws UserException if a word is neither; it lists those that are, the nearest first
   */
  public MetricSelection select(List<String> words) {
    Map<Entry<?>, Set<String>> chosen = new LinkedHashMap<>();
    for (String word : words) {
      chosen.computeIfAbsent(entry(word), e -> new LinkedHashSet<>()).addAll(scores(word));
    }
    List<MetricSelection.Chosen> selection = new ArrayList<>();
    chosen.forEach(
        (entry, scores) ->
            selection.add(
                new MetricSelection.Chosen(entry.name(), entry.create(), Set.copyOf(scores))));
    return new MetricSelection(selection);
  }

  /**
   * The scores that {@link #select} chooses, by name.
   *
   * @throws UserException if a word is no name of a score or metric
   */
  public List<String> scores(List<String> words) {
    Set<String> names = new LinkedHashSet<>();
    words.forEach(word -> names.addAll(scores(word)));
    return List.copyOf(names);
  }

  private List<String> scores(String word) {
    List<String> all = entry(word).scores();
    return all.contains(word) ? List.of(word) : all;
  }

  /** The metrics that some words choose from, in the order of the catalogue. */
  public List<Entry<?>> chosen(List<String> words) {
    return entries.stream().filter(entry -> words.stream().anyMatch(entry::isNamed)).toList();
  }

  private Entry<?> entry(String word) {
    return entries.stream()
        .filter(entry -> entry.scores().contains(word))
        .findFirst()
        .or(() -> entries.stream().filter(entry -> entry.isNamed(word)).findFirst())
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.CONFIGURATION,
                    "no metric is named '%s'; known are %s"
                        .formatted(word, String.join(", ", Spelling.closestFirst(word, names())))));
  }
}
