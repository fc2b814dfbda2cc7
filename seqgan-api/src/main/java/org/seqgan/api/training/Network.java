package org.seqgan.api.training;

import org.seqgan.api.model.Model;
import org.seqgan.api.model.TapeTrained;

/**
 * Parameters with an optimiser and no opinion on what they are for: a critic, a baseline, a ranker.
 * The trainer says what is computed of them. One thread at a time.
 */
public interface Network extends Model, TapeTrained {}
