package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorAddressTest {
  private static final String LOCAL = "service:jmx:rmi://127.0.0.1/stub/";

  /** As Java 25 on Linux wrote it. */
  private static final String STUB =
      "rO0ABXNyAC5qYXZheC5tYW5hZ2VtZW50LnJlbW90ZS5ybWkuUk1JU2VydmVySW1wbF9TdHViAAAAAAAAAAICAAB4cgAa"
          + "amF2YS5ybWkuc2VydmVyLlJlbW90ZVN0dWLp/tzJi+FlGgIAAHhyABxqYXZhLnJtaS5zZXJ2ZXIuUmVtb3RlT2Jq"
          + "ZWN002G0kQxhMx4DAAB4cHc0AAtVbmljYXN0UmVmMgAACTEyNy4wLjAuMQAAiA2eEXoMmjRkjpARnLkAAAGiL1sP"
          + "doABAHg=";

  /** As Java 8 did. */
  private static final String PROXY =
      "rO0ABXN9AAAAAQAlamF2YXgubWFuYWdlbWVudC5yZW1vdGUucm1pLlJNSVNlcnZlcnhyABdqYXZhLmxhbmcucmVmbGVj"
          + "dC5Qcm94eeEn2iDMEEPLAgABTAABaHQAJUxqYXZhL2xhbmcvcmVmbGVjdC9JbnZvY2F0aW9uSGFuZGxlcjt4cHNy"
          + "AC1qYXZhLnJtaS5zZXJ2ZXIuUmVtb3RlT2JqZWN0SW52b2NhdGlvbkhhbmRsZXIAAAAAAAAAAgIAAHhyABxqYXZh"
          + "LnJtaS5zZXJ2ZXIuUmVtb3RlT2JqZWN002G0kQxhMx4DAAB4cHc0AAtVbmljYXN0UmVmMgAACTEyNy4wLjAuMQAA"
          + "kw1UbNwT4lxvfRKl5c4AAAGiL1sJcYABAHg=";

  private static final String REFUSED = "the address of its MBeans is not one that a JDK makes";

  /** The number of the object, its time and the port are what is kept of it. */
  @Test
  void theAddressOfThisJdkIsAccepted() throws IOException {
    String url = ConnectorAddress.of(LOCAL + STUB).url();
    String octets = octetsOf(url);
    String jdks = octetsOf(LOCAL + STUB);
    int reference = jdks.indexOf("UnicastRef2");
    assertEquals(
        jdks.substring(0, reference - 4)
            + "w2\0\nUnicastRef"
            + jdks.substring(reference + "UnicastRef2?".length()),
        octets,
        "the same, without the place of a socket factory");
    assertEquals(url, ConnectorAddress.of(url).url(), "what is written anew is read as well");
  }

  @Test
  void theAddressOfJava8IsAccepted() throws IOException {
    String octets = octetsOf(ConnectorAddress.of(LOCAL + PROXY).url());
    String jdks = octetsOf(LOCAL + PROXY);
    assertTrue(octets.contains("javax.management.remote.rmi.RMIServerImpl_Stub"));
    String number = jdks.substring(jdks.indexOf("127.0.0.1"));
    assertEquals(number, octets.substring(octets.indexOf("127.0.0.1")));
  }

  /** What a machine is called, or says that it is called, is never asked for. */
  @Test
  void theHostBecomesTheLoopbackAddress() throws IOException {
    String host = "attacked.example";
    String octets =
        octetsOf(LOCAL + STUB)
            .replace("w4\0\013", "w;\0\013")
            .replace("\0\011127.0.0.1", "\0\020" + host);
    String url = ConnectorAddress.of(addressOf(latin(octets))).url();
    assertEquals(ConnectorAddress.of(LOCAL + STUB).url(), url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "service:jmx:rmi:///jndi/rmi://127.0.0.1:1099/jmxrmi",
        "service:jmx:rmi://127.0.0.1/jndi/ldap://attacked.example/x",
        "service:jmx:iiop://127.0.0.1/stub/rO0ABQ==",
        "service:jmx:rmi://127.0.0.1",
        "service:jmx:rmi://127.0.0.1/stub/",
        "service:jmx:rmi://127.0.0.1/stub/!",
        "service:jmx:rmi://127.0.0.1/stub/rO0ABQ==", // and nothing behind it
        "http://127.0.0.1/stub/rO0ABQ=="
      })
  void addressesThatTheJdkDoesNotWriteAreRefused(String address) {
    assertRefused(address);
  }

  @Test
  void aMissingOrEndlessAddressIsRefused() {
    assertRefused(null);
    assertRefused(LOCAL + "A".repeat(10_000_000));
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() throws IOException {
    for (String host :
        new String[] {
          "192.0.2.1", "attacked.example", "localhost", "[2001:db8::1]", "", "[", "127.1"
        }) {
      assertRefused("service:jmx:rmi://" + host + "/stub/" + STUB);
    }
    ConnectorAddress.of("service:jmx:rmi://[::1]/stub/" + STUB);
    ConnectorAddress.of("service:jmx:rmi://127.0.0.2/stub/" + STUB);
  }

  /** Each would be made, and do harm, while it is read. */
  @Test
  void aStubOfAnotherClassIsRefused() throws IOException {
    Map<Object, String> names = new HashMap<>();
    names.put(new URL("http", "127.0.0.1", "/"), "a lookup for each key, were it a name");
    for (Object object : new Object[] {names, new HashSet<>(List.of("x")), "text", new int[5]}) {
      assertRefused(addressOf(serialised(object)));
    }
  }

  /** Any value that a JVM puts there is refused in one way, or is an address on this machine. */
  @Test
  void aDamagedAddressIsRefusedOrIsOnThisMachine() {
    byte[] stub = Base64.getDecoder().decode(STUB);
    Random random = new Random(1853);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = stub.clone();
      for (int octets = random.nextInt(3); octets >= 0; octets--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      try {
        String url = ConnectorAddress.of(addressOf(Arrays.copyOf(damaged, length))).url();
        assertTrue(url.startsWith(LOCAL), url);
      } catch (IOException none) {
        assertEquals(REFUSED, none.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 10_000, refused + " of 20,000");
  }

  private static void assertRefused(String address) {
    IOException refused = assertThrows(IOException.class, () -> ConnectorAddress.of(address));
    assertEquals(REFUSED, refused.getMessage());
  }

  private static String octetsOf(String address) {
    byte[] stub = Base64.getDecoder().decode(address.substring(LOCAL.length()));
    return new String(stub, StandardCharsets.ISO_8859_1);
  }

  private static String addressOf(byte[] stub) {
    return LOCAL + Base64.getEncoder().encodeToString(stub);
  }

  private static byte[] latin(String octets) {
    return octets.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] serialised(Object object) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(object);
    }
    return octets.toByteArray();
  }
}
