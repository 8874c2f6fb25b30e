package io.github.dotagent.it.harness.wire;

import java.util.Map;
import java.util.stream.Collectors;

/** DNS record types by number and by name (IANA registry "Resource Record (RR) TYPEs"). */
public final class RecordTypes {
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int PTR = 12;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int OPT = 41;
  public static final int HTTPS = 65;
  public static final int ANY = 255;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(A, "A"),
          Map.entry(CNAME, "CNAME"),
          Map.entry(SOA, "SOA"),
          Map.entry(PTR, "PTR"),
          Map.entry(MX, "MX"),
          Map.entry(TXT, "TXT"),
          Map.entry(AAAA, "AAAA"),
          Map.entry(SRV, "SRV"),
          Map.entry(OPT, "OPT"),
          Map.entry(HTTPS, "HTTPS"),
          Map.entry(ANY, "ANY"));
  private static final Map<String, Integer> NUMBERS =
      NAMES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private RecordTypes() {}

  /** {@code A}, {@code AAAA}, …; {@code TYPE257} for one without a name here (RFC 3597 §5). */
  public static String name(int type) {
    return NAMES.getOrDefault(type, "TYPE" + type);
  }

  /** The reverse of {@link #name}. */
  public static int number(String name) {
    Integer known = NUMBERS.get(name);
    return known != null ? known : Integer.parseInt(name.substring("TYPE".length()));
  }
}
