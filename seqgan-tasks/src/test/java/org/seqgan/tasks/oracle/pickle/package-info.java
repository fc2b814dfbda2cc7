@NullMarked
package org.seqgan.tasks.oracle.pickle;

import org.jspecify.annotations.NullMarked;
