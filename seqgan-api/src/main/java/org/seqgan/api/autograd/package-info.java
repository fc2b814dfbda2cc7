/**
 * The tape on which the author of a model writes its forward function; gradients follow from it.
 */
@NullMarked
package org.seqgan.api.autograd;

import org.jspecify.annotations.NullMarked;
