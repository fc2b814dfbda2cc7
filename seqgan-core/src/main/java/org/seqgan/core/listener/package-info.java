/**
 * Hands runs to listeners outside of the program, each on a thread of its own, so that none of them
 * can stop or slow a run.
 */
@NullMarked
package org.seqgan.core.listener;

import org.jspecify.annotations.NullMarked;
