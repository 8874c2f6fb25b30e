package io.github.dotagent.resolver;

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

  /** Without a file; the domain of the machine's own name is searched then. */
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
    for (String line = file.readLine(); line != null; line = file.readLine()) {
      // a keyword stands at the line's very start; elsewhere # and ; are no comments
      if (isKeyword("search", line) || isKeyword("domain", line)) {
        // "the last instance wins", of both together
        List<String> names = names(line.substring("search".length()));
        list = line.startsWith("domain") ? names.subList(0, Math.min(1, names.size())) : names;
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
        && BLANKS.indexOf(line.charAt(keyword.length())) >= 0;
  }

  private static List<String> domainOf(String ownName) {
    int dot = ownName.indexOf('.');
    return dot < 0 ? Collections.<String>emptyList() : names(ownName.substring(dot + 1));
  }

  /**
   * Words that are no domain names are left out; the root is a domain name, and systemd writes it.
   */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(text, BLANKS);
    while (words.hasMoreTokens()) {
      String word = words.nextToken().toLowerCase(Locale.ROOT);
      String name = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
      boolean root = word.equals(SearchRules.ROOT);
      if ((root || HostName.isFit(name)) && !names.contains(root ? word : name)) {
        names.add(root ? word : name);
      }
    }
    return names;
  }

  private static int dotsIn(String options, int otherwise) {
    int dots = otherwise;
    StringTokenizer words = new StringTokenizer(options, BLANKS);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (word.startsWith(NDOTS)) {
        dots = number(word.substring(NDOTS.length()), dots);
      }
    }
    return dots;
  }

  /** As atoi does it, but a text that starts with no digit changes nothing. */
  private static int number(String text, int otherwise) {
    int end = 0;
    while (end < text.length() && end < 4 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == 0 ? otherwise : Integer.parseInt(text.substring(0, end));
  }
}
