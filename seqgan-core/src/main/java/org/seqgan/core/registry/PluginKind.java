package org.seqgan.core.registry;

import java.util.Locale;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.TrainerProvider;

/** The nine things that a plugin can be. */
public enum PluginKind {
  /** Where tensors live and compute. */
  BACKEND(BackendProvider.class),
  /** Where sequences come from. */
  TASK(TaskProvider.class),
  /** G_theta. */
  GENERATOR(GeneratorProvider.class),
  /** D_phi. */
  DISCRIMINATOR(DiscriminatorProvider.class),
  /** Q, the return of each token. */
  REWARD(RewardProvider.class),
  /** How models are trained. */
  TRAINER(TrainerProvider.class),
  /** What a generator is measured by. */
  METRIC(MetricProvider.class),
  /** A format of files in which models travel. */
  FORMAT(ModelFormatProvider.class),
  /** Who hears of a run while it trains. */
  LISTENER(RunListenerProvider.class);

  private final Class<?> providerType;

  PluginKind(Class<?> providerType) {
    this.providerType = providerType;
  }

  /** The interface that providers of this kind implement, and the name of their service file. */
  public Class<?> providerType() {
    return providerType;
  }

  /**
   * The section of the configuration for plugins of this kind, such as {@code task}: it chooses one
   * and holds its options. Of metrics there may be many at once; their section holds the options of
   * each under its name, and {@code evaluation.metrics} chooses. Of a kind that has no section it
   * is the word that names it in messages.
   */
  public String section() {
    return this == TRAINER ? "training" : name().toLowerCase(Locale.ROOT);
  }

  /** Whether a configuration has a section for plugins of this kind. */
  public boolean hasSection() {
    return this != FORMAT && this != LISTENER;
  }

  /** Whether the section of this kind chooses exactly one plugin. */
  public boolean isChosenBySection() {
    return hasSection() && this != METRIC;
  }

  /** Whether a provider is of this kind. */
  public boolean includes(Provider<?> provider) {
    return providerType.isInstance(provider);
  }
}
