/**
 * What {@code gpu-check} runs on a machine with a GPU and without a build: {@link
 * org.seqgan.backend.cuda.check.GpuCheck}.
 */
@NullMarked
package org.seqgan.backend.cuda.check;

import org.jspecify.annotations.NullMarked;
