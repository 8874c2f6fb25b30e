package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.tls.ConnectFailures;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A firewall is told from a network that is not there. */
class ConnectDiagnosisTest {
  private static final UpstreamSpec SERVER =
      new UpstreamSpec(AddressLiteral.parse("192.0.2.1").orElseThrow(), 853, null);

  private static Finding found(boolean there, boolean route, java.io.IOException failure) {
    return new ConnectDiagnosis(server -> there, server -> route)
        .ofConnect(SERVER, ConnectFailures.ofConnect(failure));
  }

  @Test
  void aFirewallThatRejects() {
    Finding found = found(false, true, new NoRouteToHostException("No route to host"));
    assertTrue(found.text().contains("a firewall rejects it"), found.text());
    assertEquals("have the firewall let TCP port 853 out to 192.0.2.1", found.remedies().get(0));
    Finding denied = found(false, true, new SocketException("Permission denied"));
    assertTrue(denied.text().contains("a firewall rejects it"), denied.text());
  }

  @Test
  void aFirewallThatDrops() {
    Finding found = found(true, true, new SocketTimeoutException("connect timed out"));
    assertTrue(found.text().contains("a firewall drops it"), found.text());
  }

  @Test
  void theRemedyInAMessageReplacesTheGeneralOne() {
    Finding found =
        Finding.failOf("trust store ca.pem is empty; put a certificate into it", "correct it");
    assertEquals("trust store ca.pem is empty", found.text());
    assertEquals(List.of("put a certificate into it"), found.remedies());
    assertEquals(List.of("correct it"), Finding.failOf("broken", "correct it").remedies());
  }

  @Test
  void noRouteToTheServer() {
    Finding found = found(false, false, new NoRouteToHostException("No route to host"));
    assertTrue(found.text().contains("this machine has no route to it"), found.text());
  }
}
