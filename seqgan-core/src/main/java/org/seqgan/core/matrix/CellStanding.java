package org.seqgan.core.matrix;

import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.queue.LeaseRecord;

/**
 * How a cell stands, for whoever looks from outside.
 *
 * @param summary what it came to; waiting, or running, where it has not ended
 * @param holder the process that runs it, as a person would name it; empty where none does
 * @param renewals how often that process has said that it is there; where this does not grow, it is
 *     gone
 * @param progress how far its training is; empty where that has not begun
 */
public record CellStanding(
    CellSummary summary, String holder, long renewals, Optional<CellProgress> progress) {
  static CellStanding of(CellSummary summary) {
    return new CellStanding(summary, "", 0, Optional.empty());
  }

  static CellStanding running(Cell cell, CellFolder folder, Optional<LeaseRecord> record) {
    CellSummary waiting = CellSummary.waiting(cell);
    return new CellStanding(
        new CellSummary(
            cell,
            CellState.RUNNING,
            waiting.failure(),
            seconds(folder),
            waiting.secondsTakenOver(),
            waiting.metrics(),
            waiting.perSequence(),
            waiting.finalScores()),
        record.map(one -> one.holder().name()).orElse("?"),
        record.map(LeaseRecord::count).orElse(0L),
        CellProgress.of(folder));
  }

  /** What its processes wrote down, unless the folder is just being moved. */
  private static double seconds(CellFolder folder) {
    try {
      return folder.seconds();
    } catch (UserException e) {
      return 0;
    }
  }
}
