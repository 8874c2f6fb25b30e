package io.github.dotagent.it.pictures;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars in groups, as SVG that reads on light and dark. The same values give the same
 * octets on every machine: lengths of texts, which depend on the fonts that a machine has, decide
 * nothing. Immutable.
 *
 * @param series the names of the bars of a group, three at most
 * @param unit of all values
 */
record BarChart(String title, String unit, List<String> series, List<Group> groups) {
  /** One value for each series. */
  record Group(String label, List<Double> values) {}

  private static final int WIDTH = 760;
  private static final int LEFT = 110; // for the labels of the groups
  private static final int RIGHT = 90; // for the value behind the longest bar
  private static final int TOP = 84; // for the title and the legend
  private static final int BAR = 16;
  private static final int GAP = 14; // between two groups
  private static final int LEGEND = 210; // of one series

  /** Each with 3:1 or more against the card in both schemes (WCAG 2.1, 1.4.11). */
  private static final String STYLE =
      """
        <style>
          svg { font-family: system-ui, sans-serif; font-size: 14px; }
          .card { fill: #ffffff; } .axis { stroke: #8a94a3; }
          .bar0 { fill: #2e8b57; } .bar1 { fill: #3b6fb6; } .bar2 { fill: #c17d11; }
          text { fill: #1d2530; } .title { font-weight: 600; } .small { font-size: 12px; fill: #4a5563; }
          @media (prefers-color-scheme: dark) {
            .card { fill: #10151c; } .axis { stroke: #77818f; }
            .bar0 { fill: #57b881; } .bar1 { fill: #6f9fdf; } .bar2 { fill: #dba84f; }
            text { fill: #e8edf3; } .small { fill: #a9b4c2; }
          }
        </style>
      """;

  String svg() {
    int group = series.size() * BAR + GAP;
    int height = TOP + groups.size() * group + 8;
    double largest =
        groups.stream().flatMap(one -> one.values().stream()).mapToDouble(d -> d).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" role=\"img\" aria-labelledby=\"title desc\">",
        WIDTH,
        height,
        WIDTH,
        height);
    add(svg, "  <title id=\"title\">%s</title>", escaped(title));
    add(svg, "  <desc id=\"desc\">%s</desc>", escaped(description()));
    svg.append(STYLE);
    add(svg, "  <rect class=\"card\" width=\"%d\" height=\"%d\" rx=\"10\"/>", WIDTH, height);
    add(svg, "  <text class=\"title\" x=\"20\" y=\"30\">%s</text>", escaped(title));
    for (int i = 0; i < series.size(); i++) {
      int x = 20 + i * LEGEND;
      add(
          svg,
          "  <rect class=\"bar%d\" x=\"%d\" y=\"46\" width=\"12\" height=\"12\"/>"
              + "<text class=\"small\" x=\"%d\" y=\"56\">%s</text>",
          i,
          x,
          x + 18,
          escaped(series.get(i)));
    }
    int y = TOP;
    for (Group one : groups) {
      add(
          svg,
          "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
          LEFT - 12,
          y + series.size() * BAR / 2 + 5,
          escaped(one.label()));
      for (int i = 0; i < series.size(); i++) {
        double value = one.values().get(i);
        long length = Math.round(value / largest * (WIDTH - LEFT - RIGHT));
        add(
            svg,
            "  <rect class=\"bar%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                + "<text class=\"small\" x=\"%d\" y=\"%d\">%s %s</text>",
            i,
            LEFT,
            y + i * BAR,
            Math.max(1, length),
            BAR - 2,
            LEFT + Math.max(1, length) + 6,
            y + i * BAR + 12,
            number(value),
            escaped(unit));
      }
      y += group;
    }
    add(svg, "  <path class=\"axis\" d=\"M%d %dV%d\"/>", LEFT, TOP - 6, height - GAP);
    svg.append("</svg>\n");
    return svg.toString();
  }

  /** For those who hear it. */
  private String description() {
    StringBuilder text = new StringBuilder("In " + unit + ".");
    for (Group one : groups) {
      text.append(' ').append(one.label()).append(':');
      for (int i = 0; i < series.size(); i++) {
        text.append(i == 0 ? " " : ", ")
            .append(series.get(i))
            .append(' ')
            .append(number(one.values().get(i)));
      }
      text.append('.');
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : "" + value;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
