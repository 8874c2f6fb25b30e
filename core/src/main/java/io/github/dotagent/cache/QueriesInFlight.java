package io.github.dotagent.cache;

import io.github.dotagent.answer.Question;
import java.util.HashMap;
import java.util.Map;

/**
 * The queries in flight, one for a question at most. Safe for use by any number of threads.
 *
 * <p>It uses a monitor and no {@code ConcurrentHashMap}: a caller that is stopped within such a map
 * (Thread.stop, up to Java 19) may leave it marked as growing, or a bin of it as being read, and
 * every later caller would wait for ever.
 */
final class QueriesInFlight {
  private final Map<Question, InFlightQuery> byQuestion = new HashMap<>(); // guarded by this

  /** Null when there is none. */
  synchronized InFlightQuery get(Question question) {
    return byQuestion.get(question);
  }

  /** The query that was already there; null if there was none, and this one has been added. */
  synchronized InFlightQuery putIfAbsent(Question question, InFlightQuery flight) {
    return byQuestion.putIfAbsent(question, flight);
  }

  /** False if there is no query, or another one. */
  synchronized boolean remove(Question question, InFlightQuery flight) {
    return byQuestion.remove(question, flight);
  }

  synchronized void remove(Question question) {
    byQuestion.remove(question);
  }

  synchronized void clear() {
    byQuestion.clear();
  }
}
