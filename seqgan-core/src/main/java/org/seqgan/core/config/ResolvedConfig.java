package org.seqgan.core.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.Excerpt;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;
import org.seqgan.core.health.HealthOptions;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.run.CheckpointOptions;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.TrainingPlan;

/**
 * A configuration, checked and complete.
 *
 * @param seed the root of all random numbers
 * @param backend where it computes
 * @param task what it learns
 * @param generator G
 * @param discriminator D
 * @param reward Q
 * @param trainer how models are trained
 * @param health which warnings stop training
 * @param evaluation when and how it is measured
 * @param checkpoint when the state of training is saved
 * @param metrics every metric that is installed, with its options
 * @param values every option with its value and origin, in order
 * @param notes what a careful reader should know: options of a plugin that was replaced, what
 *     {@code auto} chose
 */
public record ResolvedConfig(
    long seed,
    PluginChoice<BackendProvider<?>> backend,
    PluginChoice<TaskProvider<?>> task,
    PluginChoice<GeneratorProvider<?>> generator,
    PluginChoice<DiscriminatorProvider<?>> discriminator,
    PluginChoice<RewardProvider<?>> reward,
    PluginChoice<TrainerProvider<?>> trainer,
    HealthOptions health,
    EvaluationOptions evaluation,
    CheckpointOptions checkpoint,
    MetricCatalog metrics,
    List<ResolvedValue> values,
    List<String> notes) {
  /** An assignment, its key, and what stands after the mark of a comment. */
  private static final Pattern LINE =
      Pattern.compile("^((?:# )?(\\S+) (?:= .*|is not set)?)  # (.+)$", Pattern.MULTILINE);

  /** What the trainer is going to do. */
  public TrainingPlan plan() {
    return ofTrainer(
        trainer.provider(),
        "phases",
        (provider, options) -> new TrainingPlan(provider.phases(options), provider.reads()));
  }

  /** What the trainer asks of data and memory. */
  public TrainerSize trainerSize() {
    return ofTrainer(trainer.provider(), "size", TrainerProvider::size);
  }

  /** Parts of the schedule that can be timed by themselves. */
  public List<Excerpt> excerpts() {
    return ofTrainer(trainer.provider(), "excerpts", TrainerProvider::excerpts);
  }

  /** Whether the trainer uses a section. */
  public boolean uses(TrainerPart part) {
    return uses(trainer.provider()).contains(part);
  }

  static Set<TrainerPart> uses(TrainerProvider<?> provider) {
    return PluginOrigin.of(PluginKind.TRAINER, provider).call("uses", provider::uses);
  }

  /** What the figures of the trainer's steps are, in a line each, by their names. */
  public Map<String, String> trainerFigures() {
    return ofTrainer(trainer.provider(), "figures", (provider, options) -> provider.figures());
  }

  private <O extends Record, T> T ofTrainer(
      TrainerProvider<O> provider, String method, BiFunction<TrainerProvider<O>, O, T> question) {
    return PluginOrigin.of(PluginKind.TRAINER, provider)
        .call(
            method,
            () -> question.apply(provider, provider.about().optionsType().cast(trainer.options())));
  }

  /**
   * As a configuration file: loaded again, it gives the same values. Each line says where its value
   * came from.
   */
  public String render() {
    return render(values);
  }

  private String render(List<ResolvedValue> values) {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    int width =
        values.stream()
            .mapToInt(value -> assignment(value).length())
            .filter(w -> w < 60)
            .max()
            .orElse(0);
    for (ResolvedValue value : values) {
      String assignment = assignment(value);
      text.append(assignment)
          .append(" ".repeat(Math.max(0, width - assignment.length())))
          .append("  # ")
          .append(value.origin())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * The same for a run that goes on with other values than an earlier text has: what that says of
   * where a value came from stays, where the value does.
   *
   * @param earlier what {@link #render} gave, perhaps edited since
   * @param changed keys whose values are not what the run had before
   */
  public String renderAfter(String earlier, Set<String> changed) {
    Map<String, String> origins = new HashMap<>();
    Matcher lines = LINE.matcher(earlier);
    while (lines.find()) {
      if (!changed.contains(lines.group(2))) {
        origins.put(lines.group(1).strip(), lines.group(3).strip());
      }
    }
    List<ResolvedValue> traced =
        values.stream()
            .map(
                value ->
                    new ResolvedValue(
                        value.key(),
                        value.value(),
                        origins.getOrDefault(assignment(value), value.origin()),
                        value.description()))
            .toList();
    return render(traced);
  }

  /** Every option that is set, with its value as a configuration file has it, in order. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (ResolvedValue value : values) {
      value.value().ifPresent(text -> settings.put(value.key(), text));
    }
    return settings;
  }

  private static String assignment(ResolvedValue value) {
    Optional<String> text = value.value();
    return text.map(set -> value.key() + " = " + set).orElse("# " + value.key() + " is not set");
  }
}
