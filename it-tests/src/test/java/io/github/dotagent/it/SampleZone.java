package io.github.dotagent.it;

import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.ExtendedDnsError;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import io.github.dotagent.it.harness.zone.ZoneRecord;

/** A little of everything, under names and addresses that are documentation's (RFC 6761, 5737). */
public final class SampleZone {
  /** Longer than any test. */
  private static final int TTL = 300;

  /** Where a server is that is found by SRV: free in a network namespace, as port 53 is. */
  public static final int SERVICE_PORT = 3306;

  /** 15: Blocked. */
  private static final ZoneAnswer BLOCKED =
      ZoneAnswer.failure(ResponseCodes.NXDOMAIN).because(new ExtendedDnsError(15, "gambling"));

  public static final Zone ZONE =
      Zone.builder()
          .soa("example.test", TTL, TTL)
          .soa("2.0.192.in-addr.arpa", TTL, TTL)
          .addresses("www.example.test", TTL, "192.0.2.1", "192.0.2.2", "2001:db8::1")
          .cname("alias.example.test", TTL, "second.example.test")
          .cname("second.example.test", TTL, "www.example.test")
          .cname("dangling.example.test", TTL, "nobody.example.test")
          .addresses("here.example.test", TTL, "127.0.0.1")
          .addresses("*.here.example.test", TTL, "127.0.0.1")
          .record(
              ZoneRecord.srv(
                  "_mongodb._tcp.cluster.example.test", TTL, "mongo.here.example.test", 1))
          .record(ZoneRecord.srv("_vertx._tcp.example.test", TTL, "vertx.here.example.test", 1))
          .record(
              ZoneRecord.srv(
                  "_mysql._tcp.here.example.test", TTL, "db.here.example.test", SERVICE_PORT))
          .record(
              ZoneRecord.srv(
                  "_grpclb._tcp.grpc.here.example.test",
                  TTL,
                  "balancer.here.example.test",
                  SERVICE_PORT))
          .record(ZoneRecord.txt("text.example.test", TTL, "no address"))
          .servfail("broken.example.test", 22, "nobody there") // 22: No Reachable Authority
          .answer("blocked.example.test", BLOCKED)
          .addresses("*.many.example.test", TTL, "192.0.2.9")
          .ptr("192.0.2.1", TTL, "www.example.test")
          .ptr("2001:db8::1", TTL, "www.example.test")
          .build();

  private SampleZone() {}
}
