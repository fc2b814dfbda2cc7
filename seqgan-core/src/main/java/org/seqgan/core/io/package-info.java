/** File formats that runs are kept in: {@link org.seqgan.core.io.Safetensors} for parameters. */
@NullMarked
package org.seqgan.core.io;

import org.jspecify.annotations.NullMarked;
