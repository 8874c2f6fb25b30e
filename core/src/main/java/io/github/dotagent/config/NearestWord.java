package io.github.dotagent.config;

import java.util.Locale;

/** Finds the valid word closest to a misspelled one. */
final class NearestWord {
  private NearestWord() {}

  /**
   * The index of the candidate with the smallest edit distance to the word, without regard to case;
   * of equal ones the one whose beginning is most like the word, because people shorten words at
   * the end.
   *
   * @param candidates at least one
   */
  static int indexOf(String word, String... candidates) {
    int nearest = 0;
    int smallest = Integer.MAX_VALUE;
    int longest = 0;
    String wanted = word.toLowerCase(Locale.ROOT);
    for (int i = 0; i < candidates.length; i++) {
      String candidate = candidates[i].toLowerCase(Locale.ROOT);
      int distance = distance(wanted, candidate);
      int prefix = commonPrefix(wanted, candidate);
      if (distance < smallest || (distance == smallest && prefix > longest)) {
        smallest = distance;
        longest = prefix;
        nearest = i;
      }
    }
    return nearest;
  }

  static String among(String word, String... candidates) {
    return candidates[indexOf(word, candidates)];
  }

  private static int commonPrefix(String one, String other) {
    int length = 0;
    while (length < one.length()
        && length < other.length()
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  /**
   * Characters to add and to remove. One that is replaced counts as both, so that a shortened word
   * ("p12" for "PKCS12") is nearer than one that merely has the same length ("PEM").
   */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        row[j] =
            from.charAt(i - 1) == to.charAt(j - 1)
                ? above[j - 1]
                : 1 + Math.min(above[j], row[j - 1]);
      }
      above = row;
    }
    return above[to.length()];
  }
}
