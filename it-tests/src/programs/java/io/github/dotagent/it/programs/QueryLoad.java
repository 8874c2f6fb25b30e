package io.github.dotagent.it.programs;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * Queries of new names, given straight to the agent's upstream servers: no {@code InetAddress}, no
 * cache, no thread that waits for each. A number of them is always in flight, as {@code dnsperf}
 * has it.
 */
final class QueryLoad {
  /** Over the whole life of the process, so that no name comes twice. */
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final int inFlight;
  private final int count;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<String> firstFailure = new AtomicReference<String>("none");
  private final CountDownLatch ended;

  QueryLoad(int inFlight, int count) {
    this.inFlight = inFlight;
    this.count = count;
    this.ended = new CountDownLatch(count);
  }

  String run(String domain) throws Exception {
    Asking asking = new Asking(domain);
    long cpu = OwnJvm.cpuNanos();
    long start = System.nanoTime();
    for (int i = 0; i < inFlight; i++) {
      asking.next();
    }
    ended.await();
    long took = System.nanoTime() - start;
    return "lookups="
        + count
        + " failed="
        + failed
        + " took="
        + took
        + " cpu="
        + (OwnJvm.cpuNanos() - cpu)
        + " p50=0 p99=0 max=0 failure="
        + firstFailure;
  }

  /** Each answer is followed by the next query, on the thread that brought it. */
  private final class Asking implements BiConsumer<Object, Throwable> {
    private final String domain;
    private final MethodHandle lookup; // (Question) -> CompletableFuture
    private final MethodHandle question; // (String, RecordType) -> Question
    private final Object[] types;

    Asking(String domain) throws Exception {
      this.domain = domain;
      Class<?> questions = AgentInside.load("io.github.dotagent.answer.Question");
      Class<?> recordTypes = AgentInside.load("io.github.dotagent.answer.RecordType");
      Class<?> lookups = AgentInside.load("io.github.dotagent.answer.Lookup");
      MethodHandles.Lookup handles = MethodHandles.publicLookup();
      this.lookup =
          handles
              .unreflect(lookups.getMethod("lookup", questions))
              .bindTo(upstreams())
              .asType(MethodType.methodType(CompletableFuture.class, Object.class));
      this.question =
          handles
              .unreflect(questions.getMethod("of", String.class, recordTypes))
              .asType(MethodType.methodType(Object.class, String.class, Object.class));
      this.types =
          new Object[] {
            recordTypes.getField("A").get(null), recordTypes.getField("AAAA").get(null)
          };
    }

    private Object upstreams() throws Exception {
      Class<?> caches = AgentInside.load("io.github.dotagent.agent.install.NameCaches");
      Object core = field(caches, null, "core");
      Object made = field(core.getClass(), core, "cache");
      return field(made.getClass(), made, "upstream");
    }

    private Object field(Class<?> type, Object owner, String name) throws Exception {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    }

    void next() {
      int number = begun.getAndIncrement();
      if (number >= count) {
        return;
      }
      int name = number % 2 == 0 ? NAMES.incrementAndGet() : NAMES.get();
      try {
        Object asked = (Object) question.invokeExact("q" + name + '.' + domain, types[number % 2]);
        ((CompletableFuture<?>) lookup.invokeExact(asked)).whenComplete(this);
      } catch (Throwable broken) {
        accept(null, broken);
      }
    }

    @Override
    public void accept(Object answer, Throwable failure) {
      if (failure != null) {
        failed.incrementAndGet();
        firstFailure.compareAndSet("none", String.valueOf(failure));
      }
      ended.countDown();
      next();
    }
  }
}
