package io.github.dotagent.dnssec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The keys that are trusted without proof (RFC 4033 §2, "trust anchor"), as DS records, and the
 * zones below which nothing must be signed. Immutable.
 */
public final class ZoneAnchors {
  /**
   * The root's keys as IANA publishes them (https://data.iana.org/root-anchors/root-anchors.xml):
   * 20326 since 2017, and 38696, which was published in January 2025 and signs since October 2026.
   */
  private static final String[] ROOT = {
    ". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
    ". DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"
  };

  /**
   * ICANN plans to change the root's key every three years from October 2026 on, and publishes the
   * next one years before. After this date an agent may lack it.
   */
  public static final String DOUBTED_AFTER = "2029-10-11";

  /** A TTL of a record in a file is of no meaning; dnsjava wants one. */
  private static final long TTL = 3600;

  private final boolean ofIana;
  private final CheckedAnchorLines lines; // null: IANA's alone, or read already

  /**
   * Null: not read yet. dnsjava's classes take longer to load than all else that DNSSEC costs a
   * start: {@code Name} makes a DecimalFormat, and with it the JDK's locales.
   */
  private volatile Known known;

  private ZoneAnchors(Known known, boolean ofIana, CheckedAnchorLines lines) {
    this.known = known;
    this.ofIana = ofIana;
    this.lines = lines;
  }

  private Known known() {
    Known read = known;
    if (read == null) {
      try {
        read = read(lines); // twice by two threads, and the same
      } catch (WrongAnchorException never) { // plain lines are in good order
        throw new IllegalStateException(never);
      }
      known = read;
    }
    return read;
  }

  private static Known read(CheckedAnchorLines lines) throws WrongAnchorException {
    Reader reader = new Reader();
    if (lines != null) {
      reader.takeAll(lines);
    }
    if (lines == null || !reader.hasRoot()) {
      reader.addRoot();
    }
    return reader.read();
  }

  /** Whether dnsjava's classes were needed. */
  boolean isRead() {
    return known != null;
  }

  private static final class Known {
    final Map<Name, List<DSRecord>> anchors;
    final Set<Name> insecure;

    Known(Map<Name, List<DSRecord>> anchors, Set<Name> insecure) {
      this.anchors = Collections.unmodifiableMap(anchors);
      this.insecure = Collections.unmodifiableSet(insecure);
    }
  }

  /** A line of the file is not an anchor; the message is the whole reason. */
  public static final class WrongAnchorException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongAnchorException(String message) {
      super(message);
    }
  }

  /** IANA's, of the root. */
  public static ZoneAnchors ofIana() {
    return new ZoneAnchors(null, true, null);
  }

  /**
   * Those of a file: a line each, {@code ZONE [TTL] [IN] DS …}, {@code ZONE [TTL] [IN] DNSKEY …} or
   * {@code ZONE insecure}; what follows a semicolon is a comment. IANA's stay if the file has no
   * line for the root.
   *
   * @throws WrongAnchorException when a line is none of these, or there is none at all
   */
  public static ZoneAnchors of(byte[] file) throws WrongAnchorException {
    CheckedAnchorLines lines = CheckedAnchorLines.of(file);
    if (lines.arePlain()) {
      return new ZoneAnchors(null, !lines.havePlainRoot(), lines);
    }
    Reader reader = new Reader();
    reader.takeAll(lines);
    boolean ofIana = !reader.hasRoot();
    if (ofIana) {
      reader.addRoot();
    }
    return new ZoneAnchors(reader.read(), ofIana, null);
  }

  /** Whether others trust the same keys of the same zones. */
  boolean areSame(ZoneAnchors other) {
    Known these = known();
    Known those = other.known();
    return these.anchors.equals(those.anchors) && these.insecure.equals(those.insecure);
  }

  /** Whether the root's anchors are those that are built in. */
  public boolean areOfIana() {
    return ofIana;
  }

  /** By zone; without zones below which nothing must be signed. */
  Map<Name, List<DSRecord>> byZone() {
    return known().anchors;
  }

  /** Zones below which nothing must be signed. */
  Set<Name> insecure() {
    return known().insecure;
  }

  /**
   * The nearest zone above the name, or the name itself, that has an anchor or a line that it is
   * insecure. The DS of a zone is in the zone above it.
   */
  Name nearest(Name name, int type) {
    Known these = known();
    boolean isAbove = type == Type.DS && name.labels() > 1;
    Name zone = isAbove ? new Name(name, 1) : name;
    while (zone.labels() > 1
        && !these.anchors.containsKey(zone)
        && !these.insecure.contains(zone)) {
      zone = new Name(zone, 1);
    }
    return zone; // the root has one always
  }

  /** Whether an anchor is above the name; a line that a zone is insecure is none. */
  boolean cover(Name name) {
    for (Name zone = name; ; zone = new Name(zone, 1)) {
      if (known().anchors.containsKey(zone)) {
        return true;
      }
      if (zone.labels() <= 1) {
        return false;
      }
    }
  }

  /** The tags of the keys of each zone, a line each, for people. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<Name, List<DSRecord>> zone : known().anchors.entrySet()) {
      StringBuilder text = new StringBuilder(zone.getKey().toString());
      for (DSRecord key : zone.getValue()) {
        text.append(text.indexOf(" ") < 0 ? " key " : ", ").append(key.getFootprint());
      }
      texts.add(text.toString());
    }
    for (Name zone : known().insecure) {
      texts.add(zone + " insecure");
    }
    return texts;
  }

  /** Reads lines, and reports a mistake in one. */
  private static final class Reader {
    private final Map<Name, List<DSRecord>> anchors = new LinkedHashMap<>();
    private final Set<Name> insecure = new HashSet<>();

    Known read() {
      return new Known(anchors, insecure);
    }

    void takeAll(CheckedAnchorLines lines) throws WrongAnchorException {
      int number = 0;
      for (String line : lines.all()) {
        number++;
        if (!line.isEmpty()) {
          line(number, line);
        }
      }
      if (anchors.isEmpty() && insecure.isEmpty()) {
        throw new WrongAnchorException(
            "has no anchor; a line is like: . DS 20326 8 2 E06D44B8… or: corp.example insecure");
      }
    }

    boolean hasRoot() {
      return anchors.containsKey(Name.root) || insecure.contains(Name.root);
    }

    void addRoot() {
      try {
        for (String line : ROOT) {
          line(0, line);
        }
      } catch (WrongAnchorException never) {
        throw new IllegalStateException(never);
      }
    }

    void line(int number, String line) throws WrongAnchorException {
      String[] words = line.split("\\s+");
      Name zone = zone(number, words[0]);
      int at = 1;
      boolean insecureZone =
          words.length == 2 && words[1].equalsIgnoreCase(CheckedAnchorLines.INSECURE);
      if (insecureZone) {
        add(number, zone, null);
        return;
      }
      if (at < words.length && words[at].matches("[0-9]+")) {
        at++;
      }
      if (at < words.length && words[at].equalsIgnoreCase("IN")) {
        at++;
      }
      String type = at < words.length ? words[at] : "";
      if (!type.equalsIgnoreCase("DS") && !type.equalsIgnoreCase("DNSKEY")) {
        throw wrong(
            number,
            (type.isEmpty() ? "a type is missing behind the zone" : '"' + type + "\" is no anchor")
                + "; it has to be DS, DNSKEY or insecure");
      }
      add(number, zone, anchor(number, zone, type, rest(words, at + 1)));
    }

    private static String rest(String[] words, int from) {
      StringBuilder rest = new StringBuilder();
      for (int i = from; i < words.length; i++) {
        rest.append(rest.length() == 0 ? "" : " ").append(words[i]);
      }
      return rest.toString();
    }

    private static Name zone(int number, String word) throws WrongAnchorException {
      try {
        return Name.fromString(word, Name.root).canonicalize();
      } catch (TextParseException notAName) {
        throw wrong(number, '"' + word + "\" is not a domain name");
      }
    }

    private void add(int number, Name zone, DSRecord anchor) throws WrongAnchorException {
      if (anchor == null ? anchors.containsKey(zone) : insecure.contains(zone)) {
        throw wrong(number, zone + " is said to be insecure, and has an anchor as well");
      }
      if (anchor == null) {
        insecure.add(zone);
        return;
      }
      List<DSRecord> known = anchors.get(zone);
      if (known == null) {
        known = new ArrayList<>();
        anchors.put(zone, known);
      }
      known.add(anchor);
    }

    private static DSRecord anchor(int number, Name zone, String type, String data)
        throws WrongAnchorException {
      Record record;
      if (data.startsWith("(") || data.endsWith("(")) {
        throw wrong(number, "a record has to be on one line, without brackets");
      }
      try {
        record = Record.fromString(zone, Type.value(type), DClass.IN, TTL, data, Name.root);
      } catch (IOException | RuntimeException unreadable) {
        throw wrong(
            number,
            "the data of this "
                + Type.string(Type.value(type))
                + " cannot be read ("
                + unreadable.getMessage()
                + ")");
      }
      return record instanceof DSRecord
          ? checked(number, (DSRecord) record)
          : ofKey(number, (DNSKEYRecord) record);
    }

    /** dnsjava knows how long a digest of a known type is. */
    private static DSRecord checked(int number, DSRecord anchor) throws WrongAnchorException {
      switch (anchor.getDigestID()) {
        case DNSSEC.Digest.SHA1:
        case DNSSEC.Digest.SHA256:
        case DNSSEC.Digest.SHA384:
          return anchor;
        default:
          throw wrong(
              number,
              "digest type "
                  + anchor.getDigestID()
                  + " is not known; 2 (SHA-256) and 4 (SHA-384) are, and 1 (SHA-1)");
      }
    }

    /** A key is kept as its digest: a zone may have anchors of both forms. */
    private static DSRecord ofKey(int number, DNSKEYRecord key) throws WrongAnchorException {
      if ((key.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) == 0) {
        throw wrong(
            number, "flags " + key.getFlags() + " are not those of a zone's key (256, 257)");
      }
      try {
        key.getPublicKey();
        return new DSRecord(key.getName(), DClass.IN, TTL, DNSSEC.Digest.SHA256, key);
      } catch (DNSSEC.DNSSECException unreadable) {
        throw wrong(
            number,
            "this JVM cannot read a key of algorithm "
                + key.getAlgorithm()
                + ": "
                + unreadable.getMessage());
      } catch (RuntimeException noKey) { // dnsjava for a key of no octets, or of too few
        throw wrong(number, "it holds no key of algorithm " + key.getAlgorithm());
      }
    }

    private static WrongAnchorException wrong(int number, String why) {
      return new WrongAnchorException("line " + number + ": " + why);
    }
  }
}
