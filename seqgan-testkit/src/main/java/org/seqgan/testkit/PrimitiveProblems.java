package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.Problem;
import org.seqgan.testkit.operation.Problem.Call;

/** Calls of every primitive on random numbers. */
final class PrimitiveProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 13, 3}, {3, 67, 13}, {67, 1, 5}, {33, 5, 130}
  };

  private final Numbers numbers;
  private final int m;
  private final int k;
  private final int n;
  private final List<Problem> problems = new ArrayList<>();

  private PrimitiveProblems(Numbers numbers, int[] size) {
    this.numbers = numbers;
    this.m = size[0];
    this.k = size[1];
    this.n = size[2];
  }

  /** Every primitive at odd sizes. */
  static List<Problem> oddSizes(long seed) {
    Numbers numbers = new Numbers(seed);
    List<Problem> all = new ArrayList<>();
    for (int[] size : SIZES) {
      PrimitiveProblems make = new PrimitiveProblems(numbers, size);
      make.addStorage();
      make.addMatmul();
      make.addElementWise();
      make.addAlongAxes();
      make.addRowsOfTables();
      make.addJoinsAndSlices();
      all.addAll(make.problems);
    }
    return all;
  }

  private Problem add(String operation, int depth, Problem.Body body) {
    String name = operation + " at m=" + m + ", k=" + k + ", n=" + n;
    Problem problem =
        new Problem(name, depth, body)
            .with("a", numbers.symmetric(m * k), m, k)
            .with("b", numbers.symmetric(k * n), k, n)
            .with("cube", numbers.symmetric(m * k * n), m, k, n)
            .with("like cube", numbers.symmetric(m * k * n), m, k, n)
            .with("row", numbers.symmetric(n), n)
            .with("one", numbers.symmetric(1), 1);
    problems.add(problem);
    return problem;
  }

  private void addStorage() {
    add(
        "fill and copy",
        1,
        call -> {
          TensorScope scope = call.scope();
          Tensor out = scope.allocate(m, k, n);
          scope.fill(out, 2.5f);
          call.out("filled", out);
          scope.copy(call.in("cube"), out);
          call.out("copied", out);
          call.out("zeros", scope.zeros(m, n));
        });
    add(
            "views",
            1,
            call -> {
              TensorScope scope = call.scope();
              Tensor flat = scope.reshape(call.in("cube"), m * k, n);
              Tensor lastRows = scope.rows(flat, m * k - 1, m * k);
              call.out("last row", lastRows);
              scope.fill(lastRows, 7f);
              call.out("written through", call.in("cube"));
              IntTensor ids = scope.ints(numbersFrom(m * k), m, k);
              call.out("ids", scope.rows(scope.reshape(ids, m * k), m * k - 1, m * k));
            })
        .changing("cube");
    add(
        "uniform",
        1,
        call ->
            call.out(
                "uniform",
                call.scope().uniform(new Numbers(m).stream().table(m, k).column(k - 1, 0, m))));
  }

  private void addMatmul() {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        add(
            "matmul" + (transposeA ? " A'" : " A") + (transposeB ? " B'" : " B"),
            k,
            call -> matmul(call, transposeA, transposeB));
      }
    }
  }

  private void matmul(Call call, boolean transposeA, boolean transposeB) {
    TensorScope scope = call.scope();
    Tensor a = transposeA ? scope.reshape(call.in("a"), k, m) : call.in("a");
    Tensor b = transposeB ? scope.reshape(call.in("b"), n, k) : call.in("b");
    Tensor out = scope.matmul(a, transposeA, b, transposeB);
    call.out("product", out);
    scope.addMatmul(a, transposeA, b, transposeB, out);
    call.out("added", out);
  }

  private void addElementWise() {
    for (UnaryOperation operation : UnaryOperation.values()) {
      add(operation.name(), 1, call -> unary(call, operation)).changing("cube");
    }
    for (BinaryOperation operation : BinaryOperation.values()) {
      add(operation.name(), 1, call -> binary(call, operation)).changing("cube");
    }
    add(
        "affine and addScaled",
        1,
        call -> {
          TensorScope scope = call.scope();
          Tensor out = scope.affine(call.in("cube"), -1.5f, 0.25f);
          call.out("affine", out);
          scope.addScaled(call.in("like cube"), 3f, out);
          call.out("addScaled", out);
          scope.affineInPlace(out, 0.5f, -1f);
          call.out("in place", out);
        });
  }

  private static void unary(Call call, UnaryOperation operation) {
    TensorScope scope = call.scope();
    Tensor a = call.in("cube");
    if (operation == UnaryOperation.LOG || operation == UnaryOperation.SQRT) {
      a = scope.affine(a, 1f, 1.5f);
    }
    call.out("result", scope.unary(operation, a));
    scope.backend().unary(operation, a, a);
    call.out("in place", a);
  }

  private static void binary(Call call, BinaryOperation operation) {
    TensorScope scope = call.scope();
    Tensor a = call.in("cube");
    boolean divides = operation == BinaryOperation.DIVIDE;
    for (String second : List.of("like cube", "row", "one")) {
      Tensor b = divides ? scope.affine(call.in(second), 1f, 1.5f) : call.in(second);
      call.out("with " + second, scope.binary(operation, a, b));
    }
    call.out("with itself", scope.binary(operation, divides ? scope.affine(a, 1f, 2f) : a, a));
    Tensor b = divides ? scope.affine(call.in("row"), 1f, 1.5f) : call.in("row");
    scope.backend().binary(operation, a, b, a);
    call.out("in place", a);
  }

  private void addAlongAxes() {
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      for (Reduction reduction : Reduction.values()) {
        add(
            reduction + " over axis " + axis,
            new int[] {m, k, n}[axis],
            call -> call.out("result", call.scope().reduce(reduction, call.in("cube"), along)));
      }
      add(
          "argMax over axis " + axis,
          1,
          call -> {
            TensorScope scope = call.scope();
            call.out("result", scope.argMax(call.in("cube"), along));
            Tensor ties = scope.zeros(m, k, n);
            call.out("of ties", scope.argMax(ties, along));
          });
    }
    add(
        "softmax and reductions of a vector",
        n,
        call -> {
          TensorScope scope = call.scope();
          call.out("softmax", scope.softmax(call.in("cube")));
          call.out("logSoftmax", scope.logSoftmax(call.in("cube")));
          call.out("softmax of a vector", scope.softmax(call.in("row")));
          call.out("sum of a vector", scope.reduce(Reduction.SUM, call.in("row"), 0));
        });
  }

  private void addRowsOfTables() {
    int[] ids = numbers.ids(m * n, k);
    add(
        "gatherRows and scatterAddRows",
        m * n,
        call -> {
          TensorScope scope = call.scope();
          IntTensor tokens = scope.ints(ids, m, n);
          Tensor rows = scope.gatherRows(call.in("b"), tokens);
          call.out("rows", rows);
          Tensor table = scope.affine(call.in("b"), 1f, 0f);
          scope.scatterAddRows(rows, tokens, table);
          call.out("added", table);
        });
  }

  private void addJoinsAndSlices() {
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      add(
          "concat and slice of axis " + axis,
          1,
          call -> {
            TensorScope scope = call.scope();
            Tensor a = call.in("cube");
            Tensor whole = scope.concat(List.of(a, call.in("like cube"), a), along);
            call.out("joined", whole);
            int length = a.dim(along);
            call.out("middle", scope.slice(whole, along, length - 1, 2 * length + 1));
            call.out("parts", scope.concat(List.of(scope.slice(a, along, 0, 1), a), along));
          });
    }
  }

  private static int[] numbersFrom(int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = 3 * i + 1;
    }
    return values;
  }
}
