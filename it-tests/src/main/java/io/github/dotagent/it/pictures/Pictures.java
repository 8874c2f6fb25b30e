package io.github.dotagent.it.pictures;

import io.github.dotagent.it.pictures.BarChart.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws the pictures that follow from what stands in {@code docs/}: the figures of the benchmarks
 * as bars, from the tables that hold what they gave, and the output of {@code status}. So a picture
 * never says something else than the text beside it. Run it again after a table has changed.
 *
 * <pre>Pictures PROJECT</pre>
 */
public final class Pictures {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9,]*(\\.[0-9]+)?");

  private Pictures() {}

  public static void main(String[] args) throws IOException {
    Path project = Path.of(args[0]);
    for (Map.Entry<String, String> picture : of(project).entrySet()) {
      Files.writeString(project.resolve(picture.getKey()), picture.getValue());
    }
  }

  /**
   * The SVG of each, by its file in the project.
   *
   * @throws IOException also when a table is not found
   */
  public static Map<String, String> of(Path project) throws IOException {
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put(
        "docs/images/lookup-time.svg",
        new BarChart(
                "One lookup of a new name, server on the same machine: median",
                "us",
                List.of("dot-agent", "stock JDK with stubby", "bare TLS: the best possible"),
                rows(
                    project.resolve("docs/speed.md"),
                    "## One thread, against stubby",
                    "Java ",
                    2,
                    1,
                    5))
            .svg());
    pictures.put(
        "docs/images/start-time.svg",
        new BarChart(
                "What the agent costs at the start of a JVM: medians",
                "ms",
                List.of("added to an empty main", "whole JVM: start, one lookup, end"),
                rows(project.resolve("docs/start.md"), "## The start", "Java ", 1, 2))
            .svg());
    pictures.put(
        "docs/images/status.svg",
        new Screenshot(
                "The output of status", block(project.resolve("docs/running.md"), "## status"))
            .svg());
    return pictures;
  }

  /** The lines of the first fenced block below a heading. */
  private static List<String> block(Path file, String heading) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> below = lines.subList(lines.indexOf(heading) + 1, lines.size());
    int begin = below.indexOf("```console");
    if (!lines.contains(heading) || begin < 0) {
      throw new IOException(file + " has no output below " + heading);
    }
    List<String> block = below.subList(begin + 1, below.size());
    return List.copyOf(block.subList(0, block.indexOf("```")));
  }

  /**
   * Of the first table below a heading, the rows that begin with a number.
   *
   * @param columns in which the values are, from 0 on; the first number of each cell counts
   */
  private static List<Group> rows(Path file, String heading, String label, int... columns)
      throws IOException {
    List<String> lines = Files.readAllLines(file);
    int begin = lines.indexOf(heading);
    if (begin < 0) {
      throw new IOException(file + " has no heading " + heading);
    }
    List<Group> groups = new ArrayList<>();
    boolean inTable = false;
    for (String line : lines.subList(begin + 1, lines.size())) {
      if (!line.startsWith("|")) {
        if (inTable) {
          break;
        }
        continue;
      }
      inTable = true;
      List<String> cells = List.of(line.substring(1).split("\\|"));
      String first = cells.get(0).strip();
      if (!first.matches("[0-9]+")) {
        continue; // the head, or a goal
      }
      List<Double> values = new ArrayList<>();
      for (int column : columns) {
        values.add(number(file, line, cells.get(column)));
      }
      groups.add(new Group(label + first, values));
    }
    if (groups.isEmpty()) {
      throw new IOException(file + " has no figures below " + heading);
    }
    return groups;
  }

  private static double number(Path file, String line, String cell) throws IOException {
    Matcher number = NUMBER.matcher(cell);
    if (!number.find()) {
      throw new IOException(file + ": no number in \"" + cell.strip() + "\" of " + line);
    }
    return Double.parseDouble(number.group().replace(",", ""));
  }
}
