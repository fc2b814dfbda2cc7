/** What a person or a program at the other end of a pipe sees of training while it goes on. */
@NullMarked
package org.seqgan.cli.progress;

import org.jspecify.annotations.NullMarked;
