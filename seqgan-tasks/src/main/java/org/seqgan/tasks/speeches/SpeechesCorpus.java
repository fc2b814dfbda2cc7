package org.seqgan.tasks.speeches;

import java.net.URI;
import java.util.List;
import org.seqgan.api.task.Corpus;

/** Fifty speeches of Barack Obama, 2008 to 2016. The paper does not say which it used. */
final class SpeechesCorpus {
  private static final String COMMIT = "a4c8b38eeba49703f515a701db03e60417e042e6";

  /** A file a line: name, size in bytes, SHA-256. */
  private static final String FILES =
      """
      2008-08-28-acceptance-speech-democratic-national.txt 26010 eb23e37ae0ba4aedd36e5750d622542cd5260b0f01ccf172fc163dfebe3528e6
      2008-11-04-remarks-election-night.txt 10556 165e995469ed91b355980c65af1aa2a6513c386e8500266ccf7221c12a36ae78
      2009-01-20-inaugural-address.txt 13456 3d79bd3afa37c9f72f6a15f30875c969a52623d01ad69dbc2fd63344552e0908
      2009-01-29-remarks-lilly-ledbetter-fair-pay-restoration.txt 5092 d2e0331fd782a50f6bdfdb8b72dad6364d0226ba16a19ed9fb59c6166530f9df
      2009-02-07-remarks-american-recovery-and-reinvestment-act.txt 14964 112567ddf5f7482ecb5ef44353764401d9d4b43119bf82cd0a7d10cb094b8025
      2009-02-24-address-joint-session-congress.txt 34489 b7d5dd2f74840d7ab4d0d53337a4f48a7a536e89009535d8b3a9fd320e0c8c0d
      2009-05-26-remarks-nominating-judge-sonia-sotomayor-us.txt 8932 0ba244bfbf1d1a94687ff327a31af47f1ed18a3495682a845da995eef24ec212
      2009-06-04-address-cairo-university.txt 34674 d173e086e1e8207918016cc1d8091861b35ac279020f407f824e167c660152e9
      2009-09-09-address-congress-health-care.txt 32133 e88bd155170d206b7871cad98626d2f71eef86202b7289fbaa8de353fff73ecb
      2009-12-01-speech-strategy-afghanistan-and-pakistan.txt 27426 4e9de8649b15c7e2c7961e7c4cb7b2bbe9da82e3a82d250d11e60ed88a8e517f
      2009-12-10-acceptance-nobel-peace-prize.txt 25080 6be811c77f2dd8477c9734bdd723b06b97bc71d77f373b68d922def70d3378ea
      2010-01-27-2010-state-union-address.txt 41957 d089f58fc2d5d7ead3d6b3e02ee4d01e9c5b4a7913e64acd43e0c742bbbc4005
      2010-02-09-news-conference-congressional-gridlock.txt 29364 180dc6541220737196852aa9b904cc24e0267d6149b5efbc842f460576b37367
      2010-03-15-speech-health-care-reform.txt 24882 0eeafe69d54846a9b64d9ffb6495ab9edb356efff24de38d32b27b1395536c58
      2010-04-15-remarks-space-exploration-21st-century.txt 20920 f35adee21c08688736363428bc2d260966ec74e61df6e69f105269940c739dcc
      2010-04-28-remarks-wall-street-reform.txt 20520 3147a0e509fc2301fd9955c0a96c2bcae1d3c7a11ae7986984d11562fae2cd4e
      2010-06-15-speech-bp-oil-spill.txt 15676 e5c9135439da935759450b26ebc92ec6a8914fe50d1de7e10e08478e86f967bb
      2010-08-31-address-end-combat-mission-iraq.txt 15279 3021783f3466f2f920524fc432ee8754cadd621fa3dabf2429dbab8c5365c5ab
      2010-09-23-address-united-nations.txt 24082 f92d6002e064dabe11e1fd9291d57710db825bdc79ffaf77c05d8c6d9748a23a
      2010-11-03-press-conference-after-2010-midterm-elections.txt 48523 e409f39738114d937d0b54c0b17d8dc4e853d4ac7a92b0d59b96713223b99149
      2011-01-12-remarks-memorial-victims-tucson-az-shooting.txt 16090 177a671722e0652a78ac43e155a352d7bcb036dad711f76f977ccc41e6768aa8
      2011-01-25-2011-state-union-address.txt 42689 d17b01f02c3083bb5ca46690b869b49623869ba15c2cee160084f5e7d3eec7a6
      2011-05-01-remarks-death-osama-bin-laden.txt 8018 93aa1ec6e3c9ca49877a961247bd9f0a5df772602c5b702dc8ac71da83facda7
      2011-05-19-speech-american-diplomacy-middle-east-and-north.txt 33786 32d716d180266b517470950c8f67dd5a999fd7132d65075641b7abd0a772bbd6
      2011-05-25-address-british-parliament.txt 25140 6450f6edb23a75433a2fcf29cb05ba2fa645f0c70d5a444b59bb42e72b477405
      2011-06-22-remarks-afghanistan-pullout.txt 11760 0e588339fd53147057d80c950438b461954c04e1b3fed96abf771fd8a3dd40c5
      2011-09-08-address-congress-american-jobs-act.txt 24244 87d3ea80fb3f1395919de7d8ab3857bef8c9864c374f54fffa70aebacb5f160c
      2011-10-21-remarks-end-war-iraq.txt 5624 5a7b70a8d5c4998ecf7f8f35cbb9071436e5672a294ea9313a0eef3ef35c1606
      2012-01-24-2012-state-union-address.txt 42697 6e4b535b3a2495ec81f3a54ff79c52a8306b8ebee8b487c75628731924673450
      2012-09-06-nominee-acceptance-speech-2012-democratic.txt 27035 da2973643b7300acd98cc94667e4b7ed25924fe4789efe8a1706844c7e1ee98d
      2012-11-06-2012-election-night-victory-speech.txt 12676 96bf35d0fcc4d6392a998bac3d783096745839d92926c909af16833d0a860177
      2012-12-16-remarks-sandy-hook-elementary-shootings.txt 9616 49670e92ea9056b6fe037b99df20a436d7f497e7422bb24bc00eaf5323d14631
      2013-01-21-second-inaugural-address.txt 12590 14fe41dee3559c47e1c063d7baa1f6b862d951fc2f542ebec63b57c34567a4b5
      2013-01-29-remarks-immigration-reform.txt 18271 1953b150a2be3a84796281433435bfc3629d123d1fcd064bd78b24a6decc9598
      2013-02-13-2013-state-union-address.txt 41915 d17806570305992a8a0fc5f4e9bcb1bdac8db02a0ceab176a90f88034949945a
      2013-03-01-statement-government-sequester.txt 30122 fee8dffbb3c1f0fc4f5f4cd441bcf882ecba7a19fddf19787445b9c77f29c8ea
      2013-03-21-address-people-israel.txt 32592 0417370f26753002c040652ae6b8bffa50a8875796658b960bbc7c3055fc96a2
      2013-04-08-speech-gun-violence.txt 18891 e867febb4eca68377eda4b7b5c93827761fdbf31dd12cd8d41ed7f367c314d6c
      2013-07-19-remarks-trayvon-martin.txt 12102 1c2909e1dab8669cca7458998577757e4ea58a8d3f9bee3b4f03438a5907af79
      2013-07-24-remarks-education-and-economy.txt 25314 40602e8005c9d71957351c51d47e1099902e39b318bc0fcecd994c48d38ab688
      2013-09-10-address-nation-syria.txt 13123 9197c0a90099d678e8c3cff2e6433c7c4bb69d5cb6beb49229f34750cebb0831
      2013-12-04-speech-economic-mobility.txt 39160 8d648abc35aca788322d1fc6f8c30f85b0ad19a4c7e8bc2277bb7f54adc23c63
      2014-01-28-2014-state-union-address.txt 40561 c372715b3b3cef57fc7e25218bf7bc03a449c71744ea58051bed398887edce0e
      2014-11-20-address-nation-immigration.txt 12824 71ca2cf8552dc0b9f10a3ae084a977aaac8c8e71c59e235918fd95100fe5c205
      2015-01-20-2015-state-union-address.txt 41083 861d2763b1d9c0f11366fb7fcd21c8d3bd23db93fbeafdd7483d39df64b204aa
      2015-03-07-remarks-50th-anniversary-selma-marches.txt 21879 c40dabd640f6e73e0471c2d9e055e3678615a8dbff77963a956970e3dacf7a33
      2015-06-26-remarks-eulogy-honorable-reverend-clementa.txt 17995 5d0544acd7eee28a2828f6b5ae87d68091f05e8e410ad4e9396601c186e3fe09
      2016-01-12-2016-state-union-address.txt 35559 48619f42c295dc592c8d1f9969213622a79f8b7a7f7725f21345abeb82087905
      2016-03-22-remarks-people-cuba.txt 24042 3a8e6bd264ad158c26da514513bec589944f0bcad1846994f00ab7a412884a0c
      2016-05-15-commencement-address-rutgers-university.txt 29761 98ff1ca332dabd0e02e8b045316c9a537e86c2c9c081586ca91dd22fc91ec226
      """;

  static final Corpus CORPUS =
      new Corpus(
          "speeches",
          "50 speeches of Barack Obama, 2008 to 2016",
          "public domain (17 U.S.C. 105)",
          URI.create("https://github.com/kfogel/presidential-speeches"),
          COMMIT,
          URI.create(
              "https://raw.githubusercontent.com/kfogel/presidential-speeches/"
                  + COMMIT
                  + "/data/"),
          files());

  private SpeechesCorpus() {}

  private static List<Corpus.File> files() {
    return FILES.lines().map(line -> file(line.strip().split(" "))).toList();
  }

  private static Corpus.File file(String[] fields) {
    return new Corpus.File(fields[0], Long.parseLong(fields[1]), fields[2]);
  }
}
