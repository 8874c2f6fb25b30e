package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.jvm.LauncherOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line that starts a service, as a user types it in a shell: the options of the JVM,
 * and the arguments of the program. Immutable.
 */
final class ServiceCommand {
  private static final Pattern JAVA = Pattern.compile("(.*[/\\\\])?javaw?(\\.exe)?");

  /** Environment variables in which the launcher and the JVM find further options. */
  private static final Pattern VARIABLE =
      Pattern.compile("(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)=(.*)", Pattern.DOTALL);

  private final List<String> options = new ArrayList<>();
  private final List<String> ofProgram = new ArrayList<>();
  private String jar;

  private ServiceCommand(List<String> words) {
    int at = begin(words);
    for (String word : words.subList(0, at)) {
      Matcher variable = VARIABLE.matcher(word);
      if (variable.matches()) {
        options.addAll(words(variable.group(2)));
      }
    }
    at = readOptions(words, at);
    ofProgram.addAll(words.subList(at, words.size()));
  }

  static ServiceCommand of(String line) {
    return new ServiceCommand(words(line));
  }

  /** The options of the JVM, without values that are separate words. */
  List<String> options() {
    return Collections.unmodifiableList(options);
  }

  /** The file of {@code -jar}; null if the program is a class or a module. */
  String jar() {
    return jar;
  }

  /** The arguments of the program. */
  List<String> ofProgram() {
    return Collections.unmodifiableList(ofProgram);
  }

  /**
   * The place of the first option after {@code java}; another command may stand before {@code
   * java}. Without {@code java}, the first word that is an option.
   */
  private static int begin(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (JAVA.matcher(words.get(i)).matches()) {
        return i + 1;
      }
    }
    int first = 0;
    while (first < words.size() && !words.get(first).startsWith("-")) {
      first++;
    }
    return first;
  }

  /** The place where the program's arguments begin. */
  private int readOptions(List<String> words, int begin) {
    int at = begin;
    while (at < words.size()) {
      String word = words.get(at++);
      if (word.equals("-jar")) {
        jar = at < words.size() ? words.get(at) : null;
        return Math.min(at + 1, words.size());
      }
      if (word.equals("-m") || word.equals("--module")) {
        return Math.min(at + 1, words.size());
      }
      if (LauncherOptions.hasValueBehind(word)) {
        at++;
      } else if (word.startsWith("-")) {
        options.add(word);
      } else if (!word.startsWith("@")) { // a file of options; it is not read here
        return at; // the main class
      }
    }
    return words.size();
  }

  /** Splits words as a shell does: at blanks outside quotation marks. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        begun = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
        }
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
