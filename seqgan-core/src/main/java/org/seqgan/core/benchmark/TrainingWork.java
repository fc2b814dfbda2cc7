package org.seqgan.core.benchmark;

import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmOptions;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

/**
 * The steps of Algorithm 1 on the models of an experiment, which must be the paper's two, each step
 * the way that training goes. One thread at a time.
 */
final class TrainingWork {
  private final Experiment experiment;
  private final Arithmetic arithmetic;
  private final RandomStream random = RandomStream.of(1);
  private long steps;

  TrainingWork(Experiment experiment) {
    this.experiment = experiment;
    ResolvedConfig config = experiment.config();
    this.arithmetic =
        new Arithmetic(
            (LstmOptions) config.generator().options(),
            (CnnOptions) config.discriminator().options(),
            experiment.task().data().vocabulary().size(),
            experiment.task().data().sequenceLength());
  }

  /** A maximum-likelihood step on a batch of random tokens. */
  Work trainGenerator(String name, int batch) {
    Generator generator = experiment.generator();
    Sequences tokens = randomTokens(batch);
    return Work.steps(
        name,
        arithmetic.trainGenerator(batch),
        () -> generator.trainMaximumLikelihood(tokens, 1f, next()));
  }

  /** A batch drawn. */
  Work sample(String name, int batch) {
    return Work.awaited(
        name,
        arithmetic.sample(batch, 1),
        () -> experiment.generator().sample(batch, Decoding.SAMPLE, next()));
  }

  /** So many sequences drawn in batches. */
  Work sampleMany(String name, int count, int batch) {
    int batches = (count + batch - 1) / batch;
    return Work.awaited(
        name,
        arithmetic.sample(count, batches),
        () -> {
          RandomStream stream = next();
          for (int from = 0; from < count; from += batch) {
            int part = Math.min(batch, count - from);
            experiment.generator().sample(part, Decoding.SAMPLE, stream.split("part", from));
          }
        });
  }

  /** A step on a batch of random tokens, every other one labelled real. */
  Work trainDiscriminator(String name, int batch) {
    Discriminator discriminator = discriminator();
    Sequences tokens = randomTokens(batch);
    boolean[] labels = new boolean[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % 2 == 1;
    }
    return Work.steps(
        name,
        arithmetic.trainDiscriminator(batch),
        () -> discriminator.train(tokens, labels, next()));
  }

  /** A batch of sequences scored. */
  Work score(String name, Sequences sequences) {
    Discriminator discriminator = discriminator();
    return Work.awaited(
        name, arithmetic.score(sequences.count()), () -> discriminator.probabilityReal(sequences));
  }

  /** A g-step as in Algorithm 1, with the reward of the configuration. */
  Work generatorStep(String name, int batch, int rollOuts) {
    return Work.awaited(
        name, arithmetic.generatorStep(batch, rollOuts), () -> Work.await(generatorStep(batch)));
  }

  private Step generatorStep(int batch) {
    RandomStream stream = next();
    Sequences sampled =
        experiment.generator().sample(batch, Decoding.SAMPLE, stream.split("sample")); // (B, T)
    TokenValues q =
        experiment // (B, T)
            .models()
            .reward(sampled, rollOutPolicy(), discriminator(), Decoding.SAMPLE, stream);
    return experiment.generator().trainPolicyGradient(sampled, q);
  }

  Sequences randomTokens(int batch) {
    int time = experiment.task().data().sequenceLength();
    RandomStream stream = random.split("tokens");
    int[] tokens = new int[batch * time];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = stream.nextInt(experiment.task().data().vocabulary().size());
    }
    return Sequences.ofFullLength(tokens, time);
  }

  Sequences sampledTokens(int batch) {
    return experiment.generator().sample(batch, Decoding.SAMPLE, random.split("scored"));
  }

  /** What the backend reaches at best. */
  Ceilings ceilings(Stopwatch stopwatch) {
    return new CeilingProbe(experiment.backend(), random, stopwatch).measure();
  }

  private Discriminator discriminator() {
    return experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class).orElseThrow();
  }

  private Generator rollOutPolicy() {
    return experiment.model(SeqGanTrainerProvider.ROLL_OUT_POLICY, Generator.class).orElseThrow();
  }

  private RandomStream next() {
    return random.split("step", steps++);
  }
}
