package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Resolvers for tests, and what they answer in words that a test can compare. */
final class Resolvers {
  static final long TIMEOUT = TimeUnit.SECONDS.toNanos(5);

  private Resolvers() {}

  static NamePolicy policy(List<String> systemSuffixes, boolean singleLabel, Path hosts) {
    return new NamePolicy(systemSuffixes, singleLabel, hosts, SearchPolicy.OFF, false);
  }

  /** With the defaults of the settings, without a hosts file. */
  static PolicyResolver with(Witnesses witnesses) {
    return with(witnesses, policy(List.of("local", "internal"), true, null));
  }

  static PolicyResolver with(Witnesses witnesses, NamePolicy policy) {
    return with(witnesses, policy, new ManualTimers());
  }

  static PolicyResolver with(Witnesses witnesses, NamePolicy policy, Timers timers) {
    return with(witnesses, policy, timers, new RecordedLog());
  }

  static PolicyResolver with(
      Witnesses witnesses, NamePolicy policy, Timers timers, RecordedLog log) {
    return new PolicyResolver(
        witnesses.dot(),
        witnesses.system(),
        policy,
        SameThread.THREADS,
        timers,
        TIMEOUT,
        log,
        StartWait.none(),
        address -> address);
  }

  /** As {@code host/address}, without looking anything up. */
  static List<String> texts(InetAddress... addresses) {
    List<String> texts = new ArrayList<>();
    for (InetAddress address : addresses) {
      texts.add(address.toString());
    }
    return texts;
  }

  static UnknownHostException refusal(HostResolver resolver, String host) {
    return assertThrows(
        UnknownHostException.class, () -> resolver.addresses(host, AddressFamilyPolicy.IPV4_FIRST));
  }
}
