package io.github.dotagent.net;

import java.util.Map;

/**
 * Values by domain name, and the one whose domain is the longest suffix of a name. A search costs
 * one pass over the name, makes no object, and takes no longer with ten thousand domains than with
 * ten. Immutable; safe for use by any number of threads.
 *
 * @param <V> the type of the values
 */
public final class DomainTable<V> {
  /** At most half of the places are taken, so a search meets an empty one soon. */
  private static final int PLACES_FOR_EACH = 2;

  /**
   * The factor of {@link String#hashCode}; here the hash goes from the end of the name to its
   * beginning.
   */
  private static final int FACTOR = 31;

  private final String[] domains; // open addressing; null: no entry

  /** Hashes of the domains, 0 if there is none: small enough to stay in the processor's cache. */
  private final int[] hashes;

  private final V[] values;
  private final int mask;
  private final int deepest; // the most labels that a domain has
  private final long ends; // a bit for each pair of letters that a domain ends in

  /**
   * @param byDomain domain names in lower case, without a dot at either end; no value is null
   */
  public DomainTable(Map<String, ? extends V> byDomain) {
    int places = Integer.highestOneBit(Math.max(1, byDomain.size()) * PLACES_FOR_EACH) * 2;
    this.mask = places - 1;
    this.domains = new String[places];
    this.hashes = new int[places];
    @SuppressWarnings("unchecked") // it holds only values of the map
    V[] made = (V[]) new Object[places];
    this.values = made;
    int most = 0;
    long bits = 0;
    for (Map.Entry<String, ? extends V> entry : byDomain.entrySet()) {
      String domain = entry.getKey();
      int hash = hashOf(domain);
      int place = spread(hash);
      while (hashes[place] != 0) {
        place = (place + 1) & mask;
      }
      hashes[place] = marked(hash);
      domains[place] = domain;
      values[place] = entry.getValue();
      most = Math.max(most, labels(domain));
      bits |= endOf(domain);
    }
    this.deepest = most;
    this.ends = bits;
  }

  /**
   * The value of the longest domain that the name is, or lies beneath; null: there is none.
   *
   * @param name in lower case, without a dot at its end
   */
  public V longest(String name) {
    return longest(name, endOf(name));
  }

  /**
   * The same for a name that is looked for in several tables.
   *
   * @param end as {@link #endOf} gives it
   */
  public V longest(String name, long end) {
    int last = name.length() - 1;
    if ((ends & end) == 0 || last < 0) {
      return null; // the usual case: no domain ends in those two letters
    }
    V longest = null;
    int hash = 0;
    int labels = 0;
    char letter = name.charAt(last);
    for (int at = last; at >= 0 && labels < deepest; at--) {
      hash = hash * FACTOR + letter;
      letter = at == 0 ? '.' : name.charAt(at - 1);
      if (letter == '.') {
        labels++;
        V found = find(name, at, hash);
        longest = found == null ? longest : found;
      }
    }
    return longest;
  }

  /** The bit of the two letters at its end; all bits of a name that has no two. */
  public static long endOf(String name) {
    int length = name.length();
    return length < 2 ? -1 : 1L << (name.charAt(length - 1) * FACTOR + name.charAt(length - 2));
  }

  private V find(String name, int begin, int hash) {
    int sought = marked(hash);
    for (int place = spread(hash); hashes[place] != 0; place = (place + 1) & mask) {
      if (hashes[place] == sought && isRest(domains[place], name, begin)) {
        return values[place];
      }
    }
    return null;
  }

  private static boolean isRest(String domain, String name, int begin) {
    return domain.length() == name.length() - begin && name.startsWith(domain, begin);
  }

  /** Never 0, which means that there is no entry. */
  private static int marked(int hash) {
    return hash == 0 ? 1 : hash;
  }

  private int spread(int hash) {
    return (hash ^ hash >>> 16) & mask; // as HashMap: the upper bits count too
  }

  private static int hashOf(String domain) {
    int hash = 0;
    for (int at = domain.length() - 1; at >= 0; at--) {
      hash = hash * FACTOR + domain.charAt(at);
    }
    return hash;
  }

  private static int labels(String domain) {
    int labels = 1;
    for (int at = 0; at < domain.length(); at++) {
      labels += domain.charAt(at) == '.' ? 1 : 0;
    }
    return labels;
  }
}
