package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.backend.cuda.driver.Launch;
import org.seqgan.backend.cuda.driver.Session;

/**
 * Operations on few numbers, such as those on a loss. A launch costs more than what they do; so
 * they are collected until something else is asked for, and one block computes them one after
 * another ({@code small_work} in {@code elementwise.cu}).
 */
final class SmallWork {
  private static final int MOST_ELEMENTS = 4096;
  private static final int MOST_TASKS = 24; // as in the kernel
  private static final int TASK_BYTES = 56;

  private final Session session;
  private final List<Task> tasks = new ArrayList<>();

  SmallWork(Session session) {
    this.session = session;
  }

  /** What a task does; the kernel knows them by their order. */
  private enum Kind {
    FILL,
    AFFINE,
    ADD_SCALED,
    UNARY,
    BINARY,
    GATHER,
    SUM,
    SQUARES
  }

  /** One operation: see the structure of the same name in the kernel. */
  private record Task(
      Kind kind,
      long a,
      long b,
      Storage out,
      int operation,
      int n,
      int period,
      int rows,
      float scale,
      float shift) {
    void write(ByteBuffer to) {
      to.putLong(a)
          .putLong(b)
          .putLong(address(out))
          .putInt(kind.ordinal())
          .putInt(operation)
          .putInt(n)
          .putInt(period)
          .putInt(rows)
          .putFloat(scale)
          .putFloat(shift)
          .putInt(0);
    }

    @Override
    public String toString() {
      return kind + " " + out;
    }
  }

  /** Whether so many numbers are few. */
  static boolean isSmall(int n) {
    return n <= MOST_ELEMENTS;
  }

  void fill(Tensor out, float value) {
    add(new Task(Kind.FILL, 0, 0, out, 0, out.size(), 1, 0, 0, value));
  }

  void affine(Tensor a, float scale, float shift, Tensor out) {
    add(new Task(Kind.AFFINE, address(a), 0, out, 0, a.size(), 1, 0, scale, shift));
  }

  void addScaled(Tensor a, float scale, Tensor out) {
    add(new Task(Kind.ADD_SCALED, address(a), 0, out, 0, a.size(), 1, 0, scale, 0));
  }

  void unary(UnaryOperation operation, Tensor a, Tensor out) {
    add(new Task(Kind.UNARY, address(a), 0, out, operation.ordinal(), a.size(), 1, 0, 0, 0));
  }

  void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    add(
        new Task(
            Kind.BINARY,
            address(a),
            address(b),
            out,
            operation.ordinal(),
            a.size(),
            b.size(),
            0,
            0,
            0));
  }

  void gather(Storage table, IntTensor ids, Storage out) {
    int width = ids.size() == 0 ? 1 : out.size() / ids.size();
    add(
        new Task(
            Kind.GATHER,
            address(table),
            address(ids),
            out,
            Checked.GATHER_ROWS.code(),
            out.size(),
            width,
            table.dim(0),
            0,
            0));
  }

  /** {@code out = scale sum(a)}, [1]. */
  void sum(Tensor a, float scale, Tensor out) {
    add(new Task(Kind.SUM, address(a), 0, out, 0, a.size(), 1, 0, scale, 0));
  }

  /** {@code out = sum(a^2)}, [1]. */
  void squares(Tensor a, Tensor out) {
    add(new Task(Kind.SQUARES, address(a), 0, out, 0, a.size(), 1, 0, 1, 0));
  }

  private void add(Task task) {
    if (task.n() == 0) {
      return;
    }
    if (tasks.isEmpty()) {
      session.postpone(this::launch);
    }
    tasks.add(task);
    if (tasks.size() == MOST_TASKS) {
      session.settle();
    }
  }

  private void launch() {
    List<Task> due = List.copyOf(tasks);
    tasks.clear(); // also where the launch fails
    Launch launch = session.launch("small_work", due.toArray()).grid(1).block(Engine.BLOCK);
    ByteBuffer list = launch.structure(MOST_TASKS * TASK_BYTES);
    due.forEach(task -> task.write(list));
    launch.with(due.size()).with(session.faultAddress()).run();
  }
}
