/**
 * The generator G_theta: a stochastic policy that writes sequences token by token. Those who only
 * read it have a {@link org.seqgan.api.generator.Policy}; those who train it a {@link
 * org.seqgan.api.generator.Generator}.
 *
 * <p>The short way to a new one: implement {@link org.seqgan.api.model.AutoregressiveModel} (a page
 * of code) and a {@link org.seqgan.api.generator.GeneratorProvider} that returns {@code
 * context.autoregressive(model)}. The long way, for a model that does not fit: implement {@link
 * org.seqgan.api.generator.Generator}. Extend {@code GeneratorContract} of {@code seqgan-testkit}
 * either way.
 */
@NullMarked
package org.seqgan.api.generator;

import org.jspecify.annotations.NullMarked;
