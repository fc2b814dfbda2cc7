/**
 * The task: where sequences come from and how they are shown.
 *
 * <p>To add a domain, implement {@link org.seqgan.api.task.Task} (its {@link
 * org.seqgan.api.task.TaskData}: a vocabulary, training, validation and test sequences; and how a
 * sequence is written out) and a {@link org.seqgan.api.task.TaskProvider}; extend {@code
 * TaskContract} of {@code seqgan-testkit}.
 */
@NullMarked
package org.seqgan.api.task;

import org.jspecify.annotations.NullMarked;
