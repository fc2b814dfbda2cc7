/**
 * How a plugin is found, named and configured.
 *
 * <p>To write a plugin of any kind:
 *
 * <ol>
 *   <li>declare its options as a record whose components carry {@link
 *       org.seqgan.api.plugin.Option};
 *   <li>implement the provider interface of its kind, with {@link
 *       org.seqgan.api.plugin.Provider#about} and a method that makes it ({@link
 *       org.seqgan.api.backend.BackendProvider}, {@link
 *       org.seqgan.api.generator.GeneratorProvider}, {@link
 *       org.seqgan.api.discriminator.DiscriminatorProvider}, {@link
 *       org.seqgan.api.reward.RewardProvider}, {@link org.seqgan.api.task.TaskProvider}, {@link
 *       org.seqgan.api.metric.MetricProvider}, {@link org.seqgan.api.export.ModelFormatProvider} or
 *       {@link org.seqgan.api.listener.RunListenerProvider});
 *   <li>name the class in {@code META-INF/services/} under that interface's name;
 *   <li>extend the contract test of its kind from {@code seqgan-testkit};
 *   <li>put the jar into the {@code plugins/} folder of the distribution, and see it listed by
 *       {@code seqgan plugins}.
 * </ol>
 */
@NullMarked
package org.seqgan.api.plugin;

import org.jspecify.annotations.NullMarked;
