package org.seqgan.api.backend;

/**
 * What a differentiable operation keeps for its gradient. Opaque to everybody but the
 * implementation that made it; it lives in the scope in which the operation ran.
 */
public interface Saved {}
