package io.github.dotagent.dnssec;

import io.github.dotagent.concurrent.Timers;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.R;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Everything for the validation of responses: dnsjava's validator with its bounds, the records that
 * it asks for, threads of the agent, and the clock. docs/dnssec.md has the defects of that
 * validator, and how this package corrects them. Safe for use by any number of threads.
 */
final class Validator {
  /**
   * Signatures of one set of records that are tried (CVE-2023-50387), as in Unbound ({@code
   * MAX_VALIDATE_RRSIGS}).
   */
  private static final int SIGNATURES = 8;

  /** The most keys with the tag of a DS that do not match it (CVE-2023-50387), as in Unbound. */
  private static final int DS_FAILURES = 4;

  /** A key for each DS set of {@link ChainRecords}. */
  private static final int KEYS = ChainRecords.MOST;

  /**
   * The memory of the keys in dnsjava's validators, which count zones alone. A thousand zones with
   * three records each need a fifth of it.
   */
  static final long MOST_KEY_OCTETS = 16L << 20;

  /** What a record of a key, or a signature, takes beside its own octets: objects, read twice. */
  private static final int OBJECT_OCTETS = 1_024;

  /** As long as {@link ChainRecords} keep a key; dnsjava's default is 900 s, for 1,000 keys. */
  private static final int KEY_SECONDS = 3_600;

  /**
   * Between two times that all keys are checked again after a bogus answer. Anyone who has a zone
   * can make bogus answers, and the check of all keys costs a program that uses a hundred zones
   * some tenths of a second.
   */
  private static final int DOUBT_SECONDS = 30;

  /** Shorter RSA keys do not count: RFC 3110 §4 has had 1024 as the minimum since 2001. */
  private static final int RSA_BITS = 1_024;

  /**
   * An algorithm and a digest that make a zone "not signed" (RFC 4035 §5.2): no validator will ever
   * know them, because IANA reserves both.
   */
  private static final int UNKNOWN = 255;

  private final ZoneAnchors anchors;
  private final ChainRecords chain;
  private final Executor workers;
  private final Timers timers;
  private final Clock clock;
  private final Object lock = new Object();

  // by anchor, made when the first answer below it is judged, or is bogus; guarded by lock
  private final Map<Name, ValidatingResolver> strict = new HashMap<>();
  private final Map<Name, ValidatingResolver> lenient = new HashMap<>();

  // of the keys of a zone, those that came first in front; by the spelling of its name, as dnsjava
  // keeps them (KeyCache.key); guarded by lock
  private final Map<String, Long> octetsOfKeys = new LinkedHashMap<>();
  private long keyOctets; // the sum; guarded by lock
  private long doubtAgain; // from when on all keys may be checked again; guarded by lock

  Validator(ZoneAnchors anchors, RecordSource source, Executor workers, Timers timers) {
    this.anchors = anchors;
    this.workers = workers;
    this.timers = timers;
    this.chain = new ChainRecords(source, workers, timers);
    this.clock = new WallClock(timers);
    this.doubtAgain = timers.nanoTime();
  }

  ZoneAnchors anchors() {
    return anchors;
  }

  ChainRecords chain() {
    return chain;
  }

  Executor workers() {
    return workers;
  }

  Timers timers() {
    return timers;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * For a zone that must be signed by every algorithm of its DS, and only with the strongest
   * digest: as the zone's owner intends it. It is asked first.
   *
   * @param anchor the nearest above the zone; it has a validator of its own, because dnsjava's
   *     takes what it knows of a zone above an anchor for the zones below it
   */
  ValidatingResolver strict(Name anchor) {
    return of(strict, anchor, true);
  }

  /**
   * For a zone that needs only one of its algorithms (RFC 6840 §5.11), as during a change of
   * algorithms; without SHA-1 for DS, because dnsjava would accept that beside a stronger digest
   * (against RFC 4509 §3).
   */
  ValidatingResolver lenient(Name anchor) {
    return of(lenient, anchor, false);
  }

  private ValidatingResolver of(
      Map<Name, ValidatingResolver> made, Name anchor, boolean everyAlgorithm) {
    synchronized (lock) {
      ValidatingResolver known = made.get(anchor);
      if (known == null) {
        known = make(everyAlgorithm, anchor);
        made.put(anchor, known);
      }
      return known;
    }
  }

  /**
   * dnsjava's validators may keep these keys, in place of others of that zone. If all keys take too
   * much memory, the validators begin anew: they check all keys again.
   *
   * @param zone as the owner of the keys is spelled
   */
  void countKeys(Name zone, Message keys) {
    long octets = 0;
    for (Record record : keys.getSection(Section.ANSWER)) {
      octets += OBJECT_OCTETS + record.rdataToWireCanonical().length;
    }
    synchronized (lock) {
      if (count(zone, octets) > MOST_KEY_OCTETS) {
        strict.clear();
        lenient.clear();
        octetsOfKeys.clear();
        keyOctets = 0;
        count(zone, octets);
      }
    }
  }

  /** With the lock. The zone whose keys came first is forgotten: dnsjava keeps no more zones. */
  private long count(Name zone, long octets) {
    Long kept = octetsOfKeys.get(zone.toString());
    long before = kept == null ? 0 : kept;
    long now = Math.max(octets, before); // one of the two validators may not take the new keys
    octetsOfKeys.put(zone.toString(), now); // in its place, as dnsjava does
    keyOctets += now - before;
    if (octetsOfKeys.size() > KEYS) {
      Iterator<Long> eldest = octetsOfKeys.values().iterator();
      keyOctets -= eldest.next();
      eldest.remove();
    }
    return keyOctets;
  }

  /**
   * An answer was bogus. The keys of the zones above it may be the cause, if a zone has changed
   * them: they are fetched again, and all keys below the anchor are checked again.
   *
   * @param anchor the nearest above the name
   */
  void doubtKeys(Name name, Name anchor) {
    for (Name zone = name; ; zone = new Name(zone, 1)) {
      chain.doubt(zone, Type.DS);
      chain.doubt(zone, Type.DNSKEY);
      if (zone.labels() <= anchor.labels()) {
        break;
      }
    }
    synchronized (lock) {
      if (doubtAgain - timers.nanoTime() <= 0) {
        doubtAgain = timers.nanoTime() + TimeUnit.SECONDS.toNanos(DOUBT_SECONDS);
        strict.remove(anchor); // with all keys that dnsjava has found valid
        lenient.remove(anchor);
      }
    }
  }

  private ValidatingResolver make(boolean everyAlgorithm, Name anchor) {
    R.setBundle(new ReasonTexts());
    ValidatingResolver resolver = new ValidatingResolver(new ChainResolver(), clock);
    try {
      resolver.init(properties(everyAlgorithm));
    } catch (IOException never) {
      throw new IllegalStateException(never); // of a file, and none is named
    }
    resolver.getTrustAnchors().clear();
    if (anchors.insecure().contains(anchor)) {
      DSRecord none =
          new DSRecord(anchor, DClass.IN, KEY_SECONDS, 0, UNKNOWN, UNKNOWN, new byte[1]);
      resolver.getTrustAnchors().store(new RRset(none));
    } else {
      RRset set = new RRset();
      for (DSRecord key : anchors.byZone().get(anchor)) {
        set.addRR(key);
      }
      resolver.getTrustAnchors().store(set);
    }
    return resolver;
  }

  /** All its settings: it does not read the program's system properties. */
  private static Properties properties(boolean everyAlgorithm) {
    Properties properties = new Properties();
    String prefix = "dnsjava.dnssec.";
    properties.setProperty(prefix + "keycache.max_ttl", Integer.toString(KEY_SECONDS));
    properties.setProperty(prefix + "keycache.max_size", Integer.toString(KEYS));
    properties.setProperty(
        prefix + "nsec3.iterations." + RSA_BITS, Integer.toString(ResponsePart.NSEC3_ITERATIONS));
    properties.setProperty(prefix + "algorithm_rsa_min_key_size", Integer.toString(RSA_BITS));
    properties.setProperty(prefix + "max_validate_rrsigs", Integer.toString(SIGNATURES));
    properties.setProperty(prefix + "max_ds_match_failures", Integer.toString(DS_FAILURES));
    properties.setProperty(prefix + "harden_algo_downgrade", Boolean.toString(everyAlgorithm));
    if (!everyAlgorithm) {
      properties.setProperty(prefix + "digest.1", "false");
    }
    // GOST needs a provider of the program's own, and RFC 9558 takes the old one away
    properties.setProperty(prefix + "algorithm.12", "false");
    properties.setProperty(prefix + "digest.3", "false");
    return properties;
  }

  /** The wall clock, as the agent has it. */
  private static final class WallClock extends Clock {
    private final Timers timers;

    WallClock(Timers timers) {
      this.timers = timers;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this; // an instant is the same everywhere
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(timers.epochMillis());
    }
  }
}
