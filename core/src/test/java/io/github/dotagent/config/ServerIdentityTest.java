package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins, client certificates and a trust store for some of the servers. */
class ServerIdentityTest {
  private static final String A = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String B = "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String C = "sha256/CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir Path folder;

  private static Given servers() {
    return given()
        .property("upstreams=192.0.2.1#dns.example,192.0.2.2")
        .property("zones=corp.example=10.0.0.53#DNS.corp.example,corp.example=2001:db8::53");
  }

  private static Set<SpkiPin> pins(String... texts) {
    Set<SpkiPin> pins = new LinkedHashSet<>();
    for (String text : texts) {
      pins.add(SpkiPin.parse(text));
    }
    return pins;
  }

  @Test
  void aPinBoundToANameIsTheOnlyOneOfItsServers() throws ConfigException {
    TlsPolicy policy =
        servers()
            .property(
                "pins="
                    + A
                    + ",dns.Corp.example="
                    + B
                    + ",dns.corp.example="
                    + C
                    + ",192.0.2.2="
                    + C)
            .load()
            .tls();
    assertEquals(pins(A), policy.pinsOf("dns.example"));
    assertEquals(pins(B, C), policy.pinsOf("dns.corp.example"));
    assertEquals(pins(C), policy.pinsOf("192.0.2.2"));
    assertEquals(pins(A), policy.pinsOf("2001:db8::53"));
    assertEquals(4, policy.pinCount());
  }

  @Test
  void theAddressOfAServerInAnyForm() throws ConfigException {
    TlsPolicy policy = servers().property("pins=2001:DB8:0:0:0:0:0:53=" + A).load().tls();
    assertEquals(pins(A), policy.pinsOf("2001:db8::53"));
    assertEquals(pins(), policy.pinsOf("dns.example"));
    policy = servers().property("pins=[2001:db8::53]=" + A).load().tls(); // as in upstreams
    assertEquals(pins(A), policy.pinsOf("2001:db8::53"));
  }

  /** Misspelled, it would leave without a pin what it was to protect. */
  @Test
  void aNameThatNoServerHasStopsTheStart() {
    assertEquals(
        "dotagent.pins=dns.corp.exmaple="
            + A
            + " (system property): is for 'dns.corp.exmaple', but no server has that name; the"
            + " names of the servers are dns.example, 192.0.2.2, dns.corp.example, 2001:db8::53",
        servers().property("pins=dns.corp.exmaple=" + A).refused());
  }

  @Test
  void aWrongPinBehindAName() {
    assertTrue(
        servers()
            .property("pins=dns.example=sha256/xyz")
            .refused()
            .startsWith(
                "dotagent.pins=dns.example=sha256/xyz (system property):"
                    + " 'dns.example=sha256/xyz' "));
  }

  @Test
  void pinsAloneNeedOneForEachServer() throws ConfigException {
    String bound = "pins=dns.example=" + A + ",192.0.2.2=" + A + ",2001:db8::53=" + A;
    assertEquals(
        "dotagent.auth=pins (system property): needs a pin for each server, and"
            + " 10.0.0.53@853#dns.corp.example has none; write"
            + " dotagent.pins=dns.corp.example=sha256/BASE64 as well",
        servers().property("auth=pins").property(bound).refused());
    servers().property("auth=pins").property(bound + ",dns.corp.example=" + A).load();
    servers().property("auth=pins").property(bound + "," + A).load();
  }

  @Test
  void aTrustStoreIsAddedToTheJdks() throws Exception {
    Path file = Files.createFile(folder.resolve("ca.pem"));
    TlsPolicy added = given().property("trustStore=+" + file).load().tls();
    assertTrue(added.trustStore().orElseThrow().isAdded());
    assertEquals(file, added.trustStore().orElseThrow().file());
    TlsPolicy alone = given().property("trustStore=" + file).load().tls();
    assertFalse(alone.trustStore().orElseThrow().isAdded());
  }

  @Test
  void clientCertificates() throws Exception {
    Path file = Files.createFile(folder.resolve("client.pem"));
    TlsPolicy policy =
        servers().property("clientCertificates=dns.Corp.example=" + file).load().tls();
    assertEquals(Set.of("dns.corp.example"), policy.clientCertificates().keySet());
    assertEquals(file, policy.clientCertificates().get("dns.corp.example").file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clientCertificates=/no/client.pem | '/no/client.pem' is not NAME=FILE; write for example dns.corp.example=/etc/dot-agent/client.pem
          clientCertificates=dns.example=/no/client.pem | there is no file /no/client.pem; correct the path, or the file
          clientCertificates=dns.example= | 'dns.example=' names no file; write for example dns.corp.example=/etc/dot-agent/client.pem
          clientCertificates=10.0.0.53@853#dns.corp.example=/etc/hosts | '10.0.0.53@853#dns.corp.example=/etc/hosts' does not begin with the name or the address of a server; did you mean dns.corp.example=/etc/hosts?
          clientCertificates=192.0.2.2@853=/etc/hosts | '192.0.2.2@853=/etc/hosts' does not begin with the name or the address of a server; did you mean 192.0.2.2=/etc/hosts?
          clientCertificates=[2001:db8::53]@853=/etc/hosts | '[2001:db8::53]@853=/etc/hosts' does not begin with the name or the address of a server; did you mean 2001:db8::53=/etc/hosts?
          clientCertificates=dns.example@853=/etc/hosts | 'dns.example@853=/etc/hosts' does not begin with the name or the address of a server; did you mean dns.example=/etc/hosts?
          clientCertificates=*.corp.example=/etc/hosts | '*.corp.example=/etc/hosts' does not begin with the name or the address of a server; write for example dns.corp.example=/etc/dot-agent/client.pem
          clientCertificates=dns.other=/etc/hosts | is for 'dns.other', but no server has that name; the names of the servers are dns.example, 192.0.2.2, dns.corp.example, 2001:db8::53
          clientCertificates=dns.example=/etc/hosts,DNS.example=/etc/passwd | two certificates are given for the server name dns.example; leave one of them out
          clientCertificates.password=x | has no effect without a client certificate; write dotagent.clientCertificates=NAME=FILE as well, or leave it out
          ecs=off | must be private or server; write for example private
          """)
  void mistakesAreRefusedWithAReason(String setting, String reason) {
    String message = servers().property(setting).refused();
    String shown = setting.contains("password") ? "clientCertificates.password=***" : setting;
    assertEquals("dotagent." + shown + " (system property): " + reason, message);
  }
}
