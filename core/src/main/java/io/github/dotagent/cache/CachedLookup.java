package io.github.dotagent.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Answers from memory what was answered lately, each for as long as its TTL says. A failure is
 * never kept. Safe for use by any number of threads.
 */
public final class CachedLookup implements Lookup {
  private final Lookup upstream;
  private final InFlight inFlight;
  private final AnswerTtl ttl;
  private final Cache<Question, Answer> answers;
  private final Log log;

  /**
   * @param upstream asked for what is not in memory
   * @param timers the clock that TTLs run by
   */
  public CachedLookup(Lookup upstream, CachePolicy policy, Timers timers, Log log) {
    this.upstream = upstream;
    this.inFlight = new InFlight(upstream, kept);
    this.ttl = new AnswerTtl(policy);
    this.log = log;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(policy.maxEntries())
            .expireAfter(new ByTtl(ttl))
            .ticker(tickerOf(timers))
            .executor(ON_THE_SPOT)
            .build();
  }

  @Override
  public boolean isOutOfReach() {
    return upstream.isOutOfReach();
  }

  @Override
  public CompletableFuture<Answer> lookup(final Question question) {
    Answer known = answers.getIfPresent(question);
    if (known != null) {
      if (log.shows(Level.DEBUG)) {
        log.write(Level.DEBUG, question + ": " + known.outcome() + " from the cache");
      }
      return CompletableFuture.completedFuture(known);
    }
    return inFlight.ask(question);
  }

  private final InFlight.Kept kept =
      new InFlight.Kept() {
        @Override
        public Answer find(Question question) {
          return answers.getIfPresent(question);
        }

        @Override
        public void keep(Question question, Answer answer) {
          if (ttl.nanosOf(answer) > 0) {
            answers.put(question, answer);
          }
        }
      };

  /** Caffeine's own upkeep is short; its default, the common pool, is the program's. */
  private static final Executor ON_THE_SPOT =
      new Executor() {
        @Override
        public void execute(Runnable upkeep) {
          upkeep.run();
        }
      };

  private static Ticker tickerOf(final Timers timers) {
    return new Ticker() {
      @Override
      public long read() {
        return timers.nanoTime();
      }
    };
  }

  /** Each answer for as long as its own TTL, from the moment it came. */
  private static final class ByTtl implements Expiry<Question, Answer> {
    private final AnswerTtl ttl;

    ByTtl(AnswerTtl ttl) {
      this.ttl = ttl;
    }

    @Override
    public long expireAfterCreate(Question question, Answer answer, long now) {
      return ttl.nanosOf(answer);
    }

    @Override
    public long expireAfterUpdate(Question question, Answer answer, long now, long left) {
      return ttl.nanosOf(answer);
    }

    @Override
    public long expireAfterRead(Question question, Answer answer, long now, long left) {
      return left;
    }
  }
}
