/**
 * What the archives ship that others wrote: which libraries, under which licences, for what. The
 * build runs {@link org.seqgan.cli.shipped.ThirdParty} before it packs them.
 */
@NullMarked
package org.seqgan.cli.shipped;

import org.jspecify.annotations.NullMarked;
