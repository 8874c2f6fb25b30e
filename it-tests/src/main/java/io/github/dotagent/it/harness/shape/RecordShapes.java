package io.github.dotagent.it.harness.shape;

import static io.github.dotagent.it.harness.shape.ShapeMessage.IN;
import static io.github.dotagent.it.harness.shape.ShapeMessage.found;
import static io.github.dotagent.it.harness.shape.ShapeMessage.record;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.List;
import java.util.function.Function;

/** Addresses, and the records beside them. */
final class RecordShapes {
  private static final int NO_TYPE = 65_280; // the first for private use, RFC 6895 §3.1

  /** Types whose data has a form (IANA, "Resource Record (RR) TYPEs"). */
  private static final int[] TYPES = {
    1, 2, 6, 11, 12, 13, 15, 16, 24, 28, 29, 33, 35, 43, 46, 47, 48, 50, 52, 64, 65, 250, 257
  };

  private RecordShapes() {}

  static void addTo(List<ResponseShape> all) {
    for (int i : TYPES) {
      int type = i;
      byte[] bad = record("ns.shape.test", type, IN, 60, new byte[] {-1, -1, -1});
      add(all, "damaged-type-" + type + "-additional", query -> found(query).additional(bad));
      add(all, "damaged-type-" + type + "-authority", query -> found(query).authority(bad));
      add(all, "damaged-type-" + type + "-answer", query -> found(query).answer(bad));
    }
    lengths(all);
    addresses(all);
    owners(all);
    negatives(all);
  }

  private static void lengths(List<ResponseShape> all) {
    for (int i : new int[] {0, 1, 3, 5, 8, 15, 17, 20}) {
      int length = i;
      byte[] data = new byte[length];
      add(
          all,
          "address-of-" + length + "-octets",
          query -> ShapeMessage.to(query).answer(query.name(), query.type(), data));
      add(
          all,
          "address-of-" + length + "-octets-beside-a-good-one",
          query -> found(query).answer(query.name(), query.type(), data));
      add(
          all,
          "address-of-" + length + "-octets-before-a-good-one",
          query ->
              ShapeMessage.to(query)
                  .answer(query.name(), query.type(), data)
                  .address(query.name()));
    }
  }

  private static void addresses(List<ResponseShape> all) {
    pair(all, "unspecified", "0.0.0.0", "::");
    pair(all, "loopback", "127.0.0.1", "::1");
    pair(all, "link-local", "169.254.1.1", "fe80::1");
    pair(all, "multicast", "224.0.0.1", "ff02::1");
    pair(all, "broadcast", "255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    pair(all, "private", "10.0.0.1", "fd00::1");
    pair(all, "nat64", "192.0.2.33", "64:ff9b::c000:221");
    pair(all, "ipv4-compatible", "192.0.2.1", "::192.0.2.1");
    add(all, "ipv4-mapped", query -> mapped(query, "192.0.2.7"));
    add(all, "ipv4-mapped-beside-the-same", query -> mapped(query, ShapeMessage.IPV4));
    add(
        all,
        "ipv4-mapped-alone",
        query ->
            query.type() == RecordTypes.AAAA
                ? mapped(query, "192.0.2.7")
                : ShapeMessage.noData(query));
    add(all, "address-twice", query -> found(query).address(query.name()));
    for (int count : new int[] {2, 5, 12}) {
      add(
          all,
          "addresses-" + count,
          query -> {
            ShapeMessage message = ShapeMessage.to(query);
            for (int i = 1; i <= count; i++) {
              message.address(query.name(), "192.0.2." + i, "2001:db8::" + i);
            }
            return message;
          });
    }
    for (long i : new long[] {0, 1, Integer.MAX_VALUE, 0x80000000L, 0xffffffffL}) {
      long ttl = i;
      add(
          all,
          "ttl-" + ttl,
          query -> {
            String literal = query.type() == RecordTypes.A ? "192.0.2.1" : "2001:db8::1";
            byte[] data = ShapeMessage.octets(literal);
            return ShapeMessage.to(query).answer(record(query.name(), query.type(), IN, ttl, data));
          });
    }
    add(
        all,
        "both-families-in-each-answer",
        query ->
            ShapeMessage.to(query)
                .answer(query.name(), RecordTypes.A, ShapeMessage.octets(ShapeMessage.IPV4))
                .answer(query.name(), RecordTypes.AAAA, ShapeMessage.octets(ShapeMessage.IPV6)));
    add(
        all,
        "the-other-family-in-each-answer",
        query ->
            query.type() == RecordTypes.A
                ? ShapeMessage.to(query)
                    .answer(query.name(), RecordTypes.AAAA, ShapeMessage.octets(ShapeMessage.IPV6))
                : ShapeMessage.to(query)
                    .answer(query.name(), RecordTypes.A, ShapeMessage.octets(ShapeMessage.IPV4)));
  }

  private static void pair(List<ResponseShape> all, String name, String ipv4, String ipv6) {
    add(all, name, query -> ShapeMessage.to(query).address(query.name(), ipv4, ipv6));
  }

  private static ShapeMessage mapped(DnsQuery query, String ipv4) {
    return query.type() == RecordTypes.A
        ? found(query)
        : ShapeMessage.to(query).answer(query.name(), query.type(), ShapeMessage.mapped(ipv4));
  }

  private static void owners(List<ResponseShape> all) {
    for (int i : new int[] {0, 3, 4, 254, 255}) {
      int dnsClass = i;
      add(
          all,
          "address-of-class-" + dnsClass,
          query -> {
            String literal = query.type() == RecordTypes.A ? "192.0.2.1" : "2001:db8::1";
            byte[] data = ShapeMessage.octets(literal);
            return ShapeMessage.to(query)
                .answer(record(query.name(), query.type(), dnsClass, 60, data));
          });
    }
    add(all, "address-of-another-name", query -> ShapeMessage.to(query).address("other.test"));
    add(all, "address-of-the-parent", query -> ShapeMessage.to(query).address("shape.test"));
    add(all, "address-of-a-child", query -> ShapeMessage.to(query).address("a." + query.name()));
    add(all, "address-of-the-root", query -> ShapeMessage.to(query).address("."));
    add(
        all,
        "address-of-the-name-in-capitals",
        query -> ShapeMessage.to(query).address(query.name().replace("shape", "SHAPE")));
    add(
        all,
        "another-name-beside-the-address",
        query -> found(query).address("other.test", "192.0.2.66", "2001:db8::66"));
    owner(all, "owner-by-pointer", 0xc0, 12);
    owner(all, "owner-by-pointer-to-itself", 0xc0, -1);
    owner(all, "owner-by-pointer-forward", 0xc0, -2);
    owner(all, "owner-by-pointer-beyond-the-end", 0xff, 0xff);
    owner(all, "owner-by-pointer-into-the-header", 0xc0, 0);
    owner(all, "owner-with-a-label-of-64", 0x40, 0);
    owner(all, "owner-with-a-label-of-128", 0x80, 0);
    add(
        all,
        "unknown-type-beside-the-address",
        query -> found(query).answer(query.name(), NO_TYPE, new byte[] {1, 2, 3}));
    add(
        all,
        "signature-beside-the-address",
        query -> found(query).answer(query.name(), 46, new byte[24]));
  }

  /**
   * An address whose owner begins with these two octets.
   *
   * @param second -1: the place of the owner itself; -2: the name behind the record
   */
  private static void owner(List<ResponseShape> all, String name, int first, int second) {
    add(
        all,
        name,
        query -> {
          int here = 12 + DnsNames.encode(query.name()).length + 4;
          String literal = query.type() == RecordTypes.A ? "192.0.2.1" : "2001:db8::1";
          byte[] data = ShapeMessage.octets(literal);
          int behind = here + 2 + 10 + data.length; // pointer; type, class, TTL and length
          int last = second == -1 ? here : second == -2 ? behind : second;
          byte[] owner = {(byte) first, (byte) last};
          return ShapeMessage.to(query)
              .answer(record(owner, query.type(), IN, 60, data))
              .behind(second == -2 ? DnsNames.encode(query.name()) : new byte[0]);
        });
  }

  private static void negatives(List<ResponseShape> all) {
    for (int i : new int[] {ResponseCodes.NOERROR, ResponseCodes.NXDOMAIN}) {
      int rcode = i;
      String says = rcode == ResponseCodes.NOERROR ? "nodata" : "nxdomain";
      add(
          all,
          says + "-soa-ttl-0",
          query ->
              ShapeMessage.to(query).rcode(rcode).authority(ShapeMessage.soa("shape.test", 0)));
      add(
          all,
          says + "-soa-damaged",
          query ->
              ShapeMessage.to(query)
                  .rcode(rcode)
                  .authority(record("shape.test", RecordTypes.SOA, IN, 60, new byte[3])));
      add(
          all,
          says + "-soa-in-the-answer",
          query -> ShapeMessage.to(query).rcode(rcode).answer(ShapeMessage.soa("shape.test", 60)));
      add(
          all,
          says + "-authority-cut",
          query ->
              ShapeMessage.to(query)
                  .rcode(rcode)
                  .authority(ShapeMessage.soa("shape.test", 60))
                  .cut(5));
      add(
          all,
          says + "-two-soas",
          query -> ShapeMessage.noData(query).rcode(rcode).authority(ShapeMessage.soa("test", 60)));
    }
  }

  private static void add(
      List<ResponseShape> all, String name, Function<DnsQuery, ShapeMessage> message) {
    all.add(ResponseShape.of(name, message));
  }
}
