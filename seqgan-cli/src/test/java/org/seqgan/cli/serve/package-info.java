/** Tests of the server: what it answers, and whom. */
@NullMarked
package org.seqgan.cli.serve;

import org.jspecify.annotations.NullMarked;
