package org.seqgan.api.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.plugin.Provider;

/** Makes trainers. Everything but {@link #create} follows from the options alone. */
public interface TrainerProvider<O extends Record> extends Provider<O> {
  /** So many steps are more than anybody waits for. */
  int MANY = 1_000_000;

  /** The phases, in order, those without steps included; at least one, each of another name. */
  List<PhasePlan> phases(O options);

  /**
   * What the steps of a phase depend on besides the options in its own group and in none, by the
   * phase's name: options of later phases, or groups of them, such as {@code
   * adversarial.negatives}, and the {@linkplain TrainerPart#section section} of the reward where a
   * phase before the last asks for rewards. A run that takes a phase over from another one, where
   * these differ, is not what it would be with a phase of its own.
   */
  default Map<String, Set<String>> reads() {
    return Map.of();
  }

  /** The sections of a configuration that it uses. One that it does not use must not be set. */
  Set<TrainerPart> uses();

  /** What each figure of its steps is, in a line, by their names, in order. */
  default Map<String, String> figures() {
    return Map.of();
  }

  /** What it asks of data and memory. */
  TrainerSize size(O options);

  /**
   * Parts of the schedule that can be timed by themselves and add up to the whole. By default the
   * phases; a trainer whose steps take minutes divides them further.
   */
  default List<Excerpt> excerpts(O options) {
    List<PhasePlan> phases = phases(options);
    List<Excerpt> excerpts = new ArrayList<>();
    for (PhasePlan phase : phases) {
      if (phase.steps() > 0) {
        Map<String, String> alone = new LinkedHashMap<>();
        phases.forEach(other -> alone.put(other.stepsOption(), "0"));
        int enough = phase.dependsOnSteps() ? phase.steps() : MANY;
        alone.put(phase.stepsOption(), Integer.toString(enough));
        excerpts.add(new Excerpt(alone, phase.steps()));
      }
    }
    return excerpts;
  }

  /** A new trainer, with its models. */
  Trainer create(TrainerContext context, O options);
}
