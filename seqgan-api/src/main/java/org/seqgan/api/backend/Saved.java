package org.seqgan.api.backend;

/**
 * What a forward operation keeps for its backward. Opaque to everybody but the implementation that
 * made it; it lives in the scope in which the forward operation ran.
 */
public interface Saved {}
