package org.seqgan.core.run;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;

/** Which checkpoint of a run is meant. */
public sealed interface CheckpointChoice {
  /**
   * The checkpoint, or the next best where that is damaged.
   *
   * @return a checkpoint, never none
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none, or one is of a later
   *     version of this program; of kind {@code DATA} where the one that was named is damaged
   */
  CheckpointStore.Found find(RunLayout run);

  /** The words of a command line that choose it. */
  String words();

  /** The newest. */
  record Last() implements CheckpointChoice {
    @Override
    public CheckpointStore.Found find(RunLayout run) {
      CheckpointStore.Found found = CheckpointStore.reading(run.checkpoints()).latest();
      if (found.checkpoint().isEmpty()) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY,
            "%s has no checkpoint yet: let it train longer, or resume it with seqgan train --resume --run %s"
                .formatted(run.root(), run.root()));
      }
      return found;
    }

    @Override
    public String words() {
      return "--last";
    }
  }

  /** The one whose evaluation was the best, by the metric that ranks the run. */
  record Best() implements CheckpointChoice {
    @Override
    public CheckpointStore.Found find(RunLayout run) {
      CheckpointStore store = CheckpointStore.reading(run.checkpoints());
      List<Position> saved = store.positions();
      List<Position> best =
          new Ranking(
                  RunStatus.read(run.status()).description().metrics(),
                  MetricsHistory.read(run.metrics()))
              .bestFirst(saved::contains);
      CheckpointStore.Found found = store.firstWhole(best);
      if (found.checkpoint().isEmpty()) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY,
            "%s has no checkpoint that was evaluated by a metric that has a best value; choose another with --step or --last"
                .formatted(run.root()));
      }
      return found;
    }

    @Override
    public String words() {
      return "--best";
    }
  }

  /**
   * One by its name.
   *
   * @param name a {@link Position#name()} or a {@link Position#label()}
   */
  record Named(String name) implements CheckpointChoice {
    @Override
    public CheckpointStore.Found find(RunLayout run) {
      Checkpoint named = CheckpointStore.reading(run.checkpoints()).load(name);
      return new CheckpointStore.Found(Optional.of(named), List.of());
    }

    @Override
    public String words() {
      return "--step " + name;
    }
  }
}
