package org.seqgan.core.trainer;

import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.UnaryOperation;

/**
 * The losses that a critic and a generator play for, of the critic's scores d(x) of real and d(y)
 * of generated sequences; means over the batch, and softplus(x) = log(1 + e^x). As in RelGAN's
 * released code ({@code utils/ops.py}, {@code get_losses}).
 */
public enum GanLoss {
  /** Goodfellow et al. 2014 with the loss of G that does not saturate. */
  STANDARD {
    @Override
    Variable ofCritic(Tape tape, Variable real, Variable fake) {
      return sum(tape, mean(tape, softplus(tape, real, -1)), mean(tape, softplus(tape, fake, 1)));
    }

    @Override
    Variable ofGenerator(Tape tape, Variable real, Variable fake) {
      return mean(tape, softplus(tape, fake, -1));
    }

    @Override
    double accuracy(float[] real, float[] fake) {
      return Accuracy.ofClasses(real, fake, 0);
    }
  },
  /** Relativistic (Jolicoeur-Martineau 2018): softplus(-(d(x) - d(y))), pair by pair. */
  RELATIVISTIC {
    @Override
    Variable ofCritic(Tape tape, Variable real, Variable fake) {
      return mean(tape, softplus(tape, tape.binary(BinaryOperation.SUBTRACT, real, fake), -1));
    }

    @Override
    Variable ofGenerator(Tape tape, Variable real, Variable fake) {
      return ofCritic(tape, /* real= */ fake, /* fake= */ real);
    }

    @Override
    double accuracy(float[] real, float[] fake) {
      return Accuracy.ofPairs(real, fake);
    }
  },
  /** max(0, 1 - d(x)) + max(0, 1 + d(y)), and -d(y) (Lim and Ye 2017). */
  HINGE {
    @Override
    Variable ofCritic(Tape tape, Variable real, Variable fake) {
      return sum(
          tape,
          mean(tape, tape.unary(UnaryOperation.RELU, tape.affine(real, -1, 1))),
          mean(tape, tape.unary(UnaryOperation.RELU, tape.affine(fake, 1, 1))));
    }

    @Override
    Variable ofGenerator(Tape tape, Variable real, Variable fake) {
      return mean(tape, tape.affine(fake, -1, 0));
    }

    @Override
    double accuracy(float[] real, float[] fake) {
      return Accuracy.ofClasses(real, fake, 0);
    }
  },
  /** Least squares (Mao et al. 2017): (d(x) - 1)^2 + d(y)^2, and (d(y) - 1)^2. */
  LEAST_SQUARES {
    @Override
    Variable ofCritic(Tape tape, Variable real, Variable fake) {
      return sum(
          tape,
          mean(tape, tape.unary(UnaryOperation.SQUARE, tape.affine(real, 1, -1))),
          mean(tape, tape.unary(UnaryOperation.SQUARE, fake)));
    }

    @Override
    Variable ofGenerator(Tape tape, Variable real, Variable fake) {
      return mean(tape, tape.unary(UnaryOperation.SQUARE, tape.affine(fake, 1, -1)));
    }

    @Override
    double accuracy(float[] real, float[] fake) {
      return Accuracy.ofClasses(real, fake, 0.5f);
    }
  };

  /**
   * What the critic lowers, {@code [1]}.
   *
   * @param real its scores of real sequences, {@code [n]}
   * @param fake its scores of generated sequences, {@code [n]}
   */
  abstract Variable ofCritic(Tape tape, Variable real, Variable fake);

  /** What the generator lowers, {@code [1]}. */
  abstract Variable ofGenerator(Tape tape, Variable real, Variable fake);

  /**
   * How often a critic is right that lowers its loss: the threshold between real and generated is
   * half-way between what it is to say of them; where only differences count, pairs are judged.
   *
   * @param real its scores of real sequences
   * @param fake its scores of generated sequences, as many
   */
  abstract double accuracy(float[] real, float[] fake);

  private static Variable sum(Tape tape, Variable a, Variable b) {
    return tape.binary(BinaryOperation.ADD, a, b);
  }

  private static Variable mean(Tape tape, Variable a) {
    return tape.reduce(Reduction.MEAN, a, 0);
  }

  /** log(1 + e^(sign x)), as max(z, 0) + log(1 + e^-|z|), which does not overflow. */
  static Variable softplus(Tape tape, Variable x, int sign) {
    Variable z = tape.affine(x, sign, 0);
    Variable positive = tape.unary(UnaryOperation.RELU, z);
    Variable size = // |z|
        tape.binary(
            BinaryOperation.ADD, positive, tape.unary(UnaryOperation.RELU, tape.affine(z, -1, 0)));
    Variable rest = tape.unary(UnaryOperation.EXP, tape.affine(size, -1, 0));
    return tape.binary(
        BinaryOperation.ADD, positive, tape.unary(UnaryOperation.LOG, tape.affine(rest, 1, 1)));
  }
}
