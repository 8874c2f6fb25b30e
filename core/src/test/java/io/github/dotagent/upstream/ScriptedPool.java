package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A pool of servers that answer when a test says so. Servers are counted from 0. */
final class ScriptedPool {
  static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final Question QUESTION = Question.of("a.example", RecordType.A);

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final List<ScriptedTransport> transports = new ArrayList<>();
  private final List<Upstream> upstreams = new ArrayList<>();
  private final UpstreamPool pool;

  /** Four servers, 192.0.2.1 to 192.0.2.4. */
  ScriptedPool() {
    this(TIMEOUT, "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
  }

  ScriptedPool(Duration timeout, String... addresses) {
    for (String address : addresses) {
      UpstreamSpec spec =
          new UpstreamSpec(AddressLiteral.parse(address).orElseThrow(), 853, "one.one.one.one");
      transports.add(new ScriptedTransport());
      upstreams.add(new Upstream(spec, transports.get(transports.size() - 1), timers, log));
    }
    pool = new UpstreamPool(upstreams, timers, timeout.toNanos(), log);
  }

  CompletableFuture<Answer> lookup() {
    return pool.lookup(QUESTION);
  }

  void warmUp() {
    pool.warmUp();
  }

  ManualTimers timers() {
    return timers;
  }

  RecordedLog log() {
    return log;
  }

  UpstreamHealth health(int server) {
    return upstreams.get(server).health();
  }

  /** The query that the server was given last. */
  ScriptedTransport.Asked asked(int server) {
    return transports.get(server).last();
  }

  /** How long the server has from now on for the query that it was given last. */
  Duration timeFor(int server) {
    return Duration.ofNanos(asked(server).deadlineNanos() - timers.nanoTime());
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
