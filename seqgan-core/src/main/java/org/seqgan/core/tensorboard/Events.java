package org.seqgan.core.tensorboard;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.seqgan.api.listener.RunEvent.Outcome;

/**
 * The messages of an event file, by the field numbers of TensorFlow's {@code event.proto}, {@code
 * summary.proto} and {@code tensor.proto} and of TensorBoard's {@code
 * plugins/hparams/plugin_data.proto}. Times are in seconds since 1970.
 */
final class Events {
  private static final int DT_FLOAT = 1;
  private static final int DT_STRING = 7;
  private static final int DATA_CLASS_TENSOR = 2;
  private static final int SESSION_START = 1;
  private static final int HPARAMS_VERSION = 0;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final String HPARAMS = "hparams";

  /** Not all that Java reads as one: {@code 1d} is a day. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private Events() {}

  /** The first of every file. */
  static Message version(double time) {
    return new Message().put(1, time).put(3, "brain.Event:2");
  }

  /** From here on a run goes on: what earlier files say of this step and later ones is void. */
  static Message goesOn(double time, long step) {
    return event(time, step).put(7, new Message().put(1, (long) SESSION_START));
  }

  /** Figures of a step; single precision is what the format has. */
  static Message scalars(double time, long step, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach(
        (name, value) ->
            summary.put(1, new Message().put(1, name).put(2, (float) value.doubleValue())));
    return event(time, step).put(5, summary);
  }

  /** Texts of a step, which TensorBoard shows as Markdown. */
  static Message texts(double time, long step, String name, List<String> texts) {
    Message tensor = new Message().put(1, (long) DT_STRING).put(2, shape(texts.size()));
    texts.forEach(text -> tensor.put(8, text));
    Message value =
        new Message().put(1, name).put(9, metadata("text", new Message())).put(8, tensor);
    return event(time, step).put(5, new Message().put(1, value));
  }

  /** What a run was configured to, as hyper-parameters. Without a group each run is one itself. */
  static Message started(double time, Map<String, String> configuration) {
    Message start = new Message();
    configuration.forEach(
        (key, text) -> start.put(1, new Message().put(1, key).put(2, value(text))));
    start.put(5, time);
    return hyperParameters(
        time,
        "_hparams_/session_start_info",
        new Message().put(1, (long) HPARAMS_VERSION).put(3, start));
  }

  /** How it ended. */
  static Message ended(double time, Outcome outcome) {
    long status = outcome == Outcome.FAILED ? FAILURE : SUCCESS;
    return hyperParameters(
        time,
        "_hparams_/session_end_info",
        new Message()
            .put(1, (long) HPARAMS_VERSION)
            .put(4, new Message().put(1, status).put(2, time)));
  }

  private static Message hyperParameters(double time, String tag, Message content) {
    Message nothing = new Message().put(1, (long) DT_FLOAT).put(2, shape(1)).put(5, 0f);
    Message value = new Message().put(1, tag).put(9, metadata(HPARAMS, content)).put(8, nothing);
    return event(time, 0).put(5, new Message().put(1, value));
  }

  /** A number, where it is one: TensorBoard filters and draws those by their size. */
  private static Message value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return new Message().put(4, text.equals("true") ? 1L : 0L);
    }
    return NUMBER.matcher(text).matches()
        ? new Message().put(2, Double.parseDouble(text))
        : new Message().put(3, text);
  }

  private static Message metadata(String plugin, Message content) {
    return new Message()
        .put(1, new Message().put(1, plugin).put(2, content))
        .put(4, (long) DATA_CLASS_TENSOR);
  }

  private static Message shape(int size) {
    return new Message().put(2, new Message().put(1, (long) size));
  }

  private static Message event(double time, long step) {
    return new Message().put(1, time).put(2, step);
  }
}
