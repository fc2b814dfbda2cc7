/**
 * Event files that TensorBoard reads, written without its libraries: {@link
 * org.seqgan.core.tensorboard.RecordWriter} frames records, {@link
 * org.seqgan.core.tensorboard.Message} writes the fields of a protocol buffer, and {@link
 * org.seqgan.core.tensorboard.Events} knows which field is what.
 */
@NullMarked
package org.seqgan.core.tensorboard;

import org.jspecify.annotations.NullMarked;
