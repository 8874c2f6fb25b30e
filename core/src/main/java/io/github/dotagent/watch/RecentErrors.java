package io.github.dotagent.watch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What went wrong lately, the last of it first. The same thing again takes the place of the time
 * before, so that one name that fails all the time does not push out the rest. Safe for use by any
 * number of threads.
 */
public final class RecentErrors {
  /** As many as people read. */
  static final int MOST = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by lock

  /**
   * @param epochMillis when, by the wall clock
   * @param text what, for people
   */
  public void add(long epochMillis, String text) {
    lock.lock();
    try {
      for (Iterator<Entry> known = entries.iterator(); known.hasNext(); ) {
        if (known.next().text.equals(text)) {
          known.remove();
        }
      }
      entries.addFirst(new Entry(epochMillis, text));
      if (entries.size() > MOST) {
        entries.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Each {@code TIME TEXT}, the time as in ISO 8601, UTC. */
  public List<String> newestFirst() {
    lock.lock();
    try {
      List<String> texts = new ArrayList<>(entries.size());
      for (Entry entry : entries) {
        texts.add(at(entry.epochMillis, entry.text));
      }
      return texts;
    } finally {
      lock.unlock();
    }
  }

  /** {@code TIME TEXT}. */
  public static String at(long epochMillis, String text) {
    return Instant.ofEpochMilli(epochMillis) + " " + text;
  }

  private static final class Entry {
    final long epochMillis;
    final String text;

    Entry(long epochMillis, String text) {
      this.epochMillis = epochMillis;
      this.text = text;
    }
  }
}
