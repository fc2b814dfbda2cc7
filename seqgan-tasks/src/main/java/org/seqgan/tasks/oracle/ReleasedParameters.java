package org.seqgan.tasks.oracle;

import java.net.URI;
import java.util.List;
import org.seqgan.api.task.Corpus;

/** The parameters of the authors' oracle, as they published them. */
public final class ReleasedParameters {
  private static final String COMMIT = "e2b52fb6309851b14765290e8a972ccac09f1bec";

  /** The authors' own file. */
  static final String FILE = "target_params.pkl";

  /** Their file, written by Python 2, and the same arrays written by Python 3. */
  public static final Corpus CORPUS =
      new Corpus(
          "oracle",
          "the parameters of the oracle that the authors of SeqGAN released",
          "no licence file; published with the paper",
          URI.create("https://github.com/LantaoYu/SeqGAN"),
          COMMIT,
          URI.create("https://raw.githubusercontent.com/LantaoYu/SeqGAN/" + COMMIT + "/save/"),
          List.of(
              new Corpus.File(
                  FILE,
                  3_749_852,
                  "6a0b3b967aa03a952b353709493e2b430fc261d15f9dd658823019b4eaab6c1c"),
              new Corpus.File(
                  "target_params_py3.pkl",
                  1_334_000,
                  "5ac794a695dd6e0eb2bb689f3dfda55e4e0053e8c0399e6242630a95f1e60e8a")));

  private ReleasedParameters() {}
}
