package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CountedSystemTest {
  private final Witnesses witnesses = new Witnesses();
  private final CleartextNames names = new CleartextNames();
  private final RecordedLog log = new RecordedLog();
  private final ManualTimers timers = new ManualTimers();
  private final CountedSystem system = new CountedSystem(witnesses.system(), names, timers, log);

  @Test
  void eachQuestionCountsBySuffix() throws Exception {
    system.addresses("db.corp.example", AddressFamilyPolicy.IPV4_FIRST);
    system.nameOf(new byte[] {10, 0, 0, 1});
    assertEquals(
        List.of("in-addr.arpa: 1", "corp.example: 1"),
        names.texts().stream().sorted(Comparator.reverseOrder()).toList());
    assertTrue(witnesses.asked().contains("system db.corp.example IPV4_FIRST"));
  }

  /** It would look like a name of the program's. */
  @Test
  void thisMachinesOwnNameIsNamedSo() throws Exception {
    system.addresses("Build-7.corp.example", AddressFamilyPolicy.IPV4_FIRST);
    assertEquals(List.of("(this machine's own name): 1"), names.texts());
  }

  /** The machine has another name for a second at most, unseen. */
  @Test
  void thisMachinesOwnNameIsAskedForOnceASecond() {
    AtomicInteger asked = new AtomicInteger();
    SystemResolver named =
        new SystemResolver() {
          @Override
          public InetAddress[] addresses(String host, AddressFamilyPolicy order) {
            return new InetAddress[0];
          }

          @Override
          public String nameOf(byte[] address) {
            return "";
          }

          @Override
          public String localHostName() {
            return "host-" + asked.incrementAndGet() + ".example";
          }
        };
    CountedSystem counting = new CountedSystem(named, names, timers, log);
    for (int i = 0; i < 5; i++) {
      counting.add("host-1.example");
    }
    assertEquals(1, asked.get());
    assertEquals(List.of("(this machine's own name): 5"), names.texts());
    timers.advance(Duration.ofSeconds(2));
    counting.add("host-2.example");
    assertEquals(2, asked.get());
    assertEquals(List.of("(this machine's own name): 6"), names.texts());
  }

  /** The system resolver was asked. */
  @Test
  void aNameThatDoesNotExistCountsToo() {
    witnesses.exist();
    assertThrows(
        UnknownHostException.class,
        () -> system.addresses("no.corp.example", AddressFamilyPolicy.IPV4_FIRST));
    assertEquals(1, names.count());
  }

  @Test
  void addressesAndThatNameWhichNoServerIsAskedForDoNot() throws Exception {
    system.addresses("192.0.2.1", AddressFamilyPolicy.IPV4_FIRST);
    try {
      system.addresses(Witnesses.IMPOSSIBLE, AddressFamilyPolicy.IPV4_FIRST);
    } catch (UnknownHostException ofCourse) {
      // it is too long a label
    }
    system.localHostName();
    assertEquals(0, names.count());
  }

  @Test
  void wholeNamesAreLoggedOnlyAtDebug() throws Exception {
    system.addresses("db.corp.example", AddressFamilyPolicy.IPV4_FIRST);
    List<String> lines = log.lines();
    assertTrue(
        lines.stream()
            .filter(line -> line.contains("db.corp"))
            .allMatch(l -> l.startsWith("DEBUG")),
        lines.toString());
    assertFalse(names.texts().toString().contains("db"));
  }
}
