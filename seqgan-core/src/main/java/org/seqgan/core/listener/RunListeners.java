package org.seqgan.core.listener;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * The listeners to a run. They start with training, on {@linkplain ListenerThread threads of their
 * own}; what they say comes back on the thread of training. For that thread alone.
 */
public final class RunListeners implements TrainingListener {
  private static final Duration TO_FINISH = Duration.ofSeconds(RunListener.SECONDS_TO_FINISH);

  private final List<ListenerThread> threads;
  private final Consumer<String> warnings;
  private final Queue<String> said;
  private Map<Phase, Integer> plan = Map.of();

  private RunListeners(
      List<ListenerThread> threads, Queue<String> said, Consumer<String> warnings) {
    this.threads = threads;
    this.said = said;
    this.warnings = warnings;
  }

  /**
   * Listeners to one run; nothing is opened yet.
   *
   * @param chosen with their options
   * @param folder of the run
   * @param name of the run
   * @param configuration every option that is set, as text
   * @param warnings hears, on the thread of training, what a listener has to say or did wrong
   */
  public RunListeners(
      List<PluginChoice<RunListenerProvider<?>>> chosen,
      Path folder,
      String name,
      Map<String, String> configuration,
      Consumer<String> warnings) {
    this(chosen, folder, name, configuration, new ConcurrentLinkedQueue<>(), warnings);
  }

  private RunListeners(
      List<PluginChoice<RunListenerProvider<?>>> chosen,
      Path folder,
      String name,
      Map<String, String> configuration,
      Queue<String> said,
      Consumer<String> warnings) {
    this(
        chosen.stream()
            .map(
                choice ->
                    new ListenerThread(
                        choice.provider().about().name(),
                        choice.provider().getClass().getClassLoader(),
                        warn ->
                            open(
                                choice.provider(),
                                choice.options(),
                                new RunListenerContext(folder, name, configuration, warn)),
                        said::add))
            .toList(),
        said,
        warnings);
  }

  /** Nobody. */
  public static RunListeners none() {
    return new RunListeners(List.of(), new ConcurrentLinkedQueue<>(), message -> {});
  }

  // A provider and its options come as a pair from the registry; the cast ties them together again.
  private static <O extends Record> RunListener open(
      RunListenerProvider<O> provider, Record options, RunListenerContext context)
      throws Exception {
    return provider.open(context, provider.about().optionsType().cast(options));
  }

  @Override
  public void on(TrainingEvent event) {
    if (threads.isEmpty()) {
      return;
    }
    if (event instanceof TrainingEvent.Started started) {
      plan = started.plan();
      threads.forEach(ListenerThread::start);
      send(started(started));
    } else if (event instanceof TrainingEvent.Measured measured) {
      RunEvent.Place at = place(measured.phase(), measured.step());
      send(new RunEvent.Measured(at, measured.values(), measured.seconds()));
    } else if (event instanceof TrainingEvent.Sampled sampled) {
      RunEvent.Place at = place(sampled.phase(), sampled.step());
      send(new RunEvent.Sampled(at, sampled.sequences().stream().map(Shown::text).toList()));
    } else if (event instanceof TrainingEvent.Warned warned && warned.isNews()) {
      RunEvent.Place at = place(warned.phase(), warned.step());
      send(new RunEvent.Warned(at, warned.kind().label(), warned.message(), warned.over()));
    }
    tellWarnings();
  }

  private RunEvent.Started started(TrainingEvent.Started started) {
    Map<String, Integer> steps = new LinkedHashMap<>();
    plan.forEach((phase, count) -> steps.put(phase.label(), count));
    RunEvent.Place at = place(started.resumedPhase(), started.resumedStep());
    return new RunEvent.Started(steps, at, at.overall() > 0 || started.resumedBatch() > 0);
  }

  /** Where a step is in the whole: after all steps of the phases before its own. */
  private RunEvent.Place place(Phase phase, int step) {
    long before =
        plan.entrySet().stream()
            .filter(entry -> entry.getKey().compareTo(phase) < 0)
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new RunEvent.Place(phase.label(), step, before + step);
  }

  private void send(RunEvent event) {
    threads.forEach(thread -> thread.send(event));
  }

  /**
   * Says how training ended, waits {@value RunListener#SECONDS_TO_FINISH} seconds at most until all
   * have finished, and leaves the others behind.
   *
   * @param message why it failed; else empty
   */
  public void end(RunEvent.Outcome outcome, String message) {
    if (plan.isEmpty()) {
      return; // they were not started
    }
    plan = Map.of();
    send(new RunEvent.Ended(outcome, message));
    long deadline = System.nanoTime() + TO_FINISH.toNanos();
    threads.forEach(thread -> thread.finish(deadline));
    tellWarnings();
  }

  private void tellWarnings() {
    for (String message = said.poll(); message != null; message = said.poll()) {
      warnings.accept(message);
    }
  }
}
