package io.github.dotagent.it.drills;

import static io.github.dotagent.it.drills.Scene.FIRST;
import static io.github.dotagent.it.drills.Scene.SECOND;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fault, its effect, and its repair. The transcript has its name. */
enum Drill {
  ALL_SERVERS_DOWN {
    @Override
    void play(Scene scene) {
      scene.startWell();
      scene.stop(FIRST);
      scene.stop(SECOND);
      scene.awaitAll("unreachable");
      scene.awaitLog("no upstream is left");
      scene.look("Both servers are stopped.");
      scene.listen(FIRST);
      scene.listen(SECOND);
      scene.awaitAll("in use");
      scene.look("Both are started again.");
    }
  },

  ONE_OF_TWO_DOWN {
    @Override
    void play(Scene scene) {
      scene.startWell();
      scene.stop(FIRST);
      scene.await(FIRST, "unreachable");
      scene.await(SECOND, "in use");
      scene.look("The first server is stopped.");
      scene.listen(FIRST);
      scene.awaitAll("in use");
      scene.look("It is started again.", true);
    }
  },

  AN_INTERCEPTOR_APPEARS {
    @Override
    void play(Scene scene) {
      scene.startWell();
      ServerCertificate its = anInterceptors();
      scene.present(FIRST, its);
      scene.present(SECOND, its);
      scene.awaitAll("untrusted");
      scene.awaitLog("no upstream is left");
      scene.look("Something on the way answers in the place of both, with a foreign authority.");
      scene.present(FIRST, scene.certificate);
      scene.present(SECOND, scene.certificate);
      scene.awaitAll("in use");
      scene.look("It is gone.");
    }
  },

  AN_INTERCEPTOR_IN_AN_OUTAGE {
    @Override
    void play(Scene scene) {
      scene.startWell();
      scene.stop(FIRST);
      scene.stop(SECOND);
      scene.awaitAll("unreachable");
      scene.awaitLog("no upstream is left");
      scene.look("The network to both servers is down.");
      ServerCertificate its = anInterceptors();
      for (String address : List.of(FIRST, SECOND)) {
        scene.listen(address);
        scene.present(address, its);
      }
      scene.awaitAll("untrusted");
      scene.look("It is up, and something on the way answers in the place of both.");
      scene.present(FIRST, scene.certificate);
      scene.present(SECOND, scene.certificate);
      scene.awaitAll("in use");
      scene.look("That is gone.");
    }
  },

  PINS_ROTATED {
    @Override
    void play(Scene scene) {
      scene.set("pins", scene.certificate.pin());
      scene.startWell();
      ServerCertificate renewed = scene.authority.issue(CertificateSpec.forNames(Scene.NAME));
      scene.transcript.calls(renewed.pin(), "sha256/NEW-KEY");
      scene.present(FIRST, renewed);
      scene.present(SECOND, renewed);
      scene.awaitAll("untrusted");
      scene.awaitLog("no upstream is left");
      String paste = lineToPaste(scene.log());
      scene.look("Both servers have a new key.");
      scene.end();
      scene.set("pins", paste);
      scene.startAgain();
      scene.look("The service was started again with the pins that the log proposed.");
    }

    private String lineToPaste(List<String> log) {
      for (String line : log) {
        Matcher setting = Pattern.compile("-Ddotagent\\.pins=(\\S+)").matcher(line);
        if (setting.find()) {
          return setting.group(1);
        }
      }
      throw new AssertionError("no line to paste: " + log);
    }
  },

  A_CERTIFICATE_EXPIRED {
    @Override
    void play(Scene scene) {
      scene.startWell();
      scene.present(FIRST, scene.authority.issue(CertificateSpec.forNames(Scene.NAME).expired()));
      scene.await(FIRST, "untrusted");
      scene.await(SECOND, "in use");
      scene.look("The certificate of the first server has ended.");
      scene.present(FIRST, scene.certificate);
      scene.awaitAll("in use");
      scene.look("It has a new one.");
    }
  },

  A_WRONG_CLOCK {
    @Override
    void play(Scene scene) {
      scene.startWell();
      ServerCertificate later =
          scene.authority.issue(CertificateSpec.forNames(Scene.NAME).notYetValid());
      scene.present(FIRST, later);
      scene.present(SECOND, later);
      scene.awaitAll("untrusted");
      scene.awaitLog("no upstream is left");
      scene.look("The clock of this machine was set to a day before the certificates begin.");
      scene.present(FIRST, scene.certificate);
      scene.present(SECOND, scene.certificate);
      scene.awaitAll("in use");
      scene.look("The clock is right.");
    }
  },

  A_FIREWALL_THAT_REJECTS {
    @Override
    void play(Scene scene) throws Exception {
      scene.startWell();
      // the kernel says to a program what an ICMP of a firewall makes it say: EACCES, EHOSTUNREACH
      ip("rule add pref 10 lookup local");
      ip("rule del pref 0");
      ip("rule add pref 5 to " + FIRST + TO_DOT + " lookup 101");
      ip("route add prohibit default table 101");
      ip("rule add pref 6 to " + SECOND + TO_DOT + " lookup 102");
      ip("route add unreachable default table 102");
      scene.server(FIRST).dropConnections();
      scene.server(SECOND).dropConnections();
      scene.awaitAll("unreachable");
      scene.awaitLog("no upstream is left");
      scene.look("A firewall rejects the way to both, with ICMP of two kinds.");
      ip("rule del pref 5");
      ip("rule del pref 6");
      scene.awaitAll("in use");
      scene.look("It lets both through.");
    }

    private void ip(String what) throws IOException, InterruptedException {
      Process ip =
          new ProcessBuilder("sh", "-c", "PATH=\"$PATH:/usr/sbin:/sbin\"; ip " + what)
              .redirectErrorStream(true)
              .start();
      String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (ip.waitFor() != 0) {
        throw new IOException(what + ": " + said);
      }
    }
  },

  A_FIREWALL_THAT_DROPS {
    @Override
    void play(Scene scene) throws IOException {
      scene.set("timeout", "3s");
      scene.startWell();
      scene.drop(FIRST);
      scene.drop(SECOND);
      scene.awaitAll("unreachable");
      scene.awaitLog("no upstream is left");
      scene.look("A firewall drops what goes to port 853 of both.");
      scene.listen(FIRST);
      scene.listen(SECOND);
      scene.awaitAll("in use");
      scene.look("It lets both through.");
    }
  },

  SERVERS_THAT_DO_NOT_ANSWER {
    @Override
    void play(Scene scene) {
      scene.set("timeout", "5s");
      scene.startWell();
      scene.silence(FIRST);
      scene.silence(SECOND);
      scene.awaitAll("backing off");
      scene.awaitLog("no upstream is left");
      scene.awaitReason("no answer in time");
      scene.look("Both servers take queries and answer none.");
      scene.stop(FIRST);
      scene.stop(SECOND);
      scene.listen(FIRST);
      scene.listen(SECOND);
      scene.awaitAll("in use");
      scene.look("Both were restarted.");
    }
  },

  A_LOG_FILE_ROTATED {
    @Override
    void play(Scene scene) throws Exception {
      scene.logsInto("agent.log");
      scene.startWell();
      scene.stop(FIRST);
      scene.await(FIRST, "unreachable");
      scene.look("The first server is stopped.");
      Path log = scene.folder.resolve("agent.log");
      Files.move(log, scene.folder.resolve("agent.log.1"));
      scene.logBeginsAnew();
      scene.stop(SECOND);
      scene.awaitAll("unreachable");
      scene.awaitLog("no upstream is left");
      scene.look("The log was renamed, and then the second server stopped.");
      scene.listen(FIRST);
      scene.listen(SECOND);
      scene.awaitAll("in use");
      scene.look("Both are started again.");
    }
  },

  A_TRUST_STORE_DAMAGED {
    @Override
    void play(Scene scene) throws Exception {
      scene.startWell();
      Path trust = scene.folder.resolve("ca.pem");
      String whole = Files.readString(trust);
      Files.writeString(trust, whole.substring(0, whole.length() / 2));
      scene.awaitLog("the previous settings stay in force");
      scene.look("The trust store was replaced by one that is cut off.");
      Files.writeString(trust, whole);
      scene.awaitInForce();
      scene.look("It is whole again.");
    }
  },

  NAMES_IN_THE_CLEAR {
    @Override
    void play(Scene scene) {
      Zone system = Zone.builder().addresses("*.shop.test", 300, "10.9.9.9").build();
      scene.set("profile", "opportunistic");
      try (Port53Witness clear = Port53Witness.answering(system, "127.0.0.1", 53)) {
        scene.startWell();
        scene.stop(FIRST);
        scene.stop(SECOND);
        scene.awaitAll("unreachable");
        scene.until("names in the clear", () -> !clear.sightings().isEmpty());
        scene.look("Both servers are stopped, and the profile is opportunistic.");
        scene.listen(FIRST);
        scene.listen(SECOND);
        scene.awaitAll("in use");
        scene.awaitLog("names go over TLS");
        scene.look("Both are started again.");
      }
    }
  };

  /** Connections to port 853, and nothing else that goes to the address. */
  private static final String TO_DOT = " ipproto tcp dport 853";

  abstract void play(Scene scene) throws Exception;

  /** Of the transcript. */
  String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
  }

  /** As good as the right ones, but another authority has signed it. */
  private static ServerCertificate anInterceptors() {
    return TestAuthority.named("CN=Some proxy", Instant.now(), 1)
        .issue(CertificateSpec.forNames(Scene.NAME));
  }
}
