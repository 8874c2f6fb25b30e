package io.github.dotagent.it.harness.shape;

import static io.github.dotagent.it.harness.shape.ShapeMessage.found;
import static io.github.dotagent.it.harness.shape.ShapeMessage.option;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** How servers treat EDNS, and the options that they send. */
final class EdnsShapes {
  private static final int OVERRUN = 200; // octets that an option claims beyond the record

  /** By code: IANA, "DNS EDNS0 Option Codes (OPT)". The lengths are wrong for most. */
  private static final SortedMap<Integer, int[]> LENGTHS =
      new TreeMap<>(
          Map.of(
              3, new int[] {0, 1, 16},
              8, new int[] {0, 1, 2, 3, 4, 5, 7, 21},
              9, new int[] {0, 3, 4},
              10, new int[] {0, 5, 7, 8, 41},
              11, new int[] {0, 1, 2, 3},
              12, new int[] {0, 1, 100},
              13, new int[] {0, 3},
              14, new int[] {0, 1, 3},
              15, new int[] {0, 1, 2, 3},
              65_001, new int[] {0, 3}));

  private EdnsShapes() {}

  static void addTo(List<ResponseShape> all) {
    for (int i : new int[] {1, 2, 4, 5, 9}) {
      int rcode = i;
      add(
          all,
          "rcode-" + rcode + "-to-edns",
          q -> q.edns().isPresent() ? error(q, rcode) : found(q));
      add(
          all,
          "rcode-" + rcode + "-and-opt-to-edns",
          q -> q.edns().isPresent() ? error(q, rcode).opt() : found(q));
      add(
          all,
          "rcode-" + rcode + "-bare-to-edns",
          q -> q.edns().isPresent() ? error(q, rcode).noQuestion() : found(q));
      add(all, "rcode-" + rcode + "-to-padding", q -> q.padding() < 0 ? found(q) : error(q, rcode));
    }
    add(all, "badvers-to-edns", q -> q.edns().isPresent() ? badVersion(q) : found(q));
    add(all, "badvers-always", EdnsShapes::badVersion);
    LENGTHS.forEach(
        (code, lengths) -> {
          for (int length : lengths) {
            byte[] data = new byte[length];
            Arrays.fill(data, (byte) 0xff);
            add(
                all,
                "option-" + code + "-of-" + length,
                q -> found(q).opt(option(code, length, data)));
          }
          add(
              all,
              "option-" + code + "-overruns",
              q -> found(q).opt(option(code, OVERRUN, (byte) 1, (byte) 2)));
        });
    records(all);
  }

  private static void records(List<ResponseShape> all) {
    add(all, "opt-empty", q -> found(q).opt());
    add(all, "opt-twice", q -> found(q).opt().opt());
    add(all, "opt-of-one-octet", q -> found(q).opt(new byte[] {9}));
    add(all, "opt-of-three-octets", q -> found(q).opt(new byte[] {0, 11, 0}));
    add(
        all,
        "opt-good-then-broken",
        q -> found(q).opt(option(15, 2, (byte) 0, (byte) 3), option(10, 9)));
    add(all, "opt-version-1", q -> found(q).additional(opt(0x00010000L)));
    add(all, "opt-do", q -> found(q).additional(opt(0x8000L)));
    add(all, "opt-z", q -> found(q).additional(opt(0x7fffL)));
    add(all, "opt-size-0", q -> found(q).additional(record(".", 0)));
    add(all, "opt-with-a-name", q -> found(q).additional(record("opt.test", 1232)));
    add(all, "opt-in-the-answer", q -> found(q).answer(record(".", 1232)));
    add(
        all,
        "opt-in-front-of-the-answer",
        q -> ShapeMessage.to(q).answer(record(".", 1232)).address(q.name()));
    add(all, "opt-in-the-authority", q -> found(q).authority(record(".", 1232)));
    add(all, "opt-behind-a-damaged-record", q -> found(q).additional(damaged()).opt());
    add(all, "opt-before-a-damaged-record", q -> found(q).opt().additional(damaged()));
  }

  private static byte[] damaged() {
    return ShapeMessage.record("ns.test", RecordTypes.A, 1, 60, new byte[3]);
  }

  private static ShapeMessage error(DnsQuery query, int rcode) {
    return ShapeMessage.to(query).rcode(rcode);
  }

  /** 16: 1 in OPT, 0 in the header (RFC 6891 §6.1.3). */
  private static ShapeMessage badVersion(DnsQuery query) {
    return ShapeMessage.to(query).additional(opt(0x01000000L));
  }

  private static byte[] opt(long ttl) {
    return ShapeMessage.record(".", RecordTypes.OPT, 1232, ttl, new byte[0]);
  }

  private static byte[] record(String owner, int size) {
    return ShapeMessage.record(owner, RecordTypes.OPT, size, 0, new byte[0]);
  }

  private static void add(
      List<ResponseShape> all, String name, Function<DnsQuery, ShapeMessage> message) {
    all.add(ResponseShape.of(name, message));
  }
}
