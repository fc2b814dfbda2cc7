/**
 * The discriminator D_phi: the probability that a finished sequence is real. A reward sees a {@link
 * org.seqgan.api.discriminator.Scorer}, training a {@link
 * org.seqgan.api.discriminator.Discriminator}. One that judges every token given its prefix says so
 * by {@link org.seqgan.api.discriminator.Scorer#tokens}.
 *
 * <p>The short way to a new one: implement {@link org.seqgan.api.model.SequenceClassifier} and a
 * {@link org.seqgan.api.discriminator.DiscriminatorProvider} that returns {@code
 * context.classifier(model)}. Extend {@code DiscriminatorContract} of {@code seqgan-testkit}.
 */
@NullMarked
package org.seqgan.api.discriminator;

import org.jspecify.annotations.NullMarked;
