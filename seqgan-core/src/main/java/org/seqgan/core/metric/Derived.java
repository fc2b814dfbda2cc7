package org.seqgan.core.metric;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.seqgan.api.data.Sequences;

/**
 * What metrics and rewards compute of the same data again and again, such as counted references:
 * once for all that want the same of it, at every evaluation, for as long as the data are in use.
 *
 * @param <T> what it is; immutable
 */
public interface Derived<T> {
  /**
   * Computes it. Two that are equal compute the same of the same data, so records implement this.
   */
  T compute(Sequences data);

  /**
   * What is computed of some data, kept from an earlier call where there was one. Thread-safe.
   *
   * @param data recognised by identity
   */
  static <T> T of(Sequences data, Derived<T> derived) {
    @SuppressWarnings("unchecked") // Only this puts anything there: under what computed it.
    T value =
        (T)
            Kept.OF_DATA
                .get(data, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(derived, missing -> missing.compute(data));
    return value;
  }

  /** What was computed so far. */
  final class Kept {
    /** A task has three sets; several tasks are open at a time only in tests. */
    private static final int MOST_SETS = 16;

    private static final Cache<Sequences, Map<Derived<?>, Object>> OF_DATA =
        Caffeine.newBuilder().weakKeys().maximumSize(MOST_SETS).build();

    private Kept() {}
  }
}
