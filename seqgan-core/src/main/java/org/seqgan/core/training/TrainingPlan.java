package org.seqgan.core.training;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.core.event.Phase;

/**
 * What a trainer is going to do: its phases, in order.
 *
 * @param phases at least one, each of another name
 * @param reads see {@link TrainerProvider#reads}
 */
public record TrainingPlan(List<PhasePlan> phases, Map<String, Set<String>> reads) {
  /** How the options of the reward begin. */
  public static final String REWARD_OPTIONS = TrainerPart.REWARD.section() + ".";

  /** Copies the collections. */
  public TrainingPlan {
    phases = List.copyOf(phases);
    reads = Map.copyOf(reads);
    Set<String> names = new HashSet<>();
    for (PhasePlan phase : phases) {
      if (!names.add(phase.name())) {
        throw new IllegalArgumentException("two phases are named '" + phase.name() + "'");
      }
    }
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("there is no phase");
    }
  }

  /** How many steps each phase has, in order. */
  public Map<Phase, Integer> steps() {
    Map<Phase, Integer> steps = new LinkedHashMap<>();
    for (int i = 0; i < phases.size(); i++) {
      steps.put(phase(i), phases.get(i).steps());
    }
    return Collections.unmodifiableMap(steps);
  }

  private Phase phase(int order) {
    return new Phase(order, phases.get(order).name());
  }

  /** The first phase. */
  public Phase first() {
    return phase(0);
  }

  /** The last phase: what the others prepare. */
  public Phase last() {
    return phase(phases.size() - 1);
  }

  /** Whether a phase, perhaps of another run, is one of these. */
  public boolean has(Phase phase) {
    return phase.order() < phases.size() && phase(phase.order()).equals(phase);
  }

  /** What is known of a phase. */
  public PhasePlan of(Phase phase) {
    if (!has(phase)) {
      throw new IllegalArgumentException(phase.label() + " is not among " + steps().keySet());
    }
    return phases.get(phase.order());
  }

  /** Whether a phase up to one depends on an option that is not its own, by its key. */
  public boolean isReadUpTo(Phase last, String key) {
    return steps().entrySet().stream()
        .filter(phase -> phase.getValue() > 0 && phase.getKey().compareTo(last) <= 0)
        .flatMap(phase -> reads.getOrDefault(phase.getKey().name(), Set.of()).stream())
        .map(read -> (read.equals(TrainerPart.REWARD.section()) ? "" : "training.") + read + ".")
        .anyMatch((key + ".")::startsWith);
  }

  /** Whether a reward has been asked for by the end of a phase, as far as the trainer says. */
  public boolean asksForRewardsUpTo(Phase phase) {
    return phase.equals(last()) || isReadUpTo(phase, TrainerPart.REWARD.section());
  }

  /** The key of a configuration that says how many steps a phase has. */
  public String stepsKey(Phase phase) {
    return "training." + of(phase).stepsOption();
  }
}
