package org.seqgan.api.model;

/**
 * The names of the parameters that turn a hidden state into logits: {@code h W + b}.
 *
 * @param weights W, {@code [H, V]}
 * @param bias b, {@code [V]}
 */
public record OutputLayer(String weights, String bias) {}
