package io.github.dotagent.agent.cli.status;

import io.github.dotagent.agent.cli.Json;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What {@code status} makes of the MBeans of a JVM that says what it likes. */
public final class StatusFuzz implements FuzzTarget {
  private static final List<String> RESOLVER = new ArrayList<>(new TreeSet<>(all().keySet()));
  private static final List<String> UPSTREAM =
      new ArrayList<>(new TreeSet<>(Looks.upstream().keySet()));

  private static Map<String, Object> all() {
    Map<String, Object> all = Looks.followed();
    all.putAll(Looks.observing());
    return all;
  }

  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    boolean verbose = (input.octet() & 1) != 0;
    Map<String, Object> resolver = all();
    List<Map<String, Object>> upstreams = new ArrayList<>(List.of(Looks.upstream()));
    StatusSnapshot before = Looks.of(number(input), all(), List.of(Looks.upstream()));
    while (!input.isEmpty()) {
      int which = input.octet();
      if (which < 128) {
        resolver.put(RESOLVER.get(which % RESOLVER.size()), value(input));
      } else if (which == 255 && upstreams.size() < 5) {
        upstreams.add(Looks.untried());
      } else {
        upstreams
            .get(upstreams.size() - 1)
            .put(UPSTREAM.get(which % UPSTREAM.size()), value(input));
      }
    }
    StatusSnapshot look = Looks.of(number(new FuzzInput(octets)), resolver, upstreams);
    for (StatusSnapshot earlier : new StatusSnapshot[] {null, before}) {
      StatusTable.of(look, earlier, verbose, Paint.PLAIN).forEach(Findings::checkIsLine);
    }
    StringWriter json = new StringWriter();
    StatusJson.write(look, Json.to(new PrintWriter(json)));
    Findings.checkAreLines(json.toString());
  }

  private static Object value(FuzzInput input) {
    return switch (input.choice(7)) {
      case 0 -> text(input);
      case 1 -> new String[] {text(input), null, text(input)};
      case 2 -> number(input);
      case 3 -> (int) number(input);
      case 4 -> Double.longBitsToDouble(number(input));
      case 5 -> (input.octet() & 1) != 0;
      default -> new Object[0];
    };
  }

  private static String text(FuzzInput input) {
    return new String(input.part(), StandardCharsets.UTF_8);
  }

  private static long number(FuzzInput input) {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | input.octet();
    }
    return number;
  }
}
