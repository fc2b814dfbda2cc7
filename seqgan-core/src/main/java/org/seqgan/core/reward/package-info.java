/**
 * The built-in rewards: the paper's Monte-Carlo search (Eq. 4), its baseline PG-BLEU, and controls
 * that a reviewer would ask for.
 */
@NullMarked
package org.seqgan.core.reward;

import org.jspecify.annotations.NullMarked;
