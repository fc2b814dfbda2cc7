/**
 * Trained models on their way to other programs and back. {@code seqgan export} hands a run's
 * models as {@link org.seqgan.api.export.TrainedParts} to the {@link
 * org.seqgan.api.export.ModelFormatProvider} that was chosen; {@code seqgan import} takes them from
 * it.
 */
@NullMarked
package org.seqgan.api.export;

import org.jspecify.annotations.NullMarked;
