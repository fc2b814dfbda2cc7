package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;
import org.seqgan.cli.http.Routes;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.workbench.MatrixSummary;
import org.seqgan.core.workbench.Workbench;

/** What the page asks about matrices. */
final class MatricesApi {
  private final Workbench workbench;

  MatricesApi(Workbench workbench) {
    this.workbench = workbench;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/api/matrices", request -> list())
        .add("GET", "/api/matrices/{id}", this::matrix);
  }

  private Answer list() {
    ArrayNode matrices = Json.object().putArray("matrices");
    workbench.latest().matrices().forEach(matrix -> matrices.add(summary(matrix)));
    return Answer.json(Map.of("matrices", matrices));
  }

  private static ObjectNode summary(MatrixSummary matrix) {
    return Json.object()
        .put("id", matrix.id())
        .put("name", matrix.name())
        .put("path", matrix.path())
        .put("root", matrix.root().toString())
        .put("message", matrix.message().orElse(null))
        .put("cells", matrix.cells().size())
        .put("done", matrix.count(CellState.DONE))
        .put("running", matrix.count(CellState.RUNNING))
        .put("failed", matrix.count(CellState.FAILED))
        .put("report", matrix.report());
  }

  private Answer matrix(Request request) {
    String id = request.parameter("id");
    MatrixSummary matrix =
        workbench
            .latest()
            .matrix(id)
            .orElseThrow(
                () -> new HttpProblem(404, "there is no matrix '%s' any more".formatted(id)));
    ObjectNode node = summary(matrix);
    ArrayNode cells = node.putArray("cellList");
    for (MatrixSummary.CellStatus cell : matrix.cells()) {
      cells
          .addObject()
          .put("name", cell.name())
          .put("state", cell.state().label())
          .put("run", cell.run().orElse(null))
          .put("method", cell.method())
          .put("seed", cell.seed())
          .put("message", cell.message().orElse(null));
    }
    return Answer.json(node);
  }
}
