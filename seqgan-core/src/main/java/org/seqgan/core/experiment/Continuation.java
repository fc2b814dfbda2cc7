package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.registry.InstalledJar;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.Recipe;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunDirectory;
import org.seqgan.core.run.RunSetup;
import org.seqgan.core.run.SetAside;

/**
 * How a run goes on that is configured otherwise than when it was left. More steps of a phase that
 * is not over can be asked for, because the run is then what it would have been with as many from
 * the start; anything else makes it another run, and has to be allowed, and written down.
 */
public final class Continuation {
  private final RunDirectory run;
  private final Optional<Recipe> recipe;
  private final Position position;
  private final ResolvedConfig left;

  /** As it was before the run says what it goes on with. */
  private final boolean unchecked;

  private Continuation(
      RunDirectory run, Optional<Recipe> recipe, Position position, ResolvedConfig left) {
    this.run = run;
    this.recipe = recipe;
    this.position = position;
    this.left = left;
    this.unchecked = recipe.isEmpty() && run.status().lineage().configSha256().isEmpty();
  }

  /**
   * A run that goes on at a checkpoint, or at the beginning.
   *
   * @param registry the plugins that its configuration may name
   */
  public static Continuation of(
      RunDirectory run, Optional<Checkpoint> checkpoint, PluginRegistry registry) {
    ResolvedConfig left =
        ExperimentConfig.load(registry, run.layout().config().toString(), List.of());
    return new Continuation(
        run,
        checkpoint.flatMap(Checkpoint::recipe),
        checkpoint.map(Checkpoint::position).orElse(new Position(left.plan().first(), 0)),
        left);
  }

  /** Where it goes on. */
  public Position position() {
    return position;
  }

  /**
   * What a careful reader should know before it goes on, a sentence each.
   *
   * @param aside what the run put out of the way
   */
  public List<String> remarks(SetAside aside) {
    List<String> remarks = new ArrayList<>();
    if (unchecked) {
      remarks.add(
          "an earlier version of this program wrote %s: whether its config.conf was edited since is not known"
              .formatted(run.layout().root()));
    }
    if (!aside.isEmpty()) {
      remarks.add("going on at %s; set aside: %s".formatted(position, aside));
    }
    return remarks;
  }

  /** Whether there is nothing left to do. */
  public boolean isOver(ResolvedConfig next) {
    return next.plan().steps().entrySet().stream()
        .allMatch(
            phase -> {
              int order = phase.getKey().compareTo(position.phase());
              return order < 0
                  || phase.getValue()
                      == (order == 0 && position.batch() == 0 ? position.step() : 0);
            });
  }

  private boolean isEdited() {
    String hash = new RunSetup(run.configText(), run.status().description()).configSha256();
    Optional<String> last = run.status().lineage().configSha256();
    return !unchecked
        && !last.equals(Optional.of(hash))
        && !recipe.map(Recipe::configSha256).equals(Optional.of(hash));
  }

  /**
   * What a process goes on with.
   *
   * @param next the configuration, the wishes of the command line above the file
   * @param asked keys that the command line has
   * @param jars that have a part in it
   * @param withChanges whether anything may be another
   * @param free keys that may be another in any case, because no result depends on them
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming what may not be another
   */
  public RunSetup setup(
      ResolvedConfig next,
      Set<String> asked,
      List<InstalledJar> jars,
      RunDescription description,
      boolean withChanges,
      Set<String> free) {
    List<Difference> values = values(next, free);
    List<Difference> inJars =
        recipe.map(before -> Difference.ofJars(before.jars(), jars)).orElse(List.of());
    requirePossible(next);
    if (!withChanges) {
      List<Difference> refused = new ArrayList<>(inJars);
      values.stream()
          .filter(value -> !(isAsked(value.what(), asked) && isMoreSteps(value, next)))
          .forEach(refused::add);
      if (!refused.isEmpty()) {
        throw refusal(refused);
      }
      if (isEdited() && recipe.isEmpty()) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY,
            "cannot go on with %s: config.conf is not the file that it was started with, and nothing says what is another in it; put it back, record it by --with-changes, or start again with --overwrite; nothing is changed"
                .formatted(run.layout().root()));
      }
    }
    List<String> provenance = new ArrayList<>(description.provenance());
    List<Difference> changes = new ArrayList<>(values);
    changes.addAll(inJars);
    changes.forEach(change -> provenance.add("since " + position + ": " + change));
    if (isEdited() && recipe.isEmpty()) {
      provenance.add("config.conf was edited before the first checkpoint");
    }
    Set<String> changed = new HashSet<>();
    values.forEach(value -> changed.add(value.what()));
    String text = values.isEmpty() ? run.configText() : next.renderAfter(run.configText(), changed);
    return new RunSetup(
        text,
        next.settings(),
        jars,
        new RunDescription(description.version(), description.metrics(), provenance),
        Optional.empty());
  }

  private List<Difference> values(ResolvedConfig next, Set<String> free) {
    Map<String, String> before =
        isEdited() && recipe.isPresent() ? recipe.get().config() : left.settings();
    return Difference.ofConfig(before, next, key -> !free.contains(key));
  }

  private static boolean isAsked(String key, Set<String> asked) {
    return asked.stream().anyMatch(each -> key.equals(each) || key.startsWith(each + "."));
  }

  private static boolean isMoreSteps(Difference value, ResolvedConfig next) {
    for (Map.Entry<Phase, Integer> phase : next.plan().steps().entrySet()) {
      if (value.what().equals(next.plan().stepsKey(phase.getKey()))) {
        return !next.plan().of(phase.getKey()).dependsOnSteps()
            && value.before().matches("\\d{1,9}")
            && phase.getValue() > Integer.parseInt(value.before());
      }
    }
    return false;
  }

  /** What is done is done: a phase that is over had its steps, and one under way has had some. */
  private void requirePossible(ResolvedConfig next) {
    if (!position.isBeginning() && !next.plan().has(position.phase())) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "cannot go on with %s: it stands in phase %s, which trainer '%s' does not have; start a new run for it; nothing is changed"
              .formatted(
                  run.layout().root(),
                  position.phase().name(),
                  next.trainer().provider().about().name()));
    }
    for (Map.Entry<Phase, Integer> entry : next.plan().steps().entrySet()) {
      Phase phase = entry.getKey();
      int steps = entry.getValue();
      int done = done(phase);
      boolean over = phase.compareTo(position.phase()) < 0;
      if (over && steps != done || steps < done) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY,
            "cannot go on with %s: %s = %d, but %d of %s are done%s; start a new run for it, with --from %s if you like; nothing is changed"
                .formatted(
                    run.layout().root(),
                    next.plan().stepsKey(phase),
                    steps,
                    done,
                    phase.label(),
                    over ? " and the phase is over" : "",
                    run.layout().root()));
      }
    }
  }

  private int done(Phase phase) {
    int order = phase.compareTo(position.phase());
    if (order > 0) {
      return 0;
    }
    return order == 0
        ? position.step() + (position.batch() > 0 ? 1 : 0)
        : run.status().plan().getOrDefault(phase, left.plan().steps().getOrDefault(phase, 0));
  }

  private UserException refusal(List<Difference> refused) {
    return new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "cannot go on with %s: %s; put that back, or record it by --with-changes (more steps of a phase can be asked for on the command line without); nothing is changed"
            .formatted(
                run.layout().root(),
                String.join("; ", refused.stream().map(Difference::toString).toList())));
  }
}
