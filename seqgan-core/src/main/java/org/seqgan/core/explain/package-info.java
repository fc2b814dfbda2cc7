/**
 * What a reward and a discriminator did: what they say of sequences that a trained generator
 * writes, token by token, and what the policy gradient makes of it.
 */
@NullMarked
package org.seqgan.core.explain;

import org.jspecify.annotations.NullMarked;
