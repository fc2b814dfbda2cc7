package org.seqgan.core.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.core.io.Json;

/**
 * What the server does not have yet, cut into requests of the size that MLflow takes: of a request
 * 1,000 entries and a megabyte, of a parameter's text 6,000 bytes, of a tag's 5,000. While the
 * server is away it grows up to a limit, and then loses the oldest figures. For one thread.
 */
final class Backlog {
  /** How many figures may wait. */
  static final int MOST_METRICS = 50_000;

  private static final int METRICS_PER_BATCH = 800;
  private static final int TEXTS_PER_BATCH = 50;
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_PARAMETER = 6000;
  private static final int LONGEST_TAG = 5000;

  private final Deque<ObjectNode> metrics = new ArrayDeque<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<String> cut = new ArrayList<>();
  private final Set<String> everCut = new HashSet<>();
  private long lost;

  /** Adds a figure; {@code time} is in milliseconds since 1970. */
  void metric(String name, double value, long step, long time) {
    if (metrics.size() == MOST_METRICS) {
      metrics.remove();
      lost++;
    }
    ObjectNode metric = Json.put(Json.object().put("key", key(name)), "value", value);
    metrics.add(metric.put("timestamp", time).put("step", step));
  }

  void parameter(String name, String value) {
    parameters.put(key(name), within(LONGEST_PARAMETER, name, value));
  }

  void tag(String name, String value) {
    tags.put(key(name), within(LONGEST_TAG, name, value));
  }

  /** MLflow has names of letters, digits and a few signs. */
  private static String key(String name) {
    String allowed = name.replaceAll("[^A-Za-z0-9_. :/-]", "_");
    return allowed.substring(0, Math.min(LONGEST_KEY, allowed.length()));
  }

  private String within(int most, String name, String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length <= most) {
      return value;
    }
    if (everCut.add(name)) {
      cut.add(name);
    }
    int end = value.length();
    int bytes = most;
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      bytes -= Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (bytes < 0) {
        end = at;
        break;
      }
      at += Character.charCount(point);
    }
    return value.substring(0, end);
  }

  /** Names of texts that were too long for the first time, since this was last asked. */
  List<String> takeCut() {
    List<String> taken = List.copyOf(cut);
    cut.clear();
    return taken;
  }

  /** How many figures were lost because too many waited. */
  long lost() {
    return lost;
  }

  boolean isEmpty() {
    return metrics.isEmpty() && parameters.isEmpty() && tags.isEmpty();
  }

  /** How many figures wait. */
  int metrics() {
    return metrics.size();
  }

  /** What fits into one request; it stays here until {@link #delivered}. */
  ObjectNode next(String run) {
    ObjectNode batch = Json.object().put("run_id", run);
    ArrayNode figures = batch.putArray("metrics");
    metrics.stream().limit(METRICS_PER_BATCH).forEach(figures::add);
    put(batch.putArray("params"), parameters);
    put(batch.putArray("tags"), tags);
    return batch;
  }

  private static void put(ArrayNode array, Map<String, String> texts) {
    texts.entrySet().stream()
        .limit(TEXTS_PER_BATCH)
        .forEach(
            entry -> array.addObject().put("key", entry.getKey()).put("value", entry.getValue()));
  }

  /** Forgets what the last {@link #next} gave. */
  void delivered() {
    remove(metrics, METRICS_PER_BATCH);
    remove(parameters.entrySet(), TEXTS_PER_BATCH);
    remove(tags.entrySet(), TEXTS_PER_BATCH);
  }

  private static void remove(Collection<?> all, int most) {
    Iterator<?> entries = all.iterator();
    for (int i = 0; i < most && entries.hasNext(); i++) {
      entries.next();
      entries.remove();
    }
  }
}
