package org.seqgan.core.experiment;

import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.task.TaskSize;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerSize;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.model.ModelExtent;
import org.seqgan.core.reward.BuiltInReward;
import org.seqgan.core.training.Evaluator;

/**
 * Whether there is room for an experiment, told before anything of it is made: in long arithmetic,
 * in one line that says what was asked, what it takes, what there is, and what would fit.
 *
 * <p>What it counts is what is certain: parameters with their moments and gradients, the copies of
 * a checkpoint, sequences, and what is kept of a batch. What a plugin makes beside them shows when
 * it is made.
 */
final class Room {
  /** A generator and its roll-out policy; to be trained, two moments for each of two optimisers. */
  private static final int GENERATORS = 2;

  private static final int GENERATOR_MOMENTS = 4;
  private static final int DISCRIMINATOR_MOMENTS = 2;

  private final ResolvedConfig config;
  private final boolean training;
  private final MachineMemory memory;

  /**
   * Room for an experiment.
   *
   * @param training whether it is to be trained, or only sampled from
   */
  Room(ResolvedConfig config, boolean training, MachineMemory memory) {
    this.config = config;
    this.training = training;
    this.memory = memory;
  }

  /**
   * Insists that there is room.
   *
   * @param task as its options or its data tell
   * @throws UserException (configuration) where there could be none on any machine, (environment)
   *     where there is none here
   */
  void require(TaskSize task) {
    requireSequences(task);
    requireModels(task);
  }

  // ---- sequences ----

  private void requireSequences(TaskSize task) {
    int time = task.sequenceLength();
    ArraySize.requireHeap(
        "sequences of the task", task.sequences(), ArraySize.times(time, Integer.BYTES));
    if (!training) {
      return;
    }
    TrainerSize trainer = config.trainerSize();
    int batch = trainer.batchSize();
    trainer
        .trainingSequences()
        .forEach((option, asked) -> requireData("training." + option, asked, task));
    Evaluator.requireRoom(config.evaluation().samples(), time);
    int copies = BuiltInReward.rollOuts(config.reward().options());
    if (trainer.rollsOut()) {
      ArraySize.of("reward.roll-outs", copies, ArraySize.times(batch, time - 1L), Integer.BYTES);
      ArraySize.requireHeap("reward.roll-outs", copies, ModelExtent.heapBytesOfACopy(batch, time));
    }
  }

  private static void requireData(String option, long asked, TaskSize task) {
    if (asked > task.trainingSequences()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s: expected at most the %,d training sequences of the task, found %,d; lower it to %d or less"
              .formatted(option, task.trainingSequences(), asked, task.trainingSequences()));
    }
  }

  // ---- models ----

  private void requireModels(TaskSize task) {
    Optional<ModelExtent> generator = generator(task);
    Optional<ModelExtent> discriminator =
        config.uses(TrainerPart.DISCRIMINATOR)
            ? ModelExtent.of(
                config.discriminator().provider(),
                config.discriminator().options(),
                task.vocabulary(),
                task.sequenceLength())
            : Optional.empty();
    long g = generator.map(ModelExtent::parameters).orElse(0L);
    long d = discriminator.map(ModelExtent::parameters).orElse(0L);
    long tensors = GENERATORS * g + d + task.parameters();
    long heap = task.parameters();
    if (training) {
      tensors += GENERATOR_MOMENTS * g + DISCRIMINATOR_MOMENTS * d + Math.max(g, d);
      // A checkpoint is taken as a copy on the heap, of everything at once.
      heap = (GENERATORS + GENERATOR_MOMENTS) * g + (1 + DISCRIMINATOR_MOMENTS) * d;
    }
    String models = describe(task.vocabulary(), generator, discriminator);
    requireMemory(models, g + d, heap, memory.heap(), "the Java heap may grow to");
    requireMemory(models, g + d, heap + tensors, memory.process(), "this process may take");
  }

  private Optional<ModelExtent> generator(TaskSize task) {
    return ModelExtent.of(
        config.generator().provider(),
        config.generator().options(),
        task.vocabulary(),
        task.sequenceLength());
  }

  private String describe(
      Vocabulary vocabulary, Optional<ModelExtent> generator, Optional<ModelExtent> discriminator) {
    return "a vocabulary of %,d, generator %s (%s) and discriminator %s (%s)"
        .formatted(
            vocabulary.size(),
            config.generator().provider().about().name(),
            describe(generator),
            config.discriminator().provider().about().name(),
            describe(discriminator));
  }

  private static String describe(Optional<ModelExtent> model) {
    return model
        .map(
            extent ->
                "%,d parameters, the most in %s".formatted(extent.parameters(), extent.largest()))
        .orElse("of unknown size");
  }

  private void requireMemory(
      String models, long parameters, long floats, long limit, String limitIs) {
    long bytes = ArraySize.times(floats, Float.BYTES);
    if (bytes > limit) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s take %s%s, %s %s: about %,d parameters of both together would fit; lower the vocabulary or the sizes of the models, or give Java more, such as SEQGAN_OPTS=-Xmx%dg"
              .formatted(
                  models,
                  new ByteSize(bytes),
                  training ? " with moments, gradients and the copies of a checkpoint" : "",
                  limitIs,
                  new ByteSize(limit),
                  (long) ((double) limit / bytes * parameters),
                  (long) Math.ceil((double) bytes / limit * memory.heap() / (1 << 30)) + 1));
    }
  }

  /**
   * Insists that the budget of a backend holds a batch.
   *
   * @throws UserException (configuration) if it does not
   */
  void requireBudget(TaskSize task, TensorBackend backend) {
    Optional<ModelExtent> generator = generator(task);
    if (!training || generator.isEmpty()) {
      return;
    }
    int batch = config.trainerSize().batchSize();
    long one = generator.get().tensorBytes(1, task.sequenceLength());
    long bytes = generator.get().tensorBytes(batch, task.sequenceLength());
    if (bytes > backend.budgetBytes()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "backend.memory: a batch of %,d sequences keeps %s, found a budget of %s, in which %,d would fit; raise backend.memory to %dm or more, or lower training.batch-size"
              .formatted(
                  batch,
                  new ByteSize(bytes),
                  new ByteSize(backend.budgetBytes()),
                  backend.budgetBytes() / one,
                  (bytes >> 20) + 1));
    }
  }
}
