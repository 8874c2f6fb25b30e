package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.SignedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A pool of servers that answer when a test says so. Servers are counted from 0. */
final class ScriptedPool {
  static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final Question QUESTION = Question.of("a.example", RecordType.A);

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final List<ScriptedTransport> transports = new ArrayList<>();
  private final List<Upstream> upstreams = new ArrayList<>();
  private final AtomicLong failedLookups = new AtomicLong();
  final AtomicLong namesInClear = new AtomicLong();
  private final UpstreamPool pool;
  private int warmed;

  /** Four servers, 192.0.2.1 to 192.0.2.4. */
  ScriptedPool() {
    this(TIMEOUT, "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
  }

  ScriptedPool(Duration timeout, String... addresses) {
    List<Servers.Entry> entries = new ArrayList<>();
    for (String address : addresses) {
      Upstream upstream = server(address);
      upstreams.add(upstream);
      entries.add(Servers.Entry.of(upstream));
    }
    OutageLog outage =
        new OutageLog("lookups fail", failedLookups::get, namesInClear::get, timers, log);
    pool = new UpstreamPool(new Servers(entries, timers), timers, timeout.toNanos(), log, outage);
  }

  private Upstream server(String address) {
    UpstreamSpec spec =
        new UpstreamSpec(AddressLiteral.parse(address).orElseThrow(), 853, "one.one.one.one");
    ScriptedTransport transport = new ScriptedTransport(timers);
    transports.add(transport);
    return new Upstream(
        spec, transport, timers, new UpstreamStats(spec.toString(), timers, FULL_TERM, log));
  }

  /** Leaves nothing to chance: each back-off lasts its whole time. */
  static final Random FULL_TERM =
      new Random() {
        @Override
        public double nextDouble() {
          return 0;
        }
      };

  CompletableFuture<Answer> lookup() {
    CompletableFuture<Answer> answer = pool.lookup(QUESTION);
    answer.whenComplete((found, failure) -> failedLookups.addAndGet(failure == null ? 0 : 1));
    return answer;
  }

  /** The same for servers that may speak only for some names. */
  CompletableFuture<Answer> lookup(Predicate<String> believed) {
    return pool.lookup(QUESTION, believed, timers.nanoTime());
  }

  /** Records of the question's name; null when there is no server but the one. */
  CompletableFuture<SignedResponse> recordsFromAnother(String address) {
    return pool.recordsFromAnother(SignedQuery.of(QUESTION), address);
  }

  /** A lookup that the server answers after a time; others are not to be asked. */
  void answered(int server, Duration after) {
    CompletableFuture<Answer> answer = lookup();
    timers.advance(after);
    asked(server).answer("203.0.113.7");
    if (!answer.isDone()) {
      throw new AssertionError("it was another server that had to answer");
    }
  }

  /** From now on the server's connection is in this state. */
  void does(int server, String doing) {
    transports.get(server).doing = doing;
  }

  String doing() {
    return pool.doing(QUESTION.name());
  }

  boolean isOutOfReach() {
    return pool.isOutOfReach(QUESTION.name());
  }

  List<UpstreamStatus> status() {
    return pool.status();
  }

  void warmUp() {
    pool.warmUp(() -> warmed++);
  }

  /** How often it was told that lookups may begin. */
  int warmed() {
    return warmed;
  }

  ManualTimers timers() {
    return timers;
  }

  RecordedLog log() {
    return log;
  }

  UpstreamStats standing(int server) {
    return upstreams.get(server).standing();
  }

  ScriptedTransport transport(int server) {
    return transports.get(server);
  }

  /** The query that the server was given last. */
  ScriptedTransport.Asked asked(int server) {
    return transports.get(server).last();
  }

  /** How many queries each server was given. */
  List<Integer> counts() {
    return transports.stream().map(ScriptedTransport::count).toList();
  }

  /** How often each server was to be connected to. */
  List<Integer> warmedUp() {
    return transports.stream().map(ScriptedTransport::warmedUp).toList();
  }
}
