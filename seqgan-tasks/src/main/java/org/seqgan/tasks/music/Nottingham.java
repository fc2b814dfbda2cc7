package org.seqgan.tasks.music;

import java.net.URI;
import java.util.List;
import org.seqgan.api.task.Corpus;

/** The tunes of the Nottingham Music Database as a repository of cleaned ABC files has them. */
final class Nottingham {
  private static final String COMMIT = "0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f";

  static final Corpus CORPUS =
      new Corpus(
          "music",
          "Nottingham Music Database, 1034 folk tunes in ABC notation",
          "GPL-3.0, LICENSE.md of the repository",
          URI.create("https://github.com/jukedeck/nottingham-dataset"),
          COMMIT,
          URI.create(
              "https://raw.githubusercontent.com/jukedeck/nottingham-dataset/"
                  + COMMIT
                  + "/ABC_cleaned/"),
          List.of(
              new Corpus.File(
                  "ashover.abc",
                  19647,
                  "6586eea8dca53866b42721050d11fc1408bdb2cf31a902b41c5c13504139b164"),
              new Corpus.File(
                  "hpps.abc",
                  25222,
                  "6d035c6972ac0c204ba79d8128e2d71978ece2214a29ffceeb3e053e27f17db5"),
              new Corpus.File(
                  "jigs.abc",
                  129665,
                  "5bb6f621e443bde552540810e3ea53e53531fd22258736e338d795e7a5bdcaf5"),
              new Corpus.File(
                  "morris.abc",
                  12002,
                  "cbf60b212c87748dea226c76b72a15db5b4f606bb35a580763e9cd8f7294e7da"),
              new Corpus.File(
                  "playford.abc",
                  5101,
                  "070877bc37176e0dedbcd038268d6669399201cd7b58d88b4ab36127528f9c76"),
              new Corpus.File(
                  "reelsa-c.abc",
                  37613,
                  "f92ed0e66024e0a5bb7d21fe3172cd50c3fb4cb7f642b4ec7cd5aa8ad0396da8"),
              new Corpus.File(
                  "reelsd-g.abc",
                  42433,
                  "33f535569116ec8cfb530c112f4cdc3bfb7fc042c271e0317cf6458bad30dfae"),
              new Corpus.File(
                  "reelsh-l.abc",
                  43044,
                  "cb701d4ffe6839cb7a5655bc21785ecb71a72ab63d8560f7be3856f6aedaf7e5"),
              new Corpus.File(
                  "reelsm-q.abc",
                  38405,
                  "a99f2967cf47460bba70bae40cd355a220b537a87180131c6d9433750bc446a1"),
              new Corpus.File(
                  "reelsr-t.abc",
                  46838,
                  "f80a2c0f37a49b9b0c748e922924d59c40d82758abc5b0f7fc9245d7fd563be0"),
              new Corpus.File(
                  "reelsu-z.abc",
                  17203,
                  "d104d7d1bb83eb1ca18f6b944dc22cf9f7bfe5f955d07cd573615985f69c2c1f"),
              new Corpus.File(
                  "slip.abc",
                  3838,
                  "da686b3a0de20aab38e64f8c8ec57edace980bab6450a6c388d79a2866e5b16a"),
              new Corpus.File(
                  "waltzes.abc",
                  21490,
                  "ffa773d012756be17784ab4a84e0e4618f316be5c6f244f9d60c06b23cd812c6"),
              new Corpus.File(
                  "xmas.abc",
                  3519,
                  "05ebc4b856c8c5186bb828641e8f88f723c109d47ba7e3f1e5048b536e091249")));

  private Nottingham() {}
}
