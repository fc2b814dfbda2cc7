/**
 * How other programs hear of a run while it trains: {@link org.seqgan.api.listener.RunEvent} is
 * what they hear, and a {@link org.seqgan.api.listener.RunListener} hands it to them. {@code seqgan
 * train --listen NAME} chooses one by the name of its {@link
 * org.seqgan.api.listener.RunListenerProvider}.
 *
 * <p>A listener changes nothing of a run. It is no part of the configuration: a run that was heard
 * by one goes on without it, and elsewhere.
 */
@NullMarked
package org.seqgan.api.listener;

import org.jspecify.annotations.NullMarked;
