package org.seqgan.tasks.music;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.music.song.Keyboard;

/**
 * The mean over samples x of min over test sequences y of (1/T) sum over t of (x_t - y_t)^2, in
 * squared semitones. A rest is an octave away from every key. Defined here: the paper reports a
 * mean squared error of music without saying of what. It needs keys as tokens, so it has no score
 * for a task that is not "music" or "midi".
 */
final class TuneMse implements Metric {
  private static final int VERSION = 1;
  private static final int SEMITONES_TO_A_REST = 12;

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    return task instanceof MusicTask music ? List.of(description(music, samples)) : List.of();
  }

  private static ScoreDescription description(MusicTask task, int samples) {
    int references = task.data().test().count();
    return new ScoreDescription(
        new ScoreIdentity(
            TuneMseProvider.NAME,
            "test sequences",
            references,
            "",
            "keys of the piano, %d of %s s each, rests 12 semitones from all"
                .formatted(task.data().sequenceLength(), task.step()),
            VERSION),
        Better.LOWER,
        "mean over %d samples of the squared semitones per token to the nearest of %d test sequences; NOT comparable with the paper's undefined MSE"
            .formatted(samples, references));
  }

  @Override
  public List<Score> measure(MetricInput input) {
    if (!(input.task() instanceof MusicTask music)) {
      return List.of();
    }
    Sequences samples = input.samples();
    if (samples.count() == 0) {
      throw new UserException(
          UserException.Kind.DATA, "metric tune-mse needs at least one sample, found none");
    }
    float[] nearest = new float[samples.count()];
    double sum = 0;
    for (int i = 0; i < nearest.length; i++) {
      double error = (double) nearest(samples, i, music.data().test()) / samples.time();
      nearest[i] = (float) error;
      sum += error;
    }
    return List.of(
        new Score(description(music, nearest.length), sum / nearest.length, Optional.of(nearest)));
  }

  /** The least sum of squares, over all references. */
  private static long nearest(Sequences samples, int sample, Sequences references) {
    long least = Long.MAX_VALUE;
    for (int reference = 0; reference < references.count(); reference++) {
      long sum = 0;
      for (int t = 0; t < samples.time() && sum < least; t++) {
        sum += squared(samples.token(sample, t), references.token(reference, t));
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  private static int squared(int one, int other) {
    boolean oneRests = (one == Keyboard.REST) != (other == Keyboard.REST);
    int distance = oneRests ? SEMITONES_TO_A_REST : one - other;
    return distance * distance;
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.NOT_NEGATIVE;
  }

  @Override
  public StandIn standIn() {
    return StandIn.VALIDATION;
  }
}
