package io.github.dotagent.dot;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queries that a connection has sent and that wait for their response. Gives each an id that
 * cannot be guessed and that no other one in flight has; matches responses by id and question (RFC
 * 7766 §7, RFC 5452 §9.1). Safe for use by any number of threads.
 */
final class PendingQueries {
  /**
   * Half of the 65,536 ids there are (RFC 1035 §4.1.1), so that a free one is found by the second
   * try on average.
   */
  static final int MOST = 32_768;

  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int RESPONSE_FLAG = 0x80; // QR, the top bit of the third octet
  private static final int RCODE = 0x0f; // the low bits of the fourth octet

  /** Ids are drawn in batches: one call of SecureRandom costs more than the rest of a query. */
  private static final int DRAWN_AT_ONCE = 256;

  /** What a message from the server turned out to be. */
  enum Match {
    /** The response to a query in flight, which has been completed. */
    RESPONSE,
    /** An id that nothing waits for: late, or never asked. */
    UNASKED,
    /** The id of a query in flight, and another question than that query's. */
    WRONG_QUESTION
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Exchange> byId = new HashMap<>(); // guarded by lock
  private final SecureRandom random;
  private final byte[] drawn = new byte[2 * DRAWN_AT_ONCE]; // guarded by lock
  private int next = drawn.length; // guarded by lock

  PendingQueries(SecureRandom random) {
    this.random = random;
  }

  /** Draws ids now, and not with the first query: the first call of SecureRandom takes longest. */
  void drawIds() {
    lock.lock();
    try {
      drawIfNone();
    } finally {
      lock.unlock();
    }
  }

  /** The id under which the query is now in flight; -1 when there are too many already. */
  int add(Exchange exchange) {
    lock.lock();
    try {
      if (byId.size() >= MOST) {
        return -1;
      }
      int id = draw();
      while (byId.containsKey(id)) {
        id = draw();
      }
      byId.put(id, exchange);
      return id;
    } finally {
      lock.unlock();
    }
  }

  private int draw() {
    drawIfNone();
    int id = (drawn[next] & 0xff) << 8 | drawn[next + 1] & 0xff;
    next += 2;
    return id;
  }

  private void drawIfNone() {
    if (next == drawn.length) {
      random.nextBytes(drawn);
      next = 0;
    }
  }

  /** Completes the query that the message responds to, if there is one. */
  Match match(byte[] message) {
    int id = (message[0] & 0xff) << 8 | message[1] & 0xff;
    Exchange exchange;
    lock.lock();
    try {
      exchange = byId.get(id);
      if (exchange == null) {
        return Match.UNASKED;
      }
      if (!responds(message, exchange.query())) {
        return Match.WRONG_QUESTION;
      }
      byId.remove(id);
    } finally {
      lock.unlock();
    }
    exchange.response().complete(message);
    return Match.RESPONSE;
  }

  /** Takes a query back that nobody waits for any more. */
  void remove(Exchange exchange) {
    lock.lock();
    try {
      if (byId.get(exchange.id()) == exchange) {
        byId.remove(exchange.id());
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return byId.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * When the one that waits longest was sent, of those that are not patient; {@code now} when there
   * is none.
   *
   * @param now nanoseconds of the timer's clock
   */
  long oldestSentAt(long now) {
    long oldest = now;
    lock.lock();
    try {
      for (Exchange exchange : byId.values()) {
        if (!exchange.isPatient() && exchange.wasSent() && exchange.sentAt() - oldest < 0) {
          oldest = exchange.sentAt();
        }
      }
    } finally {
      lock.unlock();
    }
    return oldest;
  }

  int size() {
    lock.lock();
    try {
      return byId.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all of them out, for the connection has ended. */
  List<Exchange> drain() {
    lock.lock();
    try {
      List<Exchange> all = new ArrayList<>(byId.values());
      byId.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static boolean responds(byte[] message, byte[] query) {
    if ((message[2] & RESPONSE_FLAG) == 0) {
      return false;
    }
    int questions = (message[4] & 0xff) << 8 | message[5] & 0xff;
    if (questions == 0) {
      return (message[3] & RCODE) != 0; // an error may come without the question
    }
    return questions == 1 && sameQuestion(message, query);
  }

  /** RFC 9619: one question. It is not compressed, for nothing stands before it but the header. */
  private static boolean sameQuestion(byte[] message, byte[] query) {
    int root = HEADER;
    while (query[root] != 0) {
      root += 1 + query[root];
    }
    int end = root + 1 + TYPE_AND_CLASS;
    if (message.length < end) {
      return false;
    }
    for (int i = HEADER; i < end; i++) {
      boolean same = i < root ? lower(message[i]) == lower(query[i]) : message[i] == query[i];
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4343. Length octets are below 64 and so never taken for a letter. */
  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }
}
