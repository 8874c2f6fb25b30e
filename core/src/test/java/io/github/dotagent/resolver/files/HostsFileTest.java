package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostsFileTest {
  @TempDir Path folder;

  private final RecordedLog log = new RecordedLog();
  private final ManualTimers timers = new ManualTimers();
  private Path file;
  private HostsFile hosts;

  /** Of the file, moved on with each change: a file system may know time to the second only. */
  private long second = 1_700_000_000;

  @BeforeEach
  void emptyFile() throws IOException {
    file = folder.resolve("hosts");
    write();
    hosts = new HostsFile(file, SameThread.THREADS, timers, log);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines), StandardCharsets.ISO_8859_1);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second++ * 1000));
    timers.advance(Duration.ofSeconds(1)); // it is not looked at more often
  }

  private WaitBudget time() {
    return new WaitBudget(timers, 0);
  }

  private List<String> addresses(String name) throws UnknownHostException {
    List<String> texts = new ArrayList<>();
    for (byte[] address : hosts.addresses(name, time())) {
      texts.add(InetAddress.getByAddress(address).getHostAddress());
    }
    return texts;
  }

  private String nameOf(String address) throws FileNotReadException {
    return hosts.nameOf(AddressLiteral.parse(address).orElseThrow().getAddress(), time());
  }

  @Test
  void allNamesOfALineAndAllLinesOfAName() throws IOException {
    write(
        "# a comment",
        "",
        "   ",
        "192.0.2.1 db db.example.com # the first",
        "\t192.0.2.2\tdb\tcache#the second",
        "2001:db8::1 db\r",
        "  192.0.2.3   last");
    assertEquals(List.of("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1"), addresses("db"));
    assertEquals(List.of("192.0.2.1"), addresses("db.example.com"));
    assertEquals(List.of("192.0.2.2"), addresses("cache"));
    assertEquals(List.of("192.0.2.3"), addresses("last"));
    assertEquals(List.of(), addresses("the"));
    assertEquals(List.of(), addresses("192.0.2.1"));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void isLookedAtOnceASecond() throws IOException {
    write("192.0.2.1 db");
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    Files.writeString(file, "192.0.2.22 db");
    timers.advance(Duration.ofSeconds(1).minusNanos(1));
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    timers.advance(Duration.ofNanos(1));
    assertEquals(List.of("192.0.2.22"), addresses("db"));
  }

  @Test
  void namesCompareWithoutCase() throws IOException {
    write("192.0.2.1 DB.Example.COM", "192.0.2.2 db.example.com");
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), addresses("db.example.com"));
  }

  @Test
  void theFirstNameOfAnAddressKeepsItsSpelling() throws IOException {
    write("192.0.2.1 First second", "192.0.2.1 third", "2001:DB8:0::1 six");
    assertEquals("First", nameOf("192.0.2.1"));
    assertEquals("six", nameOf("2001:db8::1"));
    assertNull(nameOf("192.0.2.2"));
  }

  /** Its reverse lookup is that of the IPv4 address (RFC 4291 §2.5.5.2). */
  @Test
  void theNameOfAnIpv4AddressThatIsWrittenAsIpv6() throws IOException {
    write("::ffff:192.0.2.7 mapped");
    assertEquals("mapped", nameOf("192.0.2.7"));
    assertEquals("mapped", nameOf("::ffff:192.0.2.7"));
    assertEquals(16, hosts.addresses("mapped", time()).get(0).length);
  }

  @Test
  void malformedLinesAreCountedOnceAndPassedOver() throws IOException {
    write(
        "192.0.2.1 good",
        "not-an-address bad",
        "192.0.2.256 bad",
        "bad",
        "192.0.2 bad",
        "fe80::1%no-such-interface bad",
        "::1%0 bad", // a zone that every machine has
        "192.0.2.2", // an address without a name says nothing, and harms nothing
        "192.0.2.3 good");
    for (int lookup = 0; lookup < 3; lookup++) {
      assertEquals(List.of("192.0.2.1", "192.0.2.3"), addresses("good"));
      assertEquals(List.of(), addresses("bad"));
    }
    assertEquals(
        List.of("WARN " + file + ": lines without an address are ignored: 6"), log.lines());
  }

  /** A comment may be in any encoding. */
  @Test
  void invalidUtf8IsTolerated() throws IOException {
    write("192.0.2.1 one # caf\u00e9 \u00ff", "192.0.2.2 two");
    assertEquals(List.of("192.0.2.1"), addresses("one"));
    assertEquals(List.of("192.0.2.2"), addresses("two"));
  }

  /** As glibc, which takes no line with one, whether this machine has the zone or not. */
  @Test
  void anAddressWithAZone() throws IOException {
    write("fe80::1%1 router", "fe80::1%lo0 localhost", "fe80::2 other");
    assertEquals(List.of(), addresses("router"));
    assertEquals(List.of(), addresses("localhost"));
    assertNull(nameOf("fe80::1"));
    assertEquals(List.of("fe80:0:0:0:0:0:0:2"), addresses("other"));
  }

  @Test
  void aChangeIsFollowed() throws IOException {
    assertEquals(List.of(), addresses("db"));
    write("192.0.2.1 db");
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    write("192.0.2.2 db"); // of the same size
    assertEquals(List.of("192.0.2.2"), addresses("db"));
    assertEquals("db", nameOf("192.0.2.2"));
    assertNull(nameOf("192.0.2.1"));
    write();
    assertEquals(List.of(), addresses("db"));
  }

  @Test
  void aChangeOfSizeAloneIsFollowed() throws IOException {
    write("192.0.2.1 db");
    FileTime time = Files.getLastModifiedTime(file);
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    write("192.0.2.22 db");
    Files.setLastModifiedTime(file, time);
    assertEquals(List.of("192.0.2.22"), addresses("db"));
  }

  @Test
  void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
    write("192.0.2.1 db");
    FileTime time = Files.getLastModifiedTime(file);
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    write("192.0.2.9 db"); // same time and size as before
    Files.setLastModifiedTime(file, time);
    assertEquals(List.of("192.0.2.1"), addresses("db"));
  }

  @Test
  void aDeletedFileKeepsItsContent() throws IOException {
    write("192.0.2.1 db");
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    Files.delete(file);
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    write("192.0.2.2 db");
    assertEquals(List.of("192.0.2.2"), addresses("db"));
  }

  @Test
  void aFileThatIsNotThereIsEmptyUntilItComes() throws IOException {
    Files.delete(file);
    assertEquals(List.of(), addresses("db"));
    assertNull(nameOf("192.0.2.1"));
    write("192.0.2.1 db");
    assertEquals(List.of("192.0.2.1"), addresses("db"));
  }

  @Test
  void aFolderInItsPlaceIsEmpty() throws IOException {
    hosts = new HostsFile(folder, SameThread.THREADS, timers, log);
    assertEquals(List.of(), addresses("db"));
  }

  @Test
  void noFileAtAll() throws IOException {
    hosts = new HostsFile(null, SameThread.THREADS, timers, log);
    assertEquals(List.of(), addresses("localhost"));
    assertNull(nameOf("127.0.0.1"));
  }

  @Test
  void aHundredThousandLines() throws IOException {
    int lines = 100_000;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("10.").append(i >> 16).append('.').append(i >> 8 & 0xff).append('.');
      text.append(i & 0xff).append(" host-").append(i).append(" all\n");
    }
    write(text.toString());
    assertEquals(List.of("10.0.0.0"), addresses("host-0"));
    assertEquals(List.of("10.1.134.159"), addresses("host-99999"));
    assertEquals(lines, hosts.addresses("all", time()).size());
    assertEquals("host-65536", nameOf("10.1.0.0"));
    assertTrue(log.lines().isEmpty(), log.lines()::toString);
  }
}
