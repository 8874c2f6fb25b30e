package io.github.dotagent.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The cached names. Their number has a bound. The bound is lower if some names have hundreds of
 * records: a response of 64 KB holds thousands, and the owner of a domain may make any number of
 * such names. Safe for use by any number of threads.
 *
 * <p>When there are too many, Caffeine removes the name that was asked for least and longest ago,
 * so that a flood of names that are asked for once removes its own names (Window TinyLFU). It does
 * not use TTLs, because an expired answer stays for the time when the upstreams fail. One entry for
 * all types of a name, changed in place, needs one write into Caffeine for a lookup with two
 * questions, and half the memory.
 *
 * <p>A thread that is stopped within Caffeine (Thread.stop, up to Java 19) leaves Caffeine's lock
 * held, and every later write would wait for it: then a new cache takes the place of the old one.
 */
final class CachedNames {
  private volatile long most;
  private volatile Cache<String, CachedName> names;

  /**
   * @param most names of ordinary weight at most, 0 or more
   */
  CachedNames(long most) {
    this.most = most;
    this.names = made();
    // loads the classes with which Caffeine counts a use: a virtual thread that waits for a class
    // keeps its carrier
    names.getIfPresent("");
  }

  /** The most names from now on; if there are more, some are removed at once. */
  void resize(long other) {
    most = other;
    try {
      names.policy().eviction().get().setMaximum(other); // made with a maximum
    } catch (ThreadDeath stopped) {
      names = made();
      throw stopped;
    }
  }

  private Cache<String, CachedName> made() {
    return Caffeine.newBuilder().maximumWeight(most).weigher(WEIGHT).executor(ON_THE_SPOT).build();
  }

  /**
   * The entry for the question, fresh or not; null when there is none. Caffeine does not count this
   * as a use of the name.
   */
  CacheEntry find(Question question) {
    CachedName name = names.policy().getIfPresentQuietly(question.name());
    return name == null ? null : name.of(question.type());
  }

  /**
   * The same for a program's lookup: it counts as a use of the name, once a second. Counting a use
   * in Caffeine costs more than all the rest of a hit, and one lookup asks two questions.
   */
  CacheEntry use(Question question, long now) {
    CachedName name = names.policy().getIfPresentQuietly(question.name());
    if (name == null) {
      return null;
    }
    if (name.isUsedNow(now)) {
      try {
        names.getIfPresent(question.name());
      } catch (ThreadDeath stopped) {
        names = made();
        throw stopped;
      }
    }
    return name.of(question.type());
  }

  /**
   * Replaces the entry of the question. Records end the NXDOMAIN of other types.
   *
   * @param outcome the outcome of the answer
   * @param answer null: it must not be kept
   */
  void keep(Question question, Answer.Outcome outcome, CacheEntry answer) {
    try {
      write(question, outcome, answer);
    } catch (ThreadDeath stopped) {
      names = made();
      throw stopped;
    }
  }

  private void write(Question question, Answer.Outcome outcome, CacheEntry answer) {
    CachedName name = names.policy().getIfPresentQuietly(question.name());
    if (name == null) {
      if (answer == null) {
        return;
      }
      CachedName added = new CachedName();
      CachedName other = names.asMap().putIfAbsent(question.name(), added);
      name = other == null ? added : other;
    }
    int weightBefore = name.weight();
    if (outcome == Answer.Outcome.NO_SUCH_NAME) {
      name.keepNoSuchName(question.type(), answer);
    } else {
      name.keep(question.type(), answer);
    }
    if (name.weight() != weightBefore) {
      // Caffeine weighs an entry when it is written; a name that was flushed meanwhile stays away
      names.asMap().replace(question.name(), name, name);
    }
  }

  /** For how long fresh records of another type show that the name exists; 0 if there are none. */
  long nanosShownToExist(Question question, long now) {
    CachedName name = names.policy().getIfPresentQuietly(question.name());
    return name == null ? 0 : name.nanosShownToExist(question.type(), now);
  }

  /**
   * @param name as {@link Question#name()} spells it
   */
  void forget(String name) {
    try {
      names.invalidate(name);
    } catch (ThreadDeath stopped) {
      names = made();
      throw stopped;
    }
  }

  /**
   * The same of all names of a kind.
   *
   * @param aliasesToo whether also of those which are an alias, of one type at least
   */
  void forget(Predicate<String> kind, boolean aliasesToo) {
    for (Map.Entry<String, CachedName> each : names.asMap().entrySet()) {
      if (aliasesToo && each.getValue().isAliased() || kind.test(each.getKey())) {
        forget(each.getKey());
      }
    }
  }

  /** About how many there are: Caffeine removes some a little later. */
  long size() {
    return names.estimatedSize();
  }

  void forgetAll() {
    try {
      names.invalidateAll();
    } catch (ThreadDeath stopped) {
      names = made();
      throw stopped;
    }
  }

  private static final Weigher<String, CachedName> WEIGHT =
      new Weigher<String, CachedName>() {
        @Override
        public int weigh(String spelled, CachedName name) {
          return name.weight();
        }
      };

  /** Caffeine's own upkeep is short; its default, the common pool, is the program's. */
  static final Executor ON_THE_SPOT =
      new Executor() {
        @Override
        public void execute(Runnable upkeep) {
          upkeep.run();
        }
      };
}
