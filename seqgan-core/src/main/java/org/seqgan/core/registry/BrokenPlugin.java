package org.seqgan.core.registry;

/**
 * Something that should have been a plugin and is not usable. The others are not affected.
 *
 * @param description what it is: a kind and a class, or a jar
 * @param reason why it cannot be used, in words
 */
public record BrokenPlugin(String description, String reason) {}
