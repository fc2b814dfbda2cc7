package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Tune;
import org.seqgan.core.event.Shown;
import org.seqgan.core.io.Json;

/**
 * Tunes as JSON: {@code {"sequences": [{"text": ..., "notes": [[pitch, start, seconds], ...]},
 * ...]}}. The pitch is a MIDI note number, times are in seconds; a sequence that is no tune has no
 * {@code notes}.
 *
 * @param path where it lies
 */
record TuneFile(Path path) {
  /** Writes sequences, or deletes the file where none of them is a tune. */
  void write(List<Shown> sequences) {
    if (sequences.stream().anyMatch(sequence -> sequence.tune().isPresent())) {
      ObjectNode root = Json.object();
      ArrayNode array = root.putArray("sequences");
      sequences.forEach(sequence -> put(array.addObject(), sequence));
      DurableFiles.replace(path, Json.line(root) + "\n");
    } else {
      delete();
    }
  }

  private static void put(ObjectNode node, Shown sequence) {
    node.put("text", sequence.text());
    if (sequence.tune().isPresent()) {
      ArrayNode notes = node.putArray("notes");
      for (Tune.Note note : sequence.tune().get().notes()) {
        notes.addArray().add(note.pitch()).add(note.start()).add(note.seconds());
      }
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(path, e);
    }
  }

  /** The sequences, or none where there is no file. */
  List<Shown> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      List<Shown> sequences = new ArrayList<>();
      for (JsonNode node : Json.field(Json.parse(Files.readString(path)), "sequences")) {
        sequences.add(
            new Shown(
                Json.field(node, "text").asText(),
                Optional.ofNullable(node.get("notes")).map(TuneFile::tune)));
      }
      return List.copyOf(sequences);
    } catch (IOException e) {
      throw DurableFiles.cannotRead(path, e);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected tunes in %s: %s; delete the file to do without them"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static Tune tune(JsonNode notes) {
    List<Tune.Note> tune = new ArrayList<>();
    for (JsonNode note : notes) {
      if (note.size() != 3) {
        throw new IllegalArgumentException("expected [pitch, start, seconds], found " + note);
      }
      tune.add(
          new Tune.Note(
              note.get(0).intValue(), Json.number(note.get(1)), Json.number(note.get(2))));
    }
    return new Tune(tune);
  }
}
