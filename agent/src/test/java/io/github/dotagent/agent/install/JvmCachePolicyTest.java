package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With names of its own, so that no other test of this JVM lives with what is set here. */
class JvmCachePolicyTest {
  private static final String PROPERTY = "dotagent.test.ttl";
  private static final String FALLBACK = "dotagent.test.fallback";

  @AfterEach
  void forget() {
    Security.setProperty(PROPERTY, ""); // it cannot be removed; the JDK reads "" as not set
    System.clearProperty(FALLBACK);
  }

  private static int usersOwn(String property, String asShipped, String fallback) {
    if (property != null) {
      Security.setProperty(PROPERTY, property);
    }
    if (fallback != null) {
      System.setProperty(FALLBACK, fallback);
    }
    return JvmCachePolicy.usersOwn(PROPERTY, asShipped, FALLBACK, 1);
  }

  @ParameterizedTest
  @CsvSource({
    // security property, as shipped, system property, seconds
    ", , , 1",
    "30, , , 30",
    "0, , , 0",
    "' 30 ', , , 30",
    "-1, , , -1",
    "-5, , , -1",
    ", , 20, 20",
    ", , 0, 0",
    ", , -7, -1",
    ", , 0x10, 16",
    "30, , 20, 30",
    "thirty, , 20, 20",
    "thirty, , , 1",
    ", , twenty, 1",
    "10, 10, , 1",
    "10, 10, 20, 20",
    "11, 10, 20, 11",
    "10, , 20, 10"
  })
  void theUsersSettingElseOneSecond(
      String property, String asShipped, String fallback, int expected) {
    assertEquals(expected, usersOwn(property, asShipped, fallback));
  }

  @Test
  void thePolicyIsUnchangedUntilAPropertyIsSet() {
    String before = System.getProperty("sun.net.inetaddr.ttl");
    JvmCachePolicy first = JvmCachePolicy.wanted();
    assertTrue(first.isAs(JvmCachePolicy.wanted()));
    try {
      System.setProperty(
          "sun.net.inetaddr.ttl", "4711"); // the JDK reads it with its own first lookup
      assertFalse(first.isAs(JvmCachePolicy.wanted()));
    } finally {
      if (before == null) {
        System.clearProperty("sun.net.inetaddr.ttl");
      } else {
        System.setProperty("sun.net.inetaddr.ttl", before);
      }
    }
  }

  /** A lookup after the agent has gone finds the JDK's own times, or those set meanwhile. */
  @Test
  void afterRemovalThePolicyIsTheOldOneOrTheNewSetting() {
    JvmCachePolicy before = new JvmCachePolicy(30, 10, 0);
    String set = System.getProperty("sun.net.inetaddr.ttl");
    try {
      System.clearProperty("sun.net.inetaddr.ttl");
      assertEquals("JVM cache 30 s, negative 10 s", JvmCachePolicy.withoutAgent(before).toString());
      System.setProperty("sun.net.inetaddr.ttl", "4711");
      assertEquals(
          "JVM cache 4711 s, negative 10 s", JvmCachePolicy.withoutAgent(before).toString());
    } finally {
      if (set == null) {
        System.clearProperty("sun.net.inetaddr.ttl");
      } else {
        System.setProperty("sun.net.inetaddr.ttl", set);
      }
    }
  }

  @Test
  void theJdksDefaultIsNotTheUsersValue() {
    assertEquals(
        1, JvmCachePolicy.usersOwn("networkaddress.cache.negative.ttl", "10", FALLBACK, 1));
  }
}
