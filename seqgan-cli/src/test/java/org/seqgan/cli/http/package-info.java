/** Tests of the server: what it answers, and whom. */
@NullMarked
package org.seqgan.cli.http;

import org.jspecify.annotations.NullMarked;
