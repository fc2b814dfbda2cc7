/** Tests of what is found in folders of runs, whatever is in them. */
@NullMarked
package org.seqgan.core.workbench;

import org.jspecify.annotations.NullMarked;
