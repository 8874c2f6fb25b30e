package io.github.dotagent.it.harness.dnssec;

import java.util.ArrayList;
import java.util.List;

/** The zones of {@link SignedTree}, whole and broken, and the names whose verdicts are compared. */
public final class TreeZones {
  private static final String NSEC3 = "-3";
  private static final String NO_SALT = "-";
  private static final String GONE = "gone 7200 IN A 192.0.2.4";

  private TreeZones() {}

  private static SignedZone zone(String label) {
    return new SignedZone(label + ".test.");
  }

  static List<SignedZone> all() {
    List<SignedZone> all = new ArrayList<>();
    all.add(new SignedZone("."));
    all.add(new SignedZone("test."));
    all.add(new SignedZone("opt.").with(NSEC3, NO_SALT, "-A"));
    all.addAll(whole());
    all.addAll(broken());
    for (int depth = 1; depth <= 18; depth++) { // with the root and test. a chain of 20 zones
      StringBuilder name = new StringBuilder();
      for (int i = depth; i > 0; i--) {
        name.append('d').append(i).append('.');
      }
      all.add(new SignedZone(name + "test."));
    }
    return all;
  }

  static List<SignedZone> few() {
    return List.of(
        new SignedZone("."),
        new SignedZone("test."),
        zone("signed"),
        zone("plain").unsigned(),
        zone("expired").with("-s", "20200101000000", "-e", "20200201000000"),
        zone("baddata").replaced("192\\.0\\.2\\.1$", "192.0.2.66"));
  }

  private static List<SignedZone> whole() {
    return List.of(
        zone("ecdsa")
            .has(
                "alias 7200 IN CNAME www",
                "*.wild 7200 IN A 192.0.2.3",
                "a.b.ent 7200 IN A 192.0.2.4",
                "tree 7200 IN DNAME ed25519.test.",
                "torsa 7200 IN CNAME www.rsa.test.",
                "tounsigned 7200 IN CNAME www.unsigned.test.",
                "toexpired 7200 IN CNAME www.expired.test.",
                "tonothing 7200 IN CNAME nothing.rsa.test.",
                "*.wildalias 7200 IN CNAME www.rsa.test.",
                "loop 7200 IN CNAME loop2",
                "loop2 7200 IN CNAME loop"),
        zone("p384").by("ECDSAP384SHA384"),
        zone("rsa").by("RSASHA256").with(NSEC3, NO_SALT).has("*.wild 7200 IN A 192.0.2.3"),
        zone("rsa512").by("RSASHA512"),
        zone("rsasha1").by("RSASHA1"),
        zone("nsec3rsasha1").by("NSEC3RSASHA1").with(NSEC3, "aabbccdd", "-H", "10"),
        zone("ed25519").by("ED25519").with(NSEC3, NO_SALT),
        zone("ed448").by("ED448"),
        zone("unsigned")
            .unsigned()
            .has(
                "alias 7200 IN CNAME www.ecdsa.test.",
                "toexpired 7200 IN CNAME www.expired.test.",
                "tonothing 7200 IN CNAME nothing.ecdsa.test.",
                "*.wild 7200 IN A 192.0.2.3"),
        new SignedZone("below.unsigned.test.").unsigned(),
        zone("island").delegated(ds -> ""),
        new SignedZone("signed.opt."),
        new SignedZone("unsigned.opt.").unsigned(),
        zone("sha1ds").digests("SHA-1"),
        zone("sha384ds").digests("SHA-384"),
        zone("optout").with(NSEC3, NO_SALT, "-A").has("*.wild 7200 IN A 192.0.2.3"),
        new SignedZone("unsigned.optout.test.").unsigned(),
        new SignedZone("signed.optout.test."),
        zone("iterations").with(NSEC3, NO_SALT, "-H", "150").has("*.wild 7200 IN A 192.0.2.3"),
        new SignedZone("unsigned.iterations.test.").unsigned(),
        new SignedZone("signed.iterations.test."));
  }

  private static List<SignedZone> broken() {
    return List.of(
        zone("expired").with("-s", "20200101000000", "-e", "20200201000000"),
        zone("future").with("-s", "20360101000000", "-e", "20360201000000"),
        zone("wrongkey").delegated(ds -> ds.replaceAll("(DS )[0-9]+", "$11234")),
        zone("wrongdigest").delegated(ds -> ds.replaceAll("[0-9A-F]{8}$", "00000000")),
        zone("nosig").without("^www\\S*\\s.*RRSIG\\s+A "),
        zone("stripped").without("\\sRRSIG\\s"),
        zone("nokey").without("\\sDNSKEY\\s"),
        zone("nokeysig").without("\\sRRSIG\\s+DNSKEY"),
        zone("badsig").replaced("^(www\\S*\\s.*RRSIG\\s+A .* \\S{12})\\S{4}", "$1AAAA"),
        zone("baddata").replaced("192\\.0\\.2\\.1$", "192.0.2.66"),
        zone("badsigner")
            .replaced("^(www\\S*\\s.*RRSIG\\s+A .*)badsigner\\.test\\.", "$1unsigned.test."),
        zone("nonsec").without("\\sNSEC\\s|RRSIG\\s+NSEC "),
        zone("nonsec3").with(NSEC3, NO_SALT).without("\\sNSEC3\\s|RRSIG\\s+NSEC3 "),
        zone("nsecgone")
            .without("^both\\S*\\s+\\d+\\s+IN\\s+(A|AAAA)\\s|^both\\S*\\s.*RRSIG\\s+(A|AAAA) "),
        zone("nsecsig").without("RRSIG\\s+NSEC "),
        // a proof for other names, replayed for one that exists
        zone("replayed").has(GONE).without("^gone"),
        zone("replayed3").has(GONE).with(NSEC3, NO_SALT).without("^gone"),
        zone("replayedwild")
            .has("*.wild 7200 IN A 192.0.2.3", "gone.wild 7200 IN A 192.0.2.4")
            .without("^gone"),
        zone("wildnonsec").has("*.wild 7200 IN A 192.0.2.3").without("\\sNSEC\\s|RRSIG\\s+NSEC "),
        zone("wildnonsec3")
            .has("*.wild 7200 IN A 192.0.2.3")
            .with(NSEC3, NO_SALT)
            .without("\\sNSEC3\\s|RRSIG\\s+NSEC3 "),
        zone("nosoasig").without("RRSIG\\s+SOA "),
        zone("unknownalgorithm").delegated(ds -> ds.replaceAll("(DS [0-9]+) 13", "$1 200")),
        zone("unknowndigest").delegated(ds -> ds.replaceAll("(DS [0-9]+ 13) 2", "$1 200")),
        zone("twodigests")
            .digests("SHA-1", "SHA-256")
            .delegated(ds -> ds.replaceAll("( 13 2 .*)[0-9A-F]{8}$", "$100000000")),
        zone("twodigests384")
            .digests("SHA-256", "SHA-384")
            .delegated(ds -> ds.replaceAll("( 13 2 .*)[0-9A-F]{8}$", "$100000000")),
        zone("rollover").alsoBy("RSASHA256").without("RRSIG\\s+\\S+\\s+8 "),
        zone("newalgorithm")
            .alsoBy("RSASHA256")
            .without("RRSIG\\s+\\S+\\s+8 ")
            .delegated(ds -> ds.contains(" 8 2 ") ? "" : ds),
        zone("wrongalgorithm")
            .alsoBy("RSASHA256")
            .without("RRSIG\\s+\\S+\\s+8 ")
            .delegated(ds -> ds.contains(" 8 2 ") ? ds : ""),
        zone("expiredabove").with("-s", "20200101000000", "-e", "20200201000000"),
        new SignedZone("below.expiredabove.test."),
        zone("nodsproof").without("^sub\\S*\\s.*(NSEC|RRSIG\\s+NSEC )"),
        new SignedZone("sub.nodsproof.test.").unsigned(),
        zone("dssig").without("^sub\\S*\\s.*RRSIG\\s+DS "),
        new SignedZone("sub.dssig.test."),
        zone("badproof").replaced("^(www\\S*\\s.*RRSIG\\s+NSEC .* \\S{12})\\S{4}", "$1AAAA"),
        zone("label").replaced("^(www\\S*\\s.*RRSIG\\s+A 13) 3", "$1 2"),
        zone("origttl").replaced("^(www\\S*\\s.*RRSIG\\s+A 13 3) 7200", "$1 7199"));
  }

  /** Each is looked up for both families of addresses. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    List<SignedZone> zones = new ArrayList<>(whole());
    zones.addAll(broken());
    for (SignedZone zone : zones) {
      names.add("www." + zone.name);
      names.add("nothing." + zone.name);
      names.add("both." + zone.name);
    }
    for (String more :
        List.of(
            "alias.ecdsa",
            "x.wild.ecdsa",
            "wild.ecdsa",
            "ent.ecdsa",
            "b.ent.ecdsa",
            "www.tree.ecdsa",
            "nothing.tree.ecdsa",
            "torsa.ecdsa",
            "tounsigned.ecdsa",
            "toexpired.ecdsa",
            "tonothing.ecdsa",
            "x.wildalias.ecdsa",
            "x.wild.rsa",
            "x.y.wild.rsa",
            "alias.unsigned",
            "toexpired.unsigned",
            "tonothing.unsigned",
            "x.wild.unsigned",
            "x.wild.optout",
            "x.wild.iterations",
            "x.wild.wildnonsec",
            "x.wild.wildnonsec3",
            "gone.replayed",
            "gone.replayed3",
            "gone.wild.replayedwild",
            "deep.below.nothing.ecdsa")) {
      names.add(more + ".test.");
    }
    names.add("nothing.opt.");
    names.add("nothing.test.");
    names.add("www.nothing."); // a name of one label would be the system resolver's
    names.add("www." + deepest());
    names.add("nothing." + deepest());
    return names;
  }

  private static String deepest() {
    StringBuilder name = new StringBuilder();
    for (int i = 18; i > 0; i--) {
      name.append('d').append(i).append('.');
    }
    return name + "test.";
  }
}
