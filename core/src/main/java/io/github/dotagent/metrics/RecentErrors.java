package io.github.dotagent.metrics;

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
      Entry entry = new Entry(epochMillis, text, epochMillis, 1);
      for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
        Entry known = all.next();
        if (known.text.equals(text)) {
          entry = new Entry(epochMillis, text, known.firstMillis, known.times + 1);
          all.remove();
        }
      }
      entries.addFirst(entry);
      if (entries.size() > MOST) {
        entries.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Each {@code TIME TEXT}, the time as in ISO 8601, UTC; with {@code (N times since TIME)} behind
   * it when it was more than once.
   */
  public List<String> newestFirst() {
    lock.lock();
    try {
      List<String> texts = new ArrayList<>(entries.size());
      for (Entry entry : entries) {
        String text = at(entry.epochMillis, entry.text);
        texts.add(
            entry.times == 1
                ? text
                : text
                    + " ("
                    + entry.times
                    + " times since "
                    + Instant.ofEpochMilli(entry.firstMillis)
                    + ")");
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
    final long firstMillis;
    final long times;

    Entry(long epochMillis, String text, long firstMillis, long times) {
      this.epochMillis = epochMillis;
      this.text = text;
      this.firstMillis = firstMillis;
      this.times = times;
    }
  }
}
