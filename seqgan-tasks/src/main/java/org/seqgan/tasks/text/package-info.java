/**
 * The task "text": a user's own lines or paragraphs. Every class works on a stream of lines, so
 * that memory depends on the options and not on the size of the files.
 */
@NullMarked
package org.seqgan.tasks.text;

import org.jspecify.annotations.NullMarked;
