package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;
import org.seqgan.cli.http.Routes;
import org.seqgan.core.run.RunTags;
import org.seqgan.core.workbench.RunState;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.Workbench;

/** What changes runs, where that is allowed: tags, stop, resume. */
final class ControlApi {
  private final Workbench workbench;
  private final Watcher watcher;
  private final RunProcesses processes;
  private final boolean allowed;

  /**
   * Control over the runs of a workbench.
   *
   * @param allowed whether there is any
   */
  ControlApi(Workbench workbench, Watcher watcher, RunProcesses processes, boolean allowed) {
    this.workbench = workbench;
    this.watcher = watcher;
    this.processes = processes;
    this.allowed = allowed;
  }

  void addTo(Routes routes) {
    routes
        .add("PUT", "/api/runs/{id}/tags", this::tag)
        .add("POST", "/api/runs/{id}/stop", this::stop)
        .add("POST", "/api/runs/{id}/resume", this::resume);
  }

  /** The run that something is asked of, as it is now. */
  private RunSummary run(Request request) {
    OwnPage.require(request);
    if (!allowed) {
      throw new HttpProblem(
          403,
          "this workbench only reads; start it with 'seqgan ui --allow-control' to change runs");
    }
    String id = request.parameter("id");
    RunsApi.find(workbench, id);
    watcher.look(Set.of(id));
    return RunsApi.find(workbench, id);
  }

  private Answer tag(Request request) throws IOException {
    ObjectNode body = request.json();
    RunSummary run = run(request);
    JsonNode given = body.path("tags");
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : given) {
      if (!tag.isTextual()) {
        throw new HttpProblem(400, "expected a list of words as 'tags', found " + tag);
      }
      tags.add(tag.textValue());
    }
    if (!given.isArray()) {
      throw new HttpProblem(400, "expected a list of words as 'tags', found none");
    }
    new RunTags(tags).write(run.layout());
    watcher.look(Set.of(run.id()));
    return Answer.json(RunJson.summary(RunsApi.find(workbench, run.id())));
  }

  private Answer stop(Request request) throws IOException {
    request.json();
    RunSummary run = run(request);
    requireOwnProcess(run, "stop");
    if (run.state() != RunState.RUNNING) {
      throw new HttpProblem(
          409, "run %s is %s: there is nothing to stop".formatted(run.name(), run.state().label()));
    }
    processes.stop(run.layout());
    return Answer.json(
        202, Map.of("message", "run %s stops at the end of its batch".formatted(run.name())));
  }

  private Answer resume(Request request) throws IOException {
    request.json();
    RunSummary run = run(request);
    requireOwnProcess(run, "resume");
    switch (run.state()) {
      case INTERRUPTED, FAILED, KILLED -> processes.resume(run.layout());
      case RUNNING, FINISHED, BROKEN ->
          throw new HttpProblem(
              409, "run %s is %s: it cannot be resumed".formatted(run.name(), run.state().label()));
    }
    watcher.look(Set.of(run.id()));
    return Answer.json(202, Map.of("message", "run %s goes on".formatted(run.name())));
  }

  private static void requireOwnProcess(RunSummary run, String what) {
    if (run.cell().isPresent()) {
      throw new HttpProblem(
          409,
          "run %s is a cell: %s its matrix, where that was started".formatted(run.name(), what));
    }
  }
}
