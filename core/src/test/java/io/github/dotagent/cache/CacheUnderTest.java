package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cache with a clock in the test's hand, in front of a scripted upstream. */
final class CacheUnderTest {
  static final String SERVER = "192.0.2.53";
  static final Question WWW = Question.of("www.example.com", RecordType.A);
  static final Question WWW6 = Question.of("www.example.com", RecordType.AAAA);

  /** Of the upstream's lookups, in nanoseconds: far longer than a test lets one be in flight. */
  static final long TIMEOUT = Duration.ofMinutes(5).toNanos();

  final ManualTimers timers = new ManualTimers();
  final RecordedLog log = new RecordedLog();
  final ScriptedUpstream upstream = ScriptedUpstream.answering(addresses(300, 1));
  final CachedLookup cached;

  /** The defaults' bounds, but neither stale answers nor prefetch. */
  CacheUnderTest() {
    this(1000, Duration.ZERO, false);
  }

  CacheUnderTest(long maxEntries, Duration stale, boolean prefetch) {
    this(
        new CachePolicy(
            maxEntries,
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofMinutes(15),
            stale,
            prefetch));
  }

  CacheUnderTest(CachePolicy policy) {
    cached = new CachedLookup(upstream, policy, TIMEOUT, timers, log);
  }

  /** IPv4 addresses that end in these numbers. */
  static Answer addresses(long ttl, int... last) {
    List<byte[]> octets =
        Stream.of(last)
            .flatMapToInt(java.util.Arrays::stream)
            .mapToObj(number -> new byte[] {(byte) 192, 0, 2, (byte) number})
            .toList();
    return Answer.addresses(octets, ttl, SERVER);
  }

  static Answer noSuchName(long ttl) {
    return Answer.noSuchName(ttl, SERVER);
  }

  static Answer noData(long ttl) {
    return Answer.noData(ttl, SERVER);
  }

  /**
   * The immediate result of a lookup: the last numbers of the addresses, the outcome, or the
   * failure.
   */
  String ask(Question question) {
    return outcome(cached.lookup(question));
  }

  static String outcome(CompletableFuture<Answer> future) {
    if (!future.isDone()) {
      return "waiting";
    }
    try {
      Answer answer = future.join();
      if (answer.outcome() != Answer.Outcome.RECORDS) {
        return answer.outcome().toString();
      }
      return answer.addresses().stream()
          .map(address -> Integer.toString(address[address.length - 1] & 0xff))
          .collect(Collectors.joining(" "));
    } catch (CompletionException failed) {
      return failed.getCause() instanceof LookupFailure
          ? ((LookupFailure) failed.getCause()).kind().toString()
          : failed.getCause().toString();
    }
  }

  void seconds(long seconds) {
    timers.advance(Duration.ofSeconds(seconds));
  }

  void millis(long millis) {
    timers.advance(Duration.ofMillis(millis));
  }

  /** From now on every question fails in this way. */
  void upstreamFails(LookupFailure.Kind kind) {
    upstream.from(question -> CompletableFuture.failedFuture(ScriptedUpstream.failure(kind)));
  }
}
