package org.seqgan.core.workbench;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a scan found. Immutable.
 *
 * @param version goes up by one where a scan found something else than the one before
 * @param scanned when
 * @param runs by root and path
 * @param matrices by root and path
 * @param surveys by root and path
 * @param remarks what was left out and why, a line each
 */
public record Snapshot(
    long version,
    Instant scanned,
    List<RunSummary> runs,
    List<MatrixSummary> matrices,
    List<SurveySummary> surveys,
    List<String> remarks) {
  /** Before the first scan. */
  static final Snapshot NONE =
      new Snapshot(0, Instant.EPOCH, List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Snapshot {
    runs = List.copyOf(runs);
    matrices = List.copyOf(matrices);
    surveys = List.copyOf(surveys);
    remarks = List.copyOf(remarks);
  }

  /** A run by its id. */
  public Optional<RunSummary> run(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }

  /** A matrix by its id. */
  public Optional<MatrixSummary> matrix(String id) {
    return matrices.stream().filter(matrix -> matrix.id().equals(id)).findFirst();
  }

  /** A survey by its id. */
  public Optional<SurveySummary> survey(String id) {
    return surveys.stream().filter(survey -> survey.id().equals(id)).findFirst();
  }

  /** The ids of what is not as it was in an earlier one: new, gone, or another. */
  public Set<String> changedSince(Snapshot earlier) {
    Map<String, Object> before = earlier.byId();
    Map<String, Object> now = byId();
    Set<String> changed = new TreeSet<>();
    now.forEach(
        (id, value) -> {
          if (!value.equals(before.get(id))) {
            changed.add(id);
          }
        });
    before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(changed::add);
    return changed;
  }

  private Map<String, Object> byId() {
    Map<String, Object> all = new HashMap<>();
    runs.forEach(run -> all.put(run.id(), run));
    matrices.forEach(matrix -> all.put(matrix.id(), matrix));
    surveys.forEach(survey -> all.put(survey.id(), survey));
    return all;
  }

  Snapshot next() {
    return new Snapshot(version + 1, scanned, runs, matrices, surveys, remarks);
  }

  boolean showsTheSameAs(Snapshot other) {
    return Objects.equals(runs, other.runs)
        && Objects.equals(matrices, other.matrices)
        && Objects.equals(surveys, other.surveys)
        && Objects.equals(remarks, other.remarks);
  }
}
