package io.github.dotagent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.resolver.EnforceModeAnswer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static InetAddress[] addresses(String texts) throws UnknownHostException {
    if (texts == null) {
      return new InetAddress[0];
    }
    String[] all = texts.split(" ");
    InetAddress[] addresses = new InetAddress[all.length];
    for (int i = 0; i < all.length; i++) {
      addresses[i] = InetAddress.getByName(all[i]);
    }
    return addresses;
  }

  @ParameterizedTest
  @CsvSource({
    // system, over TLS
    "192.0.2.1, 192.0.2.1, SAME",
    "192.0.2.1 192.0.2.2, 192.0.2.2 192.0.2.1, SAME",
    "192.0.2.1 192.0.2.2, 192.0.2.2 192.0.2.3, SAME",
    "192.0.2.1, 192.0.2.1 2001:db8::1, SAME",
    "192.0.2.1, 198.51.100.1, OTHER_ADDRESSES",
    "192.0.2.1, 2001:db8::1, OTHER_ADDRESSES",
    "10.0.0.1, 10.0.0.2, OTHER_ADDRESSES",
    "192.0.2.1, 10.0.0.2, OTHER_ADDRESSES",
    "10.0.0.1 192.0.2.9, 192.0.2.1, OTHER_ADDRESSES",
    "10.0.0.1, 192.0.2.1, OTHER_SCOPE",
    "172.16.0.1, 192.0.2.1, OTHER_SCOPE",
    "192.168.0.1, 192.0.2.1, OTHER_SCOPE",
    "100.64.0.1, 192.0.2.1, OTHER_SCOPE",
    "100.128.0.1, 192.0.2.1, OTHER_ADDRESSES",
    "127.0.0.1, 192.0.2.1, OTHER_SCOPE",
    "169.254.0.1, 192.0.2.1, OTHER_SCOPE",
    "fd00::1, 2001:db8::1, OTHER_SCOPE",
    "fc00::1, 2001:db8::1, OTHER_SCOPE",
    "fe80::1, 2001:db8::1, OTHER_SCOPE",
    "2001:db8::2, 2001:db8::1, OTHER_ADDRESSES",
    "192.0.2.1, , ONLY_SYSTEM",
    ", 192.0.2.1, ONLY_TLS",
    ", , SAME",
  })
  void answersAreCompared(String system, String overTls, Comparison comparison) throws Exception {
    List<InetAddress> enforced = Arrays.asList(addresses(overTls));
    LookupOutcome outcome = overTls == null ? LookupOutcome.NO_SUCH_NAME : LookupOutcome.FOUND;
    for (Source source : List.of(Source.UPSTREAM, Source.ZONE, Source.CACHE, Source.STALE)) {
      EnforceModeAnswer answer = new EnforceModeAnswer(enforced, outcome, source);
      assertEquals(comparison, Comparison.of(addresses(system), answer), source.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNTRUSTED, TLS_FAILS, TLS_FAILS",
    "TIMEOUT, TLS_FAILS, TLS_FAILS",
    "SERVER_FAILURE, TLS_FAILS, TLS_FAILS",
    "SYSTEM_FAILURE, TLS_FAILS, SAME",
    "NO_DATA, ONLY_SYSTEM, SAME"
  })
  void failuresAreCompared(LookupOutcome outcome, Comparison found, Comparison notFound)
      throws Exception {
    EnforceModeAnswer answer = new EnforceModeAnswer(List.of(), outcome, Source.UPSTREAM);
    assertEquals(found, Comparison.of(addresses("192.0.2.1"), answer));
    assertEquals(notFound, Comparison.of(null, answer));
  }

  @ParameterizedTest
  @CsvSource({"SYSTEM", "HOSTS", "LOOPBACK"})
  void notAskedOverTls(Source source) throws Exception {
    EnforceModeAnswer found =
        new EnforceModeAnswer(List.of(addresses("10.0.0.1")), LookupOutcome.FOUND, source);
    assertEquals(Comparison.BY_SETTINGS, Comparison.of(addresses("10.0.0.1"), found));
    EnforceModeAnswer none = new EnforceModeAnswer(List.of(), LookupOutcome.NO_SUCH_NAME, source);
    assertEquals(Comparison.BY_SETTINGS, Comparison.of(null, none));
    assertEquals(Comparison.ONLY_SYSTEM, Comparison.of(addresses("10.0.0.1"), none));
  }
}
