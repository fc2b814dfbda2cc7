/**
 * Human judgement, as in Table 2 of the paper: {@link org.seqgan.core.survey.SurveyBuilder} draws
 * real and generated sequences and mixes them, {@link org.seqgan.core.survey.SurveyPage} writes the
 * page that judges fill in, {@link org.seqgan.core.survey.SurveyKey} says which item is from where,
 * and {@link org.seqgan.core.survey.SurveyScores} says what came of it.
 */
@NullMarked
package org.seqgan.core.survey;

import org.jspecify.annotations.NullMarked;
