package io.github.dotagent.it.names;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a program look a name up, and reports which servers saw it. */
final class PlaceWitnesses {
  private final DotUpstream dot;
  private final Port53Witness clear;
  private int seen;

  PlaceWitnesses(DotUpstream dot, Port53Witness clear) {
    this.dot = dot;
    this.clear = clear;
  }

  /** Forgets what was seen so far. */
  void forget() {
    seen = clear.sightings().size();
  }

  /** {@code NAME: ADDRESS; clear NAMES; dot NAMES}, with {@code -} for no address. */
  String of(RunningChild program, String name) {
    dot.server.log().forgetQueries();
    String said = program.ask("byName " + name);
    List<String> inClear =
        clear.sightings().stream().skip(seen).map(Sighting::question).distinct().toList();
    forget();
    List<String> overTls =
        dot.server.log().queries().stream()
            .map(query -> query.name() + " " + query.type())
            .collect(Collectors.toList());
    String address = said.startsWith("ok ") ? said.substring("ok ".length()) : "-";
    return name + ": " + address + "; clear " + inClear + "; dot " + overTls;
  }
}
