package org.seqgan.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/**
 * How far a cell was when its last copy was made.
 *
 * @param id its id
 * @param phase of training
 * @param step complete steps of the phase
 * @param total steps of the phase
 * @param fraction how much of all is done, 0 to 1, where each phase that has steps counts as much
 *     as any other
 */
record CellStatus(String id, String phase, int step, int total, double fraction) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a run says of itself in {@code status.json}; empty where that is not whole. */
  static Optional<CellStatus> of(String id, String json) {
    JsonNode status;
    try {
      status = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    String phase = status.path("phase").asText();
    int step = status.path("step").asInt();
    int phases = 0;
    double done = -1;
    int total = 0;
    for (Map.Entry<String, JsonNode> each : status.path("plan").properties()) {
      int steps = each.getValue().asInt();
      if (each.getKey().equals(phase)) {
        total = steps;
        done = phases + (steps == 0 ? 0 : (double) step / steps);
      }
      phases += steps > 0 ? 1 : 0;
    }
    return done < 0 || phases == 0
        ? Optional.empty()
        : Optional.of(new CellStatus(id, phase, step, total, done / phases));
  }

  @Override
  public String toString() {
    return "%s %s %d/%d".formatted(id, phase, step, total);
  }
}
