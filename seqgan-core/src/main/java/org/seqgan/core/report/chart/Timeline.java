package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunStatus;

/**
 * The steps of all phases on one line: of the phases behind every step, of the phase under way the
 * steps so far, of the phases ahead nothing.
 *
 * @param spans the phases, in order; at least one
 */
public record Timeline(List<Span> spans) {
  /**
   * A phase.
   *
   * @param offset steps of earlier phases
   * @param steps its own, at least 1
   */
  public record Span(Phase phase, int offset, int steps) {}

  /** The steps of a run, as far as it has come. */
  public static Timeline of(RunContents run) {
    Position reached = run.status().position();
    for (MetricsHistory.Row row : run.history().rows()) {
      reached = row.position().compareTo(reached) > 0 ? row.position() : reached;
    }
    return of(run.status(), reached);
  }

  /**
   * The same of a run whose figures were not read.
   *
   * @param reached how far they go, or the status does
   */
  public static Timeline of(RunStatus status, Position reached) {
    List<Span> spans = new ArrayList<>();
    int offset = 0;
    SortedSet<Phase> phases = new TreeSet<>(status.plan().keySet());
    phases.add(reached.phase());
    for (Phase phase : phases) {
      int steps = steps(status, phase, reached);
      if (steps > 0) {
        spans.add(new Span(phase, offset, steps));
        offset += steps;
      }
    }
    return new Timeline(spans.isEmpty() ? List.of(new Span(reached.phase(), 0, 1)) : spans);
  }

  /** The steps of several runs, each phase as long as the longest of theirs. */
  public static Timeline covering(List<Position> positions) {
    Map<Phase, Integer> longest = new TreeMap<>();
    positions.forEach(position -> longest.merge(position.phase(), position.step(), Integer::max));
    List<Span> spans = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<Phase, Integer> phase : longest.entrySet()) {
      if (phase.getValue() > 0) {
        spans.add(new Span(phase.getKey(), offset, phase.getValue()));
        offset += phase.getValue();
      }
    }
    return new Timeline(
        spans.isEmpty() ? List.of(new Span(Phase.GENERATOR_PRETRAINING, 0, 1)) : spans);
  }

  private static int steps(RunStatus status, Phase phase, Position reached) {
    int order = phase.compareTo(reached.phase());
    Integer planned = status.plan().get(phase);
    boolean finished = status.state() == RunStatus.State.FINISHED;
    if (planned != null && (order < 0 || finished)) {
      return planned;
    }
    return order == 0 ? reached.step() : 0;
  }

  /** Whether a phase is the last of several: what the others prepare. */
  boolean isLast(Span span) {
    return spans.size() > 1 && span.equals(spans.get(spans.size() - 1));
  }

  /** Steps in all. */
  int length() {
    Span last = spans.get(spans.size() - 1);
    return last.offset + last.steps;
  }

  /** Steps before a position. */
  public int at(Position position) {
    int at = 0;
    for (Span span : spans) {
      if (span.phase.equals(position.phase())) {
        return span.offset + position.step();
      }
      if (span.phase.compareTo(position.phase()) < 0) {
        at = span.offset + span.steps;
      }
    }
    return at;
  }
}
