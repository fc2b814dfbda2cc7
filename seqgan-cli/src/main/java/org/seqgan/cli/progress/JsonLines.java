package org.seqgan.cli.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/** Prints every event as one line of JSON, its kind under {@code event}. */
public final class JsonLines implements TrainingListener {
  private final ObjectMapper mapper = new ObjectMapper();
  private final PrintWriter out;

  /** Prints to {@code out}. */
  public JsonLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void on(TrainingEvent event) {
    ObjectNode line = mapper.createObjectNode();
    line.put("event", event.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    line.setAll((ObjectNode) mapper.valueToTree(event));
    if (line.has("phase")) {
      line.put(
          "phase", line.get("phase").asText().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
    try {
      out.println(mapper.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that is no JSON: " + event, e);
    }
    out.flush();
  }
}
