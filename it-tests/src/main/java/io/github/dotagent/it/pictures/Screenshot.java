package io.github.dotagent.it.pictures;

import java.util.List;

/**
 * Lines of a terminal as SVG, which stay sharp, can be searched, and read on light and dark.
 * Immutable.
 */
record Screenshot(String title, List<String> lines) {
  private static final int LINE = 18; // pixels, for letters of 13
  private static final int TOP = 44; // below the bar of the window
  private static final int LEFT = 20;

  /** Of a monospaced letter of 13 pixels; in the widest of the usual fonts it is 7.9. */
  private static final int LETTER = 8;

  private static final String STYLE =
      """
        <style>
          svg { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 13px; }
          .card { fill: #f6f8fa; stroke: #c4ccd6; } .dot { fill: #c4ccd6; }
          text { fill: #1d2530; white-space: pre; } .prompt { font-weight: 700; }
          @media (prefers-color-scheme: dark) {
            .card { fill: #10151c; stroke: #3a4452; } .dot { fill: #3a4452; } text { fill: #e8edf3; }
          }
        </style>
      """;

  String svg() {
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    int width = 2 * LEFT + longest * LETTER;
    int height = TOP + lines.size() * LINE + 12;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(width + " " + height + "\" width=\"" + width + "\" height=\"" + height + "\"")
        .append(" role=\"img\" aria-labelledby=\"title desc\">\n");
    svg.append("  <title id=\"title\">").append(BarChart.escaped(title)).append("</title>\n");
    svg.append("  <desc id=\"desc\">")
        .append(BarChart.escaped(String.join(" ", lines).replaceAll(" +", " ")))
        .append("</desc>\n");
    svg.append(STYLE);
    // within the outline, which is half a pixel to each side
    svg.append("  <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"" + (width - 1))
        .append("\" height=\"" + (height - 1) + "\" rx=\"8\"/>\n");
    for (int i = 0; i < 3; i++) {
      svg.append("  <circle class=\"dot\" cx=\"" + (LEFT + i * 18) + "\" cy=\"18\" r=\"5\"/>\n");
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty()) {
        continue;
      }
      svg.append(line.startsWith("$ ") ? "  <text class=\"prompt\"" : "  <text")
          .append(" xml:space=\"preserve\" x=\"" + LEFT + "\" y=\"" + (TOP + 10 + i * LINE) + "\">")
          .append(BarChart.escaped(line))
          .append("</text>\n");
    }
    return svg.append("</svg>\n").toString();
  }
}
