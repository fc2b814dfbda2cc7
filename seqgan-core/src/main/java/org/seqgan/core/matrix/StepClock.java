package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Measures what a step of training takes from a part of one, evaluation excluded. What comes before
 * the first batch, such as sampling negatives, is paid once in a step; the rest grows with the
 * fraction that is done. Medians, because the first batches of a virtual machine are slow.
 */
final class StepClock implements TrainingListener {
  private final LongSupplier nanoTime;
  private final List<Double> leads = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private int step;
  private double firstFraction = 1;
  private double lastFraction;
  private long mark;

  StepClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.mark = nanoTime.getAsLong();
  }

  @Override
  public void on(TrainingEvent event) {
    long now = nanoTime.getAsLong();
    if (event instanceof TrainingEvent.Progress progress) {
      double seconds = (now - mark) / 1e9;
      if (progress.step() != step) {
        step = progress.step();
        firstFraction = progress.fraction();
        leads.add(seconds);
      } else if (progress.fraction() > lastFraction) {
        rates.add(seconds / (progress.fraction() - lastFraction));
      }
      lastFraction = progress.fraction();
    }
    mark = now;
  }

  /** Whether there is anything to judge by. */
  boolean hasSeenWork() {
    return !leads.isEmpty();
  }

  /** What a whole step is expected to take. */
  double secondsPerStep() {
    double lead = median(leads);
    double rate = rates.isEmpty() ? lead / firstFraction : median(rates);
    return lead + (1 - firstFraction) * rate;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
