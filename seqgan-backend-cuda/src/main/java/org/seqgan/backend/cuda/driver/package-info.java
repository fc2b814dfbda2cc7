/**
 * The driver layer: the only place that touches JCuda. Above it there are device addresses (as
 * {@code long}), kernels by name, and errors as {@link
 * org.seqgan.backend.cuda.driver.CudaException}.
 *
 * <p>{@link org.seqgan.backend.cuda.driver.CudaDriver} finds the driver and its devices; {@link
 * org.seqgan.backend.cuda.driver.Session} is one device at work: one stream, in which everything
 * that is asked for happens in the order in which it was asked, while the host goes on.
 */
@NullMarked
package org.seqgan.backend.cuda.driver;

import org.jspecify.annotations.NullMarked;
