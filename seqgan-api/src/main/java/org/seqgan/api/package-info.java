/**
 * What a plugin sees of seqgan. Each sub-package is one service provider interface (SPI) with its
 * value types:
 *
 * <ul>
 *   <li>{@link org.seqgan.api.plugin} how every plugin is found, named and configured; start here;
 *   <li>{@link org.seqgan.api.backend} the tensor backend;
 *   <li>{@link org.seqgan.api.autograd} the tape on which models are written;
 *   <li>{@link org.seqgan.api.model} what generators and discriminators have in common;
 *   <li>{@link org.seqgan.api.generator}, {@link org.seqgan.api.discriminator}, {@link
 *       org.seqgan.api.reward}, {@link org.seqgan.api.task} the four parts of an experiment;
 *   <li>{@link org.seqgan.api.metric} what it is measured by;
 *   <li>{@link org.seqgan.api.data}, {@link org.seqgan.api.random} values that pass between them.
 * </ul>
 *
 * <p>This module depends on the JDK and JSpecify alone. Stability: experimental until 1.0; a change
 * that breaks plugins raises {@link org.seqgan.api.ApiVersion#CURRENT}.
 */
@NullMarked
package org.seqgan.api;

import org.jspecify.annotations.NullMarked;
