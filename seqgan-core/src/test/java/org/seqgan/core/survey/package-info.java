/** Tests of surveys: what is on the page, and what comes of its answers. */
@NullMarked
package org.seqgan.core.survey;

import org.jspecify.annotations.NullMarked;
