/**
 * Scripts by which a shell completes the words of a command line: a description of the commands,
 * and what three shells make of it. The scripts start no virtual machine: what they know of
 * plugins, presets and options was known when they were made.
 */
@NullMarked
package org.seqgan.cli.completion;

import org.jspecify.annotations.NullMarked;
