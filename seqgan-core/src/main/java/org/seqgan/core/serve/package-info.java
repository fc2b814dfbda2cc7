/**
 * Trained models that many draw from at a time: kept open up to a number of bytes, each with a
 * bounded queue and a thread that draws what waits in batches. What a request gets does not depend
 * on the others. Nothing here knows of HTTP.
 */
@NullMarked
package org.seqgan.core.serve;

import org.jspecify.annotations.NullMarked;
