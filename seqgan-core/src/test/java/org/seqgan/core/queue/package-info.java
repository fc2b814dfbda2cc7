/** Tests of leases, on a disk and in a simulated world. */
@NullMarked
package org.seqgan.core.queue;

import org.jspecify.annotations.NullMarked;
