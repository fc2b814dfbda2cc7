/**
 * Files of any kind: {@link org.seqgan.core.io.Safetensors} for parameters, {@link
 * org.seqgan.core.io.ExclusiveLock} for what one process alone may write, {@link
 * org.seqgan.core.io.Sha256} for what must be exactly what it was.
 */
@NullMarked
package org.seqgan.core.io;

import org.jspecify.annotations.NullMarked;
