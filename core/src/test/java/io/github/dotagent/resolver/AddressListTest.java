package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.resolver.files.HostsFile;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressListTest {
  @TempDir Path folder;

  private static byte[] ipv4(int last) {
    return new byte[] {(byte) 192, 0, 2, (byte) last};
  }

  private static byte[] ipv6(int last) {
    byte[] address = Witnesses.IPV6.clone();
    address[15] = (byte) last;
    return address;
  }

  private static String texts(List<byte[]> addresses) throws UnknownHostException {
    List<String> texts = new ArrayList<>();
    for (byte[] address : addresses) {
      texts.add(AddressList.textOf(address).replace("2001:db8:0:0:0:0:0:", "six"));
    }
    return String.join(" ", texts);
  }

  /** What glibc 2.36 makes of the lines of a hosts file for AF_INET, and for both. */
  @ParameterizedTest
  @CsvSource({
    "IPV4_ONLY, ::1, 127.0.0.1",
    "IPV4_ONLY, ::ffff:192.0.2.7, 192.0.2.7",
    "IPV4_ONLY, 2001:db8::1, ''",
    "IPV4_ONLY, ::192.0.2.5, ''",
    "IPV4_ONLY, fe80::1, ''",
    "IPV4_ONLY, ::, ''",
    "IPV4_FIRST, ::1, 0:0:0:0:0:0:0:1",
    "IPV6_ONLY, ::1, 0:0:0:0:0:0:0:1",
    "SYSTEM, 2001:db8::1, six1",
  })
  void linesOfAHostsFile(AddressFamilyPolicy order, String line, String expected)
      throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), line + " name\n");
    ManualTimers timers = new ManualTimers();
    HostsFile hosts = new HostsFile(file, SameThread.THREADS, timers, new RecordedLog());
    List<byte[]> read = hosts.addresses("name", new WaitBudget(timers, 0));
    assertEquals(expected, texts(AddressList.ofHosts(read, order)));
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4_ONLY, 192.0.2.9 192.0.2.1",
    "IPV6_ONLY, six8 six2",
    "IPV4_FIRST, 192.0.2.9 192.0.2.1 six8 six2",
    "IPV6_FIRST, six8 six2 192.0.2.9 192.0.2.1",
    "SYSTEM, six8 six2 192.0.2.9 192.0.2.1"
  })
  void groupedByFamilyAndWithinOneInTheOrderGiven(AddressFamilyPolicy order, String expected)
      throws UnknownHostException {
    List<byte[]> mixed = List.of(ipv6(8), ipv4(9), ipv4(1), ipv6(2));
    assertEquals(expected, texts(AddressList.inOrder(mixed, order)));
  }

  @Test
  void anAddressGivenTwiceIsThereOnce() throws UnknownHostException {
    List<byte[]> twice = List.of(ipv4(1), ipv6(1), ipv4(2), ipv4(1), ipv6(1));
    assertEquals(
        "192.0.2.1 192.0.2.2 six1",
        texts(AddressList.inOrder(twice, AddressFamilyPolicy.IPV4_FIRST)));
  }

  @Test
  void addressesOfAnUnwantedFamilyAreDropped() {
    assertEquals(List.of(), AddressList.inOrder(List.of(ipv6(1)), AddressFamilyPolicy.IPV4_ONLY));
    assertEquals(List.of(), AddressList.inOrder(List.of(ipv4(1)), AddressFamilyPolicy.IPV6_ONLY));
  }

  @Test
  void carryTheHostNameAsTheCallerSpelledIt() throws UnknownHostException {
    InetAddress[] named = AddressList.named("WWW.Example.com.", List.of(ipv4(1), ipv6(1)));
    assertEquals("WWW.Example.com.", named[0].getHostName());
    assertEquals("WWW.Example.com.", named[1].getHostName());
    assertEquals("192.0.2.1", named[0].getHostAddress());
    assertEquals("2001:db8:0:0:0:0:0:1", named[1].getHostAddress());
  }

  /** As the JDK's own resolver has it: an IPv4 address of it would be there twice. */
  @Test
  void anIpv4MappedAddressStaysOneOfIpv6() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(ipv4(1), 0, mapped, 12, 4);
    InetAddress[] named = AddressList.named("www.example.com", List.of(ipv4(1), mapped));
    assertEquals("192.0.2.1", named[0].getHostAddress());
    Inet6Address second = assertInstanceOf(Inet6Address.class, named[1]);
    assertArrayEquals(mapped, second.getAddress());
    assertEquals("0:0:0:0:0:ffff:c000:201", second.getHostAddress(), "without a scope");
    assertEquals("www.example.com", second.getHostName());
    InetAddress[] renamed = AddressList.renamed("other.example.com", named);
    assertInstanceOf(Inet6Address.class, renamed[1]);
  }

  @Test
  void anEmptyListIsNoAnswer() {
    UnknownHostException none =
        assertThrows(
            UnknownHostException.class, () -> AddressList.named("www.example.com", List.of()));
    assertEquals("www.example.com: no address of the family that is asked for", none.getMessage());
  }

  @Test
  void loopback() throws UnknownHostException {
    List<String> texts = new ArrayList<>();
    for (byte[] address : AddressList.LOOPBACK) {
      texts.add(AddressList.textOf(address));
    }
    assertEquals(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"), texts);
  }
}
