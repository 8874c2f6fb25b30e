package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.jvm.RunningChild;

/** The agent's MBeans, seen through a program that reads its own. */
record Beans(RunningChild program, String upstream) {
  private static final String RESOLVER = "io.github.dotagent:type=Resolver";

  /** Waits until they are there. */
  void await() {
    assertEquals("ok there", program.ask("await " + RESOLVER));
  }

  String resolver(String attribute) {
    return value("get " + RESOLVER + " " + attribute);
  }

  long count(String attribute) {
    return Long.parseLong(resolver(attribute));
  }

  /** Of the one server. */
  String server(String attribute) {
    return value("get " + upstreamBean() + " " + attribute);
  }

  String upstreamBean() {
    return "io.github.dotagent:type=Upstream,address=\"" + upstream + "\"";
  }

  /** The names of the attributes, sorted. */
  String attributesOfResolver() {
    return value("attributes " + RESOLVER);
  }

  String attributesOfServer() {
    return value("attributes " + upstreamBean());
  }

  void flush(String... name) {
    String argument = name.length == 0 ? "" : " " + name[0];
    assertEquals("ok null", program.ask("call " + RESOLVER + " flush" + argument));
  }

  private String value(String command) {
    String said = program.ask(command);
    assertTrue(said.startsWith("ok"), command + ": " + said);
    return said.substring(Math.min(said.length(), "ok ".length()));
  }
}
