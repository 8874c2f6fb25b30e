package io.github.dotagent.resolver.files;

import io.github.dotagent.net.HostName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * Reads the settings of resolv.conf(5) for names: {@code search}, {@code domain}, {@code options
 * ndots:n} and the two environment variables. Its servers are not read: they belong to the system
 * resolver.
 */
final class ResolvConf {
  /** Several hundred times the size of a usual file. */
  static final long MOST_OCTETS = 256L << 10;

  private static final String BLANKS = " \t\r\f";
  private static final String NDOTS = "ndots:";

  private final String localDomain;
  private final String resOptions;

  /**
   * @param localDomain {@code LOCALDOMAIN} of the environment, or null
   * @param resOptions {@code RES_OPTIONS} of the environment, or null
   */
  ResolvConf(String localDomain, String resOptions) {
    this.localDomain = localDomain;
    this.resOptions = resOptions;
  }

  /** For a machine without the file: the domain of the machine's own name is searched. */
  SearchRules absent(String ownName) {
    return rules(null, SearchRules.USUAL_DOTS, ownName);
  }

  /**
   * @param ownName the machine's, whose domain is searched where the file has no list
   */
  SearchRules read(InputStream octets, String ownName) throws IOException {
    // any octet is a character of Latin-1: a comment in another encoding stops nothing
    BufferedReader file =
        new BufferedReader(new InputStreamReader(octets, StandardCharsets.ISO_8859_1));
    List<String> list = null;
    int dots = SearchRules.USUAL_DOTS;
    for (String read = file.readLine(); read != null; read = file.readLine()) {
      int nul = read.indexOf('\0'); // to C it is the end of the line
      String line = nul < 0 ? read : read.substring(0, nul);
      // a keyword stands at the line's very start; elsewhere # and ; are no comments
      if (isKeyword("search", line) || isKeyword("domain", line)) {
        // "the last instance wins", for both keywords; a line without a word does not count
        String words = line.substring("search".length());
        List<String> names = names(words);
        if (new StringTokenizer(words, BLANKS).hasMoreTokens()) {
          list = line.startsWith("domain") ? names.subList(0, Math.min(1, names.size())) : names;
        }
      } else if (isKeyword("options", line)) {
        dots = dotsIn(line.substring("options".length()), dots);
      }
    }
    return rules(list, dots, ownName);
  }

  private SearchRules rules(List<String> ofFile, int dotsOfFile, String ownName) {
    List<String> list = ofFile;
    if (localDomain != null) {
      list = names(localDomain);
    } else if (list == null) {
      list = domainOf(ownName);
    }
    return new SearchRules(list, resOptions == null ? dotsOfFile : dotsIn(resOptions, dotsOfFile));
  }

  private static boolean isKeyword(String keyword, String line) {
    return line.length() > keyword.length()
        && line.startsWith(keyword)
        && (line.charAt(keyword.length()) == ' ' || line.charAt(keyword.length()) == '\t');
  }

  private static List<String> domainOf(String ownName) {
    int dot = ownName.indexOf('.');
    return dot < 0 ? Collections.<String>emptyList() : names(ownName.substring(dot + 1));
  }

  /**
   * Words that are not domain names are left out; the root is a domain name, and systemd writes it.
   * One dot before a name is skipped, as in glibc (res_nquerydomain).
   */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(text, BLANKS);
    while (words.hasMoreTokens()) {
      String word = words.nextToken().toLowerCase(Locale.ROOT);
      boolean root = word.equals(SearchRules.ROOT);
      String name = word.startsWith(".") ? word.substring(1) : word;
      name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
      if ((root || HostName.isFit(name)) && !names.contains(root ? word : name)) {
        names.add(root ? word : name);
      }
    }
    return names;
  }

  private static int dotsIn(String options, int otherwise) {
    int dots = otherwise;
    int at = 0;
    while (at < options.length()) {
      if (isBlank(options.charAt(at))) {
        at++;
      } else {
        if (options.startsWith(NDOTS, at)) {
          dots = ndots(atoi(options, at + NDOTS.length()));
        }
        while (at < options.length() && !isBlank(options.charAt(at))) {
          at++;
        }
      }
    }
    return dots;
  }

  private static boolean isBlank(char letter) {
    return letter == ' ' || letter == '\t';
  }

  /** glibc keeps it in four bits without a sign: -1 becomes 15 (res_init.c, res_setoptions). */
  private static int ndots(int number) {
    return number <= SearchRules.MOST_DOTS ? number & SearchRules.MOST_DOTS : SearchRules.MOST_DOTS;
  }

  /**
   * As in C: blanks before the number are skipped, so {@code ndots: 5} is 5; text without a number
   * is 0; a number that is too large is limited to 64 bits and then cut to 32 (strtol).
   */
  private static int atoi(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || isControlBlank(text.charAt(at)))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (at < text.length() && (negative || text.charAt(at) == '+')) {
      at++;
    }
    long number = 0;
    for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
      int digit = text.charAt(at) - '0';
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    return (int) (negative ? -number : number);
  }

  /** The other characters of isspace(3), besides a blank. */
  private static boolean isControlBlank(char letter) {
    return letter >= '\t' && letter <= '\r';
  }
}
