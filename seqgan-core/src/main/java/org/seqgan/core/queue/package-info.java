/**
 * Work that processes on several machines share out through a folder that all of them see, with
 * nothing else between them: {@linkplain org.seqgan.core.queue.WorkQueue a queue}, and {@linkplain
 * org.seqgan.core.queue.Lease leases} on what is in it. What may be relied on, and why nothing is
 * lost or done twice, is in {@code docs/adr/0027-leases-on-a-shared-folder.md}.
 */
@NullMarked
package org.seqgan.core.queue;

import org.jspecify.annotations.NullMarked;
