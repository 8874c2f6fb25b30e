package io.github.dotagent.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The glossary, the names of classes and the words of comments: each word has one meaning. */
class VocabularyTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("core", "agent", "it-tests");

  /** A line of the table: word, meaning, source, classes. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

  private static final Pattern CODE = Pattern.compile("(package )?`(\\w+)`");

  /** A class within another one. */
  private static final Pattern NESTED =
      Pattern.compile(
          "(?m)^ +(?:(?:public|private|protected|static|final|abstract) )*"
              + "(?:class|interface|enum|record) (\\w+)");

  private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:/?\\*|//).*$|[^:\"]// .*$");

  /** Words for unknown persons. A DNS name may have them. */
  private static final Pattern RIDDLE =
      Pattern.compile(
          "(?i)(?<!@code )\\b(nobody|somebody|anybody|whoever|he|him|his)\\b(?![.\\w-]*\\w\\.)");

  private static final Pattern QUESTION =
      Pattern.compile("\\bvoid ((?:is|are|has|have|was|can|may)[A-Z]\\w*)\\(");

  private static final Pattern THREADS = Pattern.compile("\\bthreads?\\b");
  private static final Pattern LOCKS = Pattern.compile("\\b(locks?|monitors?)\\b");

  @Test
  void eachWordOfTheGlossaryIsThereOnceAndItsClassesExist() throws IOException {
    String glossary = Files.readString(PROJECT.resolve("docs/glossary.md"));
    List<MatchResult> rows = ROW.matcher(glossary).results().skip(1).toList(); // the heading
    assertTrue(rows.size() > 30, "they are no longer found: " + rows.size());
    Set<String> words = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    Set<String> classes = nameCounts(mainFiles()).keySet();
    Set<String> packages =
        mainFiles().stream()
            .map(file -> file.getParent().getFileName().toString())
            .collect(Collectors.toSet());
    for (MatchResult row : rows) {
      if (!words.add(row.group(1))) {
        wrong.add(row.group(1) + " is there twice");
      }
      for (MatchResult code : CODE.matcher(row.group(4)).results().toList()) {
        Set<String> known = code.group(1) == null ? classes : packages;
        if (!known.contains(code.group(2))) {
          wrong.add(row.group(1) + ": there is no " + code.group(2));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noNameStandsForTwoFiles() throws IOException {
    Map<String, Long> counts = nameCounts(files("src"));
    assertTrue(counts.size() > 500, "they are no longer found: " + counts.size());
    assertEquals(List.of(), counts.keySet().stream().filter(name -> counts.get(name) > 1).toList());
  }

  @Test
  void noClassWithinAnotherHasTheNameOfAFile() throws IOException {
    Set<String> names = nameCounts(mainFiles()).keySet();
    List<String> twice = new ArrayList<>();
    for (Path file : mainFiles()) {
      for (MatchResult nested : NESTED.matcher(Files.readString(file)).results().toList()) {
        if (names.contains(nested.group(1))) {
          twice.add(PROJECT.relativize(file) + " has another " + nested.group(1));
        }
      }
    }
    assertEquals(List.of(), twice);
  }

  @Test
  void noCommentSpeaksOfPersonsWithoutAName() throws IOException {
    List<String> riddles = new ArrayList<>();
    for (Path file : files("src")) {
      for (MatchResult comment : COMMENT.matcher(Files.readString(file)).results().toList()) {
        if (RIDDLE.matcher(comment.group()).find() && !file.endsWith("VocabularyTest.java")) {
          riddles.add(PROJECT.relativize(file) + ": " + comment.group().strip());
        }
      }
    }
    assertEquals(List.of(), riddles);
  }

  @Test
  void noMethodWithoutResultHasTheNameOfAQuestion() throws IOException {
    List<String> questions = new ArrayList<>();
    for (Path file : mainFiles()) {
      for (MatchResult method : QUESTION.matcher(Files.readString(file)).results().toList()) {
        questions.add(PROJECT.relativize(file) + ": " + method.group(1));
      }
    }
    assertEquals(List.of(), questions);
  }

  @Test
  void eachPackageSaysItsThreadsAndItsLocks() throws IOException {
    Set<Path> packages =
        mainFiles().stream()
            .filter(file -> file.toString().contains("/io/github/dotagent/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(packages.size() > 30, "they are no longer found: " + packages.size());
    List<String> silent = new ArrayList<>();
    for (Path folder : packages) {
      if (folder.endsWith("java11/io/github/dotagent/agent/install")) {
        continue; // one package with the folder of Java 8
      }
      Path info = folder.resolve("package-info.java");
      String text = Files.exists(info) ? Files.readString(info) : "";
      for (Pattern said : List.of(THREADS, LOCKS)) {
        if (!said.matcher(text).find()) {
          silent.add(PROJECT.relativize(folder) + ": " + said);
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  private static Map<String, Long> nameCounts(List<Path> files) {
    return files.stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  /** What goes into the jar. */
  private static List<Path> mainFiles() throws IOException {
    return files("src/main").stream()
        .filter(file -> !file.startsWith(PROJECT.resolve("it-tests")))
        .toList();
  }

  private static List<Path> files(String folder) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.endsWith("package-info.java"))
            .filter(file -> !file.toString().contains("/resources/"))
            .forEach(all::add);
      }
    }
    return all;
  }
}
