/**
 * The task "speeches": paragraphs of political speeches, a token for each word (Yu et al. 2017,
 * section "Real-world Scenarios").
 *
 * <p>{@link org.seqgan.tasks.speeches.SpeechesTaskProvider} opens it. {@code ParagraphReader} says
 * which lines are the speaker's, {@code Sentences} where a sentence ends, and {@code PassageCutter}
 * how paragraphs become sequences.
 */
@NullMarked
package org.seqgan.tasks.speeches;

import org.jspecify.annotations.NullMarked;
