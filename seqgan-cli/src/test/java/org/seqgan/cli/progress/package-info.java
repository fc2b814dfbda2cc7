/** Tests of what is shown of training while it goes on. */
@NullMarked
package org.seqgan.cli.progress;

import org.jspecify.annotations.NullMarked;
