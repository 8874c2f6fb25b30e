package io.github.dotagent.config;

import io.github.dotagent.cache.CachePolicy;
import java.time.Duration;

/** Reads {@code cache.*}. */
final class CacheReader {
  /** RFC 2181 §8: a TTL has 31 bits. */
  static final Duration LONGEST_TTL = Duration.ofSeconds(Integer.MAX_VALUE);

  /** To switch the cache off, users set {@code cache.maxTtl=0s}; 0 entries would be slower. */
  private static final long FEWEST_ENTRIES = 1;

  /** Gigabytes of heap, and more names than one program looks up: a slip of the keyboard. */
  private static final long MOST_ENTRIES = 10_000_000;

  private CacheReader() {}

  static CachePolicy read(GivenSettings settings) throws ConfigException {
    Setting maxEntries = settings.orDefault(SettingKey.CACHE_MAX_ENTRIES);
    Setting minTtl = settings.orDefault(SettingKey.CACHE_MIN_TTL);
    Setting maxTtl = settings.orDefault(SettingKey.CACHE_MAX_TTL);
    Duration longest = ttl(maxTtl);
    Duration shortest = ttl(minTtl);
    if (shortest.compareTo(longest) > 0) {
      throw minTtl.wrongBeside(
          "is more than "
              + minTtl.spell(SettingKey.CACHE_MAX_TTL)
              + ", which is "
              + maxTtl.text()
              + "; the nearest is "
              + maxTtl.text(),
          SettingKey.CACHE_MAX_TTL);
    }
    return new CachePolicy(
        CountText.between(maxEntries, FEWEST_ENTRIES, MOST_ENTRIES),
        shortest,
        longest,
        ttl(settings.orDefault(SettingKey.CACHE_MAX_NEGATIVE_TTL)),
        ttl(settings.orDefault(SettingKey.CACHE_STALE)),
        BooleanText.read(settings.orDefault(SettingKey.CACHE_PREFETCH)));
  }

  private static Duration ttl(Setting setting) throws ConfigException {
    return DurationText.between(setting, Duration.ZERO, LONGEST_TTL);
  }
}
