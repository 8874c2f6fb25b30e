package io.github.dotagent.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The latest errors, the last first. A repeated error replaces its earlier entry, so that one name
 * that fails all the time does not push out the rest. The many names of an outage do not push out
 * the lines with its cause either. Safe for use by any number of threads.
 */
public final class RecentErrors {
  /** Lines of the log: as many as people read. */
  static final int MOST = 10;

  /** Lookups: examples, because they fail by the thousand and for one reason. */
  static final int MOST_LOOKUPS = 5;

  private final Object lock = new Object();
  private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by lock

  /**
   * @param epochMillis when, by the wall clock
   * @param text the error, for people
   */
  public void add(long epochMillis, String text) {
    add(epochMillis, text, false);
  }

  /** Adds the error of a lookup. */
  public void addLookup(long epochMillis, String text) {
    add(epochMillis, text, true);
  }

  private void add(long epochMillis, String text, boolean lookup) {
    synchronized (lock) {
      RepeatedError error = RepeatedError.first(epochMillis, text);
      Entry oldest = null;
      int alike = 1;
      for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
        Entry known = all.next();
        if (known.lookup == lookup && known.error.text().equals(text)) {
          error = known.error.again(epochMillis, text);
          all.remove();
        } else if (known.lookup == lookup) {
          oldest = known;
          alike++;
        }
      }
      entries.addFirst(new Entry(error, lookup));
      if (alike > (lookup ? MOST_LOOKUPS : MOST)) {
        entries.remove(oldest);
      }
    }
  }

  /** Each in the form of {@link RepeatedError}. */
  public List<String> newestFirst() {
    synchronized (lock) {
      List<String> texts = new ArrayList<>(entries.size());
      for (Entry entry : entries) {
        texts.add(entry.error.toString());
      }
      return texts;
    }
  }

  private static final class Entry {
    final RepeatedError error;
    final boolean lookup;

    Entry(RepeatedError error, boolean lookup) {
      this.error = error;
      this.lookup = lookup;
    }
  }
}
