package io.github.dotagent.dot;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The queries that a connection has sent and that have had no response yet. Gives each an id that
 * cannot be guessed and that no other one has; matches responses by id and question (RFC 7766 §7,
 * RFC 5452 §9.1). Safe for use by any number of threads.
 *
 * <p>An id stays taken until the response has come, even if nothing waits for it any more: a late
 * response must not meet another question under its id.
 */
final class PendingQueries {
  /**
   * Half of all 65,536 ids (RFC 1035 §4.1.1), so that a free one is found by the second try on
   * average.
   */
  static final int MOST = 32_768;

  /**
   * The most ids of queries that were given up. An overloaded server has fewer late answers (some
   * thousand queries a second, late by a second or two). These ids take at most 0.3 MB, and an
   * eighth of all ids.
   */
  static final int MOST_ABANDONED = MOST / 8;

  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int RESPONSE_FLAG = 0x80; // QR, the top bit of the third octet
  private static final int RCODE = 0x0f; // the low bits of the fourth octet

  /** Ids are drawn in batches: one call of SecureRandom costs more than the rest of a query. */
  private static final int DRAWN_AT_ONCE = 256;

  /** The kind of a message from the server. */
  enum Match {
    /** The response to a query in flight, which has been completed. */
    RESPONSE,
    /** The response to a query that was given up. */
    LATE,
    /** An id of no query: never used, or already answered. */
    UNASKED,
    /** The id of a query that was sent, but with another question. */
    WRONG_QUESTION
  }

  private final Object lock = new Object();
  private final Map<Integer, PendingQuery> byId = new HashMap<>(); // guarded by lock

  /** Queries that were given up: the id, and a hash of the question. Guarded by lock. */
  private final Map<Integer, Integer> abandoned = new HashMap<>();

  private final IntrusiveQueue<PendingQuery> drained =
      new IntrusiveQueue<>(); // made while there is memory
  private final SecureRandom random;
  private final byte[] drawn = new byte[2 * DRAWN_AT_ONCE]; // guarded by lock
  private int next = drawn.length; // guarded by lock
  private boolean over; // guarded by lock

  PendingQueries(SecureRandom random) {
    this.random = random;
  }

  /** Draws ids now, and not with the first query: the first call of SecureRandom takes longest. */
  void drawIds() {
    synchronized (lock) {
      drawIfNone();
    }
  }

  /**
   * Waits until an id is free. Each response frees one. For the thread that adds queries. An
   * interrupt does not mean the end, as in {@link QueryQueue}.
   *
   * @return the number of free ids; 0 when the connection has ended
   */
  int awaitRoom() {
    synchronized (lock) {
      while (room() == 0 && !over) {
        try {
          lock.wait();
        } catch (InterruptedException notForUs) {
          // the flag is cleared: wait on
        }
      }
      return over ? 0 : room();
    }
  }

  private int room() {
    return MOST - byId.size() - abandoned.size();
  }

  /** Wakes the writer, which waits only while there is no room. The caller holds the lock. */
  private void tellOfRoom() {
    if (room() == 1) {
      lock.notifyAll();
    }
  }

  /**
   * The id under which the query is now in flight.
   *
   * @throws IllegalStateException when none is free
   */
  int add(PendingQuery query) {
    synchronized (lock) {
      if (room() == 0) {
        throw new IllegalStateException("no id is free");
      }
      while (true) {
        Integer id = draw();
        boolean isAbandoned = !abandoned.isEmpty() && abandoned.containsKey(id);
        if (!isAbandoned && byId.putIfAbsent(id, query) == null) {
          return id;
        }
      }
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
    Integer id = (message[0] & 0xff) << 8 | message[1] & 0xff;
    PendingQuery query;
    synchronized (lock) {
      query = byId.get(id);
      if (query == null) {
        return matchAbandoned(message, id);
      }
      if (!responds(message, query.query())) {
        return Match.WRONG_QUESTION;
      }
      byId.remove(id);
      tellOfRoom();
    }
    return query.respond(message) ? Match.RESPONSE : Match.LATE;
  }

  private Match matchAbandoned(byte[] message, Integer id) {
    Integer hash = abandoned.get(id);
    if (hash == null) {
      return Match.UNASKED;
    }
    if (!mayRespond(message) || hasQuestion(message) && questionHash(message) != hash) {
      return Match.WRONG_QUESTION;
    }
    abandoned.remove(id);
    tellOfRoom();
    return Match.LATE;
  }

  /** Nothing waits for the response to this query any more; its id stays taken. */
  void abandon(PendingQuery query) {
    synchronized (lock) {
      if (byId.get(query.id()) == query) {
        abandoned.put(query.id(), questionHash(query.query())); // first: it needs memory
        byId.remove(query.id());
      }
    }
  }

  /** Takes back a query that was not sent after all. For the thread that adds queries. */
  void takeBack(PendingQuery query) {
    synchronized (lock) {
      byId.remove(query.id());
      abandoned.remove(query.id()); // given up in between
    }
  }

  /** Whether queries that were given up hold so many ids that no more queries may be sent. */
  boolean areTooManyAbandoned() {
    synchronized (lock) {
      return abandoned.size() >= MOST_ABANDONED;
    }
  }

  /** The queries that wait for their response now. */
  List<PendingQuery> waiting() {
    synchronized (lock) {
      return new ArrayList<>(byId.values());
    }
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /**
   * When the oldest query that is not patient was sent; {@code now} when there is none.
   *
   * @param now nanoseconds of the timer's clock
   */
  long oldestSentAt(long now) {
    long oldest = now;
    synchronized (lock) {
      for (PendingQuery query : byId.values()) {
        if (!query.isPatient()
            && query.wasSent()
            && !query.isDone()
            && query.sentAt() - oldest < 0) {
          oldest = query.sentAt();
        }
      }
    }
    return oldest;
  }

  /** How many wait for their response. */
  int size() {
    synchronized (lock) {
      return byId.size();
    }
  }

  /**
   * Removes all queries, because the connection has ended. If memory is missing, some stay, and end
   * by their own timeouts.
   */
  IntrusiveQueue<PendingQuery> drain() {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
      try {
        for (PendingQuery query : byId.values()) {
          drained.addLast(query);
        }
      } catch (OutOfMemoryError full) {
        // no room for an iterator
      }
      byId.clear();
      abandoned.clear();
      return drained;
    }
  }

  private static boolean responds(byte[] message, byte[] query) {
    return mayRespond(message) && (!hasQuestion(message) || sameQuestion(message, query));
  }

  /** RFC 9619: one question; an error may come without it. */
  private static boolean mayRespond(byte[] message) {
    int questions = (message[4] & 0xff) << 8 | message[5] & 0xff;
    return (message[2] & RESPONSE_FLAG) != 0
        && (questions == 1 || questions == 0 && (message[3] & RCODE) != 0);
  }

  private static boolean hasQuestion(byte[] message) {
    return message[5] != 0;
  }

  /** The name is not compressed, because only the header stands before it. */
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
      if (message[i] != query[i] && (i >= root || lower(message[i]) != lower(query[i]))) {
        return false;
      }
    }
    return true;
  }

  /** Hashes name, type and class; or the octets there are, if the message is cut short. */
  private static int questionHash(byte[] message) {
    int root = HEADER;
    while (root < message.length && message[root] != 0) {
      root += 1 + (message[root] & 0xff);
    }
    int end = Math.min(root + 1 + TYPE_AND_CLASS, message.length);
    int hash = 1;
    for (int i = HEADER; i < end; i++) {
      hash = 31 * hash + (i < root ? lower(message[i]) : message[i]);
    }
    return hash;
  }

  /** The octet in lower case (RFC 4343). Octets of length are below 64, so none is changed. */
  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }
}
