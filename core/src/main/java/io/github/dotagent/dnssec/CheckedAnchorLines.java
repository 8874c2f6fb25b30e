package io.github.dotagent.dnssec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The lines of a file of trust anchors. Nearly every file has only plain ones: DS with a known
 * digest and insecure zones, in the spelling of IANA and registries. They are checked here, without
 * dnsjava and without regular expressions, because both cost a start more than all else that DNSSEC
 * needs (the expressions take 6 ms of the processor on Java 17). Immutable.
 */
final class CheckedAnchorLines {
  /** The word of a zone below which nothing must be signed; as domain-insecure of unbound.conf. */
  static final String INSECURE = "insecure";

  private static final int MOST_IN_A_NAME = 253; // as text (RFC 1035 §2.3.4, RFC 1123 §2.1)
  private static final int MOST_IN_A_LABEL = 63; // RFC 1035 §2.3.4
  private static final int HIGHEST_TAG = 65_535; // RFC 4034 §5.1.1
  private static final int MOST_DIGITS = 5; // of that

  /** IANA's registry "DNS Security Algorithm Numbers": those that sign zones today. */
  private static final int[] ALGORITHMS = {8, 10, 13, 14, 15, 16};

  /** The hexadecimal digits of a digest by its type: SHA-1, SHA-256, none, SHA-384. */
  private static final int[] DIGEST_DIGITS = {-1, 40, 64, -1, 96};

  private final List<String> lines;
  private final boolean arePlain;
  private final boolean havePlainRoot;

  private CheckedAnchorLines(List<String> lines) {
    PlainLines plain = new PlainLines();
    this.lines = lines;
    this.arePlain = plain.takeAll(lines);
    this.havePlainRoot = plain.anchored.contains("") || plain.insecure.contains("");
  }

  /** UTF-8. Lines end as those of Unix, of Windows, or of an old Mac. */
  static CheckedAnchorLines of(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char end = i < text.length() ? text.charAt(i) : '\n';
      if (end == '\n' || end == '\r') {
        lines.add(withoutComment(text.substring(start, i)));
        boolean isPair = end == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        i += isPair ? 1 : 0;
        start = i + 1;
      }
    }
    return new CheckedAnchorLines(lines);
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf(';');
    return (comment < 0 ? line : line.substring(0, comment)).trim();
  }

  /** Each line of the file, in its order; without comments, and empty if nothing is left. */
  List<String> all() {
    return Collections.unmodifiableList(lines);
  }

  /** Whether all are in good order, so that dnsjava will read them. False: not known. */
  boolean arePlain() {
    return arePlain;
  }

  /** Whether there is a plain line for the root. */
  boolean havePlainRoot() {
    return havePlainRoot;
  }

  private static final class PlainLines {
    final Set<String> anchored = new HashSet<>();
    final Set<String> insecure = new HashSet<>();

    /** False: there is another line among them, or one that contradicts another, or none at all. */
    boolean takeAll(List<String> lines) {
      for (String line : lines) {
        if (!line.isEmpty() && !take(new StringTokenizer(line))) {
          return false;
        }
      }
      boolean any = !anchored.isEmpty() || !insecure.isEmpty();
      return any && Collections.disjoint(anchored, insecure);
    }

    private boolean take(StringTokenizer words) {
      String zone = words.nextToken();
      if (!isZone(zone)) {
        return false;
      }
      String bare = zone.endsWith(".") ? zone.substring(0, zone.length() - 1) : zone;
      String word = next(words);
      if (word.equalsIgnoreCase(INSECURE)) {
        insecure.add(bare.toLowerCase(Locale.ROOT));
        return !words.hasMoreTokens();
      }
      anchored.add(bare.toLowerCase(Locale.ROOT));
      word = isNumber(word) ? next(words) : word; // a TTL
      word = word.equalsIgnoreCase("IN") ? next(words) : word;
      return word.equalsIgnoreCase("DS") && isDs(words);
    }

    private static String next(StringTokenizer words) {
      return words.hasMoreTokens() ? words.nextToken() : "";
    }

    private static boolean isDs(StringTokenizer words) {
      int tag = number(next(words));
      int algorithm = number(next(words));
      int type = number(next(words));
      String digest = next(words);
      boolean isKnown = type >= 0 && type < DIGEST_DIGITS.length;
      return tag >= 0
          && isSigning(algorithm)
          && isKnown
          && digest.length() == DIGEST_DIGITS[type]
          && isHexadecimal(digest)
          && !words.hasMoreTokens();
    }

    private static boolean isSigning(int algorithm) {
      for (int known : ALGORITHMS) {
        if (algorithm == known) {
          return true;
        }
      }
      return false;
    }

    /** -1: it is none, or too high. */
    private static int number(String word) {
      if (!isNumber(word) || word.length() > MOST_DIGITS) {
        return -1;
      }
      int number = Integer.parseInt(word);
      return number <= HIGHEST_TAG ? number : -1;
    }

    private static boolean isNumber(String word) {
      for (int i = 0; i < word.length(); i++) {
        if (!isDigit(word.charAt(i))) {
          return false;
        }
      }
      return !word.isEmpty();
    }

    private static boolean isHexadecimal(String word) {
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (!isDigit(c) && !(c >= 'A' && c <= 'F') && !(c >= 'a' && c <= 'f')) {
          return false;
        }
      }
      return true;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    /** The root, or labels of letters, digits, hyphens and underscores. */
    private static boolean isZone(String word) {
      if (word.equals(".")) {
        return true;
      }
      int end = word.endsWith(".") ? word.length() - 1 : word.length();
      int label = 0;
      for (int i = 0; i < end; i++) {
        char c = word.charAt(i);
        boolean isLetter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        if (c == '.' && label > 0) {
          label = 0;
        } else if ((isLetter || isDigit(c) || c == '-' || c == '_') && label < MOST_IN_A_LABEL) {
          label++;
        } else {
          return false;
        }
      }
      return label > 0 && end <= MOST_IN_A_NAME;
    }
  }
}
