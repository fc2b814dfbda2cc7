/**
 * The program {@code seqgan}. Commands are thin: each reads its words, asks {@code seqgan-core},
 * and prints. To add one, write its class and name it in {@link org.seqgan.cli.SeqganCommand}.
 */
@NullMarked
package org.seqgan.cli;

import org.jspecify.annotations.NullMarked;
