package io.github.dotagent.wire;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;

/** A response as the command line shows it, of any type, with EDNS and extended errors. */
public final class ShownResponseFuzz implements FuzzTarget {
  private static final QueryToInspect QUERY = QueryToInspect.of("www.example.com", "A");

  @Override
  public void read(byte[] octets) {
    try {
      for (String line : ResponseText.lines(octets)) {
        Findings.checkIsLine(line.replace('\t', ' ')); // columns; within data a tab is escaped
      }
    } catch (ResponseException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
    try {
      QUERY.isAnsweredBy(octets);
    } catch (ResponseException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
  }
}
