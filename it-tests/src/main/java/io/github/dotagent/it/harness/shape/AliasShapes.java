package io.github.dotagent.it.harness.shape;

import static io.github.dotagent.it.harness.shape.ShapeMessage.IN;
import static io.github.dotagent.it.harness.shape.ShapeMessage.record;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.List;
import java.util.function.Function;

/** Aliases: chains in any order, broken ones, and those that no server should send. */
final class AliasShapes {
  private static final int DNAME = 39; // RFC 6672 §2.1
  private static final String ONE = "one.test";
  private static final String TWO = "two.test";

  private AliasShapes() {}

  static void addTo(List<ResponseShape> all) {
    for (int length : new int[] {1, 2, 3, 8, 12}) {
      add(all, "chain-of-" + length, query -> chain(query, length).address(nth(query, length)));
      add(all, "chain-of-" + length + "-unfinished", query -> chain(query, length));
      add(all, "chain-of-" + length + "-backwards", query -> backwards(query, length));
      add(
          all,
          "chain-of-" + length + "-nxdomain",
          query -> chain(query, length).rcode(ResponseCodes.NXDOMAIN));
    }
    for (int length : new int[] {1, 2, 3}) {
      add(all, "circle-of-" + length, query -> circle(query, length));
      add(all, "circle-of-" + length + "-behind-an-address", query -> circleBehind(query, length));
    }
    twoAliases(all);
    oddTargets(all);
    dnames(all);
  }

  private static String nth(DnsQuery query, int i) {
    return i == 0 ? query.name() : "n" + i + ".test";
  }

  private static ShapeMessage chain(DnsQuery query, int length) {
    ShapeMessage message = ShapeMessage.to(query);
    for (int i = 0; i < length; i++) {
      message.alias(nth(query, i), nth(query, i + 1));
    }
    return message;
  }

  private static ShapeMessage backwards(DnsQuery query, int length) {
    ShapeMessage message = ShapeMessage.to(query).address(nth(query, length));
    for (int i = length - 1; i >= 0; i--) {
      message.alias(nth(query, i), nth(query, i + 1));
    }
    return message;
  }

  private static ShapeMessage circle(DnsQuery query, int length) {
    return into(ShapeMessage.to(query), query, length);
  }

  private static ShapeMessage circleBehind(DnsQuery query, int length) {
    return into(ShapeMessage.found(query), query, length);
  }

  private static ShapeMessage into(ShapeMessage message, DnsQuery query, int length) {
    for (int i = 0; i < length; i++) {
      message.alias(nth(query, i), nth(query, (i + 1) % length));
    }
    return message;
  }

  private static void twoAliases(List<ResponseShape> all) {
    add(all, "two-aliases-first-found", query -> two(query).address(ONE));
    add(all, "two-aliases-second-found", query -> two(query).address(TWO));
    add(
        all,
        "two-aliases-both-found",
        query -> two(query).address(ONE).address(TWO, "192.0.2.2", "2001:db8::2"));
    add(
        all,
        "two-aliases-each-with-its-address",
        query ->
            ShapeMessage.to(query)
                .alias(query.name(), ONE)
                .address(ONE)
                .alias(query.name(), TWO)
                .address(TWO, "192.0.2.2", "2001:db8::2"));
    add(
        all,
        "same-alias-twice",
        query ->
            ShapeMessage.to(query).alias(query.name(), ONE).alias(query.name(), ONE).address(ONE));
    add(all, "address-before-alias", query -> ShapeMessage.found(query).alias(query.name(), ONE));
    add(
        all,
        "address-before-alias-and-at-its-end",
        query ->
            ShapeMessage.found(query)
                .alias(query.name(), ONE)
                .address(ONE, "192.0.2.2", "2001:db8::2"));
    add(
        all,
        "address-behind-alias",
        query -> ShapeMessage.to(query).alias(query.name(), ONE).address(query.name()));
    add(
        all,
        "address-behind-alias-and-at-its-end",
        query ->
            ShapeMessage.to(query)
                .alias(query.name(), ONE)
                .address(query.name(), "192.0.2.2", "2001:db8::2")
                .address(ONE));
  }

  private static ShapeMessage two(DnsQuery query) {
    return ShapeMessage.to(query).alias(query.name(), ONE).alias(query.name(), TWO);
  }

  private static void oddTargets(List<ResponseShape> all) {
    add(
        all,
        "alias-in-capitals",
        query -> ShapeMessage.to(query).alias(query.name(), "ONE.Test").address(ONE));
    add(
        all,
        "alias-to-the-root",
        query -> ShapeMessage.to(query).alias(query.name(), ".").address("."));
    add(
        all,
        "alias-to-an-underscore",
        query -> ShapeMessage.to(query).alias(query.name(), "_a.test").address("_a.test"));
    add(
        all,
        "alias-to-an-odd-name",
        query ->
            ShapeMessage.to(query).alias(query.name(), "a\\032b.test").address("a\\032b.test"));
    add(
        all,
        "alias-of-another-class",
        query ->
            ShapeMessage.to(query)
                .answer(record(query.name(), RecordTypes.CNAME, 3, 60, DnsNames.encode(ONE)))
                .address(query.name()));
    add(
        all,
        "alias-of-an-unrelated-name",
        query -> ShapeMessage.to(query).alias(TWO, ONE).address(ONE));
    add(
        all,
        "alias-of-an-unrelated-name-before-the-address",
        query -> ShapeMessage.to(query).alias(TWO, ONE).address(query.name()));
    damagedTarget(all, "nothing", new byte[0]);
    damagedTarget(all, "half-a-label", new byte[] {3, 'a'});
    damagedTarget(all, "a-name-without-end", new byte[] {3, 'a', 'b', 'c'});
    damagedTarget(all, "a-label-of-64", new byte[] {0x40, 'a', 'b', 'c'});
    add(
        all,
        "alias-to-itself-by-pointer",
        query ->
            ShapeMessage.to(query)
                .answer(query.name(), RecordTypes.CNAME, new byte[] {(byte) 0xc0, 12})
                .address(query.name()));
    add(
        all,
        "alias-with-octets-behind",
        query ->
            ShapeMessage.to(query)
                .answer(
                    query.name(),
                    RecordTypes.CNAME,
                    ShapeMessage.join(DnsNames.encode(ONE), new byte[3]))
                .address(ONE));
  }

  private static void damagedTarget(List<ResponseShape> all, String name, byte[] data) {
    add(
        all,
        "alias-to-" + name,
        query ->
            ShapeMessage.to(query)
                .answer(query.name(), RecordTypes.CNAME, data)
                .address(query.name()));
    add(
        all,
        "unrelated-alias-to-" + name,
        query -> ShapeMessage.found(query).answer(TWO, RecordTypes.CNAME, data));
  }

  private static void dnames(List<ResponseShape> all) {
    byte[] target = DnsNames.encode("else.test");
    add(
        all,
        "dname-with-its-alias",
        query ->
            ShapeMessage.to(query)
                .answer(record("shape.test", DNAME, IN, 60, target))
                .alias(query.name(), ONE)
                .address(ONE));
    add(
        all,
        "dname-alone",
        query ->
            ShapeMessage.to(query)
                .answer(record("shape.test", DNAME, IN, 60, target))
                .address(query.name().replace("shape.test", "else.test")));
    add(
        all,
        "dname-damaged-with-its-alias",
        query ->
            ShapeMessage.to(query)
                .answer(record("shape.test", DNAME, IN, 60, new byte[] {9}))
                .alias(query.name(), ONE)
                .address(ONE));
  }

  private static void add(
      List<ResponseShape> all, String name, Function<DnsQuery, ShapeMessage> message) {
    all.add(ResponseShape.of(name, message));
  }
}
