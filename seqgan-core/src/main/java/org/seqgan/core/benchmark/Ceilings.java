package org.seqgan.core.benchmark;

/**
 * What a backend reaches at best on this machine.
 *
 * @param gigaflops 10^9 operations a second, of a large square matrix product in float32
 * @param gigabytes 10^9 bytes a second read and written, of a large tensor that is copied or scaled
 */
public record Ceilings(double gigaflops, double gigabytes) {}
