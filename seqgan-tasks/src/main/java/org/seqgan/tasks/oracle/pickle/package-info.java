/**
 * Arrays in a pickle of Python, read without running anything: {@link
 * org.seqgan.tasks.oracle.pickle.RestrictedUnpickler}.
 */
@NullMarked
package org.seqgan.tasks.oracle.pickle;

import org.jspecify.annotations.NullMarked;
