package io.github.dotagent.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the names that may have left in the clear, by suffix: a console may show a suffix to
 * people who must not see the name. Safe for use by any number of threads.
 */
public final class CleartextNames {
  /** As many as people read; a program uses a few. */
  static final int MOST_SUFFIXES = 64;

  // in brackets, so that none looks like a suffix
  static final String ONE_LABEL = "(one label)";
  static final String NO_HOST_NAME = "(no host name)";
  static final String OWN_NAME = "(this machine's own name)";
  static final String OTHERS = "(others)";

  private final LongAdder all = new LongAdder();
  private final CountsByText bySuffix = new CountsByText(MOST_SUFFIXES, OTHERS);

  /**
   * One more.
   *
   * @param name as the program spelled it
   */
  public void add(String name) {
    count(suffixOf(name));
  }

  /** This machine's own name, which the JDK looks up for many purposes. */
  public void addOwnName() {
    count(OWN_NAME);
  }

  private void count(String suffix) {
    all.increment();
    bySuffix.add(suffix);
  }

  /** The last two labels, or fewer: never the whole name. */
  static String suffixOf(String name) {
    int end = name.endsWith(".") ? name.length() - 1 : name.length();
    int last = name.lastIndexOf('.', end - 1);
    int secondToLast = last < 0 ? -1 : name.lastIndexOf('.', last - 1);
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 0x7f) { // it might be shown on a terminal
        return NO_HOST_NAME;
      }
    }
    if (last < 0) {
      return ONE_LABEL;
    }
    int begin = secondToLast < 0 ? last : secondToLast; // of two labels, take the last
    return name.substring(begin + 1, end).toLowerCase(Locale.ROOT);
  }

  /** All of them. */
  public long count() {
    return all.sum();
  }

  /** One text for each suffix, such as {@code corp.example: 12}; the most frequent first. */
  public List<String> texts() {
    List<Map.Entry<String, Long>> counts = new ArrayList<>(bySuffix.all().entrySet());
    Collections.sort(counts, MOST_FREQUENT_FIRST);
    List<String> texts = new ArrayList<>(counts.size());
    for (Map.Entry<String, Long> count : counts) {
      texts.add(count.getKey() + ": " + count.getValue());
    }
    return texts;
  }

  private static final Comparator<Map.Entry<String, Long>> MOST_FREQUENT_FIRST =
      new Comparator<Map.Entry<String, Long>>() {
        @Override
        public int compare(Map.Entry<String, Long> one, Map.Entry<String, Long> other) {
          int byCount = Long.compare(other.getValue(), one.getValue());
          return byCount == 0 ? one.getKey().compareTo(other.getKey()) : byCount;
        }
      };
}
