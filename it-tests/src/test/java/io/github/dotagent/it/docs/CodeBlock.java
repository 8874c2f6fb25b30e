package io.github.dotagent.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An indented or fenced block of a Markdown file. Immutable.
 *
 * @param file where it stands
 * @param lines without their indentation
 */
record CodeBlock(Path file, List<String> lines) {
  private static final String FENCE = "```";
  private static final String INDENT = "    ";

  /** All of the project's documentation, in the order in which a user meets it. */
  static List<CodeBlock> ofDocumentation(Path project) {
    return files(project).stream().flatMap(file -> of(file).stream()).toList();
  }

  /** The files of it, in the same order. */
  static List<Path> files(Path project) {
    List<Path> files = new ArrayList<>();
    files.add(project.resolve("README.md"));
    try (Stream<Path> docs = Files.list(project.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    files.add(project.resolve("CONTRIBUTING.md"));
    return files;
  }

  private static List<CodeBlock> of(Path file) {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> current = new ArrayList<>();
    boolean fenced = false;
    boolean afterBlank = true;
    for (String line : linesOf(file)) {
      if (line.startsWith(FENCE)) {
        end(file, current, blocks);
        fenced = !fenced;
      } else if (fenced || (line.startsWith(INDENT) && (afterBlank || !current.isEmpty()))) {
        current.add(fenced ? line : line.substring(INDENT.length()));
      } else {
        end(file, current, blocks);
      }
      afterBlank = line.isBlank();
    }
    end(file, current, blocks);
    return blocks;
  }

  private static void end(Path file, List<String> lines, List<CodeBlock> blocks) {
    if (!lines.isEmpty()) {
      blocks.add(new CodeBlock(file, List.copyOf(lines)));
      lines.clear();
    }
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean contains(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  /** As a file's content. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
