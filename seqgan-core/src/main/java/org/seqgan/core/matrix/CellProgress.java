package org.seqgan.core.matrix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.RunStatus;

/**
 * How far the training of a cell is.
 *
 * @param phase the phase under way
 * @param step complete steps of it
 * @param total its steps in all
 * @param fraction how much of the whole plan is done, 0 to 1, counting each phase that has steps as
 *     much as any other: a rough measure, because steps of different phases are different work
 */
public record CellProgress(Phase phase, int step, int total, double fraction) {
  /** That of a cell whose run has begun; empty where it has not, or is just being moved. */
  static Optional<CellProgress> of(CellFolder folder) {
    Path status = folder.run().status();
    if (!Files.exists(status)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(RunStatus.read(status)));
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  private static CellProgress of(RunStatus status) {
    Phase phase = status.position().phase();
    int total = status.plan().getOrDefault(phase, 0);
    double phases = 0;
    double done = 0;
    for (Map.Entry<Phase, Integer> entry : status.plan().entrySet()) {
      if (entry.getValue() > 0) {
        phases++;
        if (entry.getKey().compareTo(phase) < 0) {
          done++;
        } else if (entry.getKey().equals(phase)) {
          done += Math.min(1, (status.position().step() + status.fraction()) / total);
        }
      }
    }
    return new CellProgress(
        phase, status.position().step(), total, phases == 0 ? 1 : done / phases);
  }
}
