package org.seqgan.cli.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.seqgan.api.UserException;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.Handler;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.core.serve.Histogram;

/** Counts the answers to requests. Thread-safe. */
final class HttpFigures {
  private static final int WRONG = 400;
  private static final int FAULT = 500;

  private final ConcurrentMap<Key, LongAdder> answers = new ConcurrentHashMap<>();
  private final Histogram seconds = Histogram.ofSeconds();

  HttpFigures() {}

  /** Whose answers are counted together. */
  private record Key(String route, int status) {}

  /**
   * The same handler, whose answers are counted.
   *
   * @param route by which they are told apart
   */
  Handler counted(String route, Handler handler) {
    return request -> {
      int status = FAULT;
      try {
        Answer answer = handler.handle(request);
        status = answer.status();
        return answer;
      } catch (HttpProblem e) {
        status = e.status();
        throw e;
      } catch (UserException e) {
        status = WRONG;
        throw new HttpProblem(WRONG, String.valueOf(e.getMessage()));
      } finally {
        answers.computeIfAbsent(new Key(route, status), key -> new LongAdder()).increment();
      }
    };
  }

  /** Seconds from a request for sequences to the last that was drawn for it. */
  Histogram seconds() {
    return seconds;
  }

  /** How many answers there were, by labels. */
  Map<Map<String, String>, Long> answers() {
    Map<String, Map<Map<String, String>, Long>> sorted = new TreeMap<>();
    answers.forEach(
        (key, count) ->
            sorted.put(
                key.route() + " " + key.status(),
                Map.of(
                    new TreeMap<>(
                        Map.of("route", key.route(), "status", Integer.toString(key.status()))),
                    count.sum())));
    Map<Map<String, String>, Long> all = new LinkedHashMap<>();
    sorted.values().forEach(all::putAll);
    return all;
  }
}
