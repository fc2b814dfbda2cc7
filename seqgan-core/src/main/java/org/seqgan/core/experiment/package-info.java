/**
 * Puts an experiment together from its configuration: opens the backend, the task and the models,
 * and trains them.
 */
@NullMarked
package org.seqgan.core.experiment;

import org.jspecify.annotations.NullMarked;
