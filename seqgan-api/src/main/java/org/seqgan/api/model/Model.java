package org.seqgan.api.model;

import org.seqgan.api.data.NamedArrays;

/** What generators and discriminators have in common: parameters that can be saved and restored. */
public interface Model extends AutoCloseable {
  /** A copy of all parameters. */
  NamedArrays parameters();

  /**
   * Overwrites all parameters.
   *
   * @throws org.seqgan.api.UserException naming the first array that is missing, unknown or of
   *     another shape
   */
  void setParameters(NamedArrays parameters);

  /**
   * A copy of what training keeps beside the parameters (moments, step count), for an exact resume.
   */
  NamedArrays optimizerState();

  /** Restores what {@link #optimizerState()} gave. */
  void setOptimizerState(NamedArrays state);

  /** Frees its tensors. */
  @Override
  void close();
}
