/** The command {@code serve}: trained models over HTTP. */
@NullMarked
package org.seqgan.cli.serve;

import org.jspecify.annotations.NullMarked;
