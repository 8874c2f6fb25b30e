package io.github.dotagent.dnssec;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.wire.SignedQuery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Servers that lie: what a zone of theirs signs is real, and the responses are what a test puts
 * together. Whatever was not put together is the truth: DS, DNSKEY, and NSEC for a zone without DS.
 */
final class SignedZones implements RecordSource {
  static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1)); // the manual timers begin 1970
  static final String SERVER = "192.0.2.53";
  static final String OTHER = "192.0.2.54";
  private static final long TTL = 300;

  private final Map<Name, DNSKEYRecord> keys = new LinkedHashMap<>();
  private final Map<Name, KeyPair> pairs = new HashMap<>();
  private final Map<String, Message> lies = new HashMap<>();
  private final Map<String, Message> liesOfTheOther = new HashMap<>();
  private final Set<String> silent = new HashSet<>();
  private boolean isAlone = true;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Name> unsigned = new ArrayList<>();

  /** With a signed root. */
  SignedZones() {
    sign(".");
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** A zone with a key, which is in the zone above. */
  SignedZones sign(String zone) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      pairs.put(name(zone), pair);
      keys.put(
          name(zone),
          new DNSKEYRecord(
              name(zone),
              DClass.IN,
              TTL,
              DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
              DNSKEYRecord.Protocol.DNSSEC,
              DNSSEC.Algorithm.ECDSAP256SHA256,
              pair.getPublic()));
      return this;
    } catch (GeneralSecurityException | DNSSEC.DNSSECException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  DNSKEYRecord key(String zone) {
    return keys.get(name(zone));
  }

  /** A zone that its parent proves to have no DS. */
  SignedZones leaveUnsigned(String zone) {
    unsigned.add(name(zone));
    return this;
  }

  ZoneAnchors anchors() {
    DSRecord root =
        new DSRecord(Name.root, DClass.IN, TTL, DNSSEC.Digest.SHA256, keys.get(Name.root));
    try {
      return ZoneAnchors.of(root.toString().getBytes(StandardCharsets.UTF_8));
    } catch (ZoneAnchors.WrongAnchorException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  /** What is asked for this from now on is answered with that. */
  void answer(String name, int type, Message response) {
    lies.put(name(name) + "/" + type, response);
  }

  /** The same of a second server, which is there from now on. */
  void otherAnswers(String name, int type, Message response) {
    isAlone = false;
    liesOfTheOther.put(name(name) + "/" + type, response);
  }

  /** What is asked for this from now on is not answered at all. */
  void isSilentAbout(String name, int type) {
    isSilentAbout(name, type, SERVER);
  }

  void isSilentAbout(String name, int type, String server) {
    silent.add(name(name) + "/" + type + "/" + server);
  }

  /**
   * Questions that came, {@code NAME/TYPE}, with {@code other} before those to the second server.
   */
  List<String> asked() {
    return asked;
  }

  static Message response(String name, int type, int rcode) {
    Message message = new Message(0);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(rcode);
    message.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    return message;
  }

  static Record record(String name, int type, String data) {
    try {
      return Record.fromString(name(name), type, DClass.IN, TTL, data, Name.root);
    } catch (java.io.IOException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  static Record soa(String zone) {
    return new SOARecord(
        name(zone), DClass.IN, TTL, below("ns", zone), below("h", zone), 1, 60, 60, 60, 60);
  }

  private static Name below(String label, String zone) {
    return name(zone.equals(".") ? label : label + "." + zone);
  }

  static Record nsec(String owner, String next, int... types) {
    return new NSECRecord(name(owner), DClass.IN, TTL, name(next), types);
  }

  /** With the zone's signature. */
  Message with(Message message, int section, String zone, Record... records) {
    return with(message, section, zone, NOW.minusSeconds(3600), NOW.plusSeconds(3600), records);
  }

  Message with(
      Message message, int section, String zone, Instant from, Instant to, Record... records) {
    for (Record record : records) {
      message.addRecord(record, section);
    }
    message.addRecord(signature(zone, from, to, records), section);
    return message;
  }

  /** Made from a wildcard: with the signature of the wildcard's own record. */
  Message withExpanded(Message message, int section, String zone, Record wildcard, String owner) {
    RRSIGRecord real = signature(zone, NOW.minusSeconds(3600), NOW.plusSeconds(3600), wildcard);
    message.addRecord(wildcard.withName(name(owner)), section);
    message.addRecord(real.withName(name(owner)), section);
    return message;
  }

  RRSIGRecord signature(String zone, Instant from, Instant to, Record... records) {
    RRset set = new RRset();
    for (Record record : records) {
      set.addRR(record);
    }
    try {
      return DNSSEC.sign(set, keys.get(name(zone)), pairs.get(name(zone)).getPrivate(), from, to);
    } catch (DNSSEC.DNSSECException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public CompletableFuture<SignedResponse> records(SignedQuery query) {
    asked.add(query.name() + "/" + Type.string(query.type()));
    return answered(query, lies, SERVER);
  }

  @Override
  public CompletableFuture<SignedResponse> recordsFromAnother(SignedQuery query, String server) {
    if (isAlone) {
      return null;
    }
    if (!server.equals(SERVER)) {
      throw new AssertionError("not asked yet: " + server);
    }
    asked.add("other " + query.name() + "/" + Type.string(query.type()));
    return answered(query, liesOfTheOther, OTHER);
  }

  private CompletableFuture<SignedResponse> answered(
      SignedQuery query, Map<String, Message> known, String server) {
    String key = query.name() + "/" + query.type();
    if (silent.contains(key + "/" + server)) {
      return new CompletableFuture<>();
    }
    Message lie = known.get(key);
    Message response = lie == null ? truth(query.name(), query.type()) : lie;
    if (response == null) {
      CompletableFuture<SignedResponse> failed = new CompletableFuture<>();
      failed.completeExceptionally(
          LookupFailure.of(
              List.of(
                  new LookupFailure.Attempt(
                      server, LookupFailure.Kind.SERVER_FAILURE, "answered SERVFAIL", null))));
      return failed;
    }
    return CompletableFuture.completedFuture(new SignedResponse(response.toWire(), server));
  }

  /** Null: the server fails. */
  private Message truth(Name name, int type) {
    String text = name.toString();
    Message message = response(text, type, Rcode.NOERROR);
    if (type == Type.DNSKEY && keys.containsKey(name)) {
      return with(message, Section.ANSWER, text, keys.get(name));
    }
    if (type != Type.DS) {
      return null;
    }
    String above = zoneAbove(name).toString();
    if (keys.containsKey(name)) {
      DSRecord ds = new DSRecord(name, DClass.IN, TTL, DNSSEC.Digest.SHA256, keys.get(name));
      return with(message, Section.ANSWER, above, ds);
    }
    with(message, Section.AUTHORITY, above, soa(above));
    return unsigned.contains(name)
        ? with(
            message, Section.AUTHORITY, above, nsec(text, below("zzz", above).toString(), Type.NS))
        : with(
            message, Section.AUTHORITY, above, nsec(text, below("zzz", above).toString(), Type.A));
  }

  private Name zoneAbove(Name name) {
    Name above = name;
    do {
      above = new Name(above, 1);
    } while (!keys.containsKey(above));
    return above;
  }
}
