package io.github.dotagent.agent.cli.status;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The state of the agent in a JVM at one moment. Immutable. */
final class StatusSnapshot {
  /** Attributes of the resolver, with the names in docs/watching.md. */
  static final List<String> FAILURES =
      Collections.unmodifiableList(
          Arrays.asList(
              "FailuresUntrusted",
              "FailuresBogus",
              "FailuresMalformed",
              "FailuresServerFailure",
              "FailuresUnreachable",
              "FailuresTimeout"));

  /** Of the resolver: the sources of answers, the nearest to the program first. */
  static final List<String> SOURCES =
      Collections.unmodifiableList(
          Arrays.asList(
              "AnswersLiteral",
              "AnswersLoopback",
              "AnswersNone",
              "AnswersHosts",
              "AnswersCache",
              "AnswersStale",
              "AnswersUpstream",
              "AnswersZone",
              "AnswersSystem",
              "AnswersOpportunistic",
              "AnswersObserve"));

  /** Of the resolver: the comparison of names with {@code mode=observe}. */
  static final List<String> COMPARISONS =
      Collections.unmodifiableList(
          Arrays.asList(
              "ObservedSame",
              "ObservedBySettings",
              "ObservedOtherAddresses",
              "ObservedOtherScope",
              "ObservedOnlySystem",
              "ObservedOnlyTls",
              "ObservedTlsFails"));

  private static final List<String> RESOLVER =
      withOthers(
          "Version",
          "Hook",
          "HookInPlace",
          "HookLosses",
          "Mode",
          "ObservedWaiting",
          "ObservedBeyond",
          "ObservedSuffixes",
          "ObservedLines",
          "WouldHaveFailed",
          "WouldStillFail",
          "Profile",
          "Pins",
          "JvmCachePolicy",
          "Lookups",
          "Hits",
          "Misses",
          "StaleAnswers",
          "Coalesced",
          "Prefetches",
          "CacheSize",
          "CacheMaxEntries",
          "PinMismatches",
          "NamesInClear",
          "MayHaveBeenInClear",
          "ClearSuffixes",
          "SecureAnswers",
          "InsecureAnswers",
          "LogLevel",
          "LastErrors",
          "Settings",
          "SettingsFiles",
          "SettingsReadAt",
          "SettingsChanges",
          "SettingsInForce",
          "SettingsProblem",
          "BypassesSeen");

  private static final List<String> UPSTREAM =
      Arrays.asList(
          "Address",
          "Zone",
          "State",
          "Connections",
          "QueriesInFlight",
          "RoundTripMillis",
          "Queries",
          "Failures",
          "TlsVersion",
          "CertificateDaysLeft",
          "ClientCertificate",
          "ClientCertificateDaysLeft",
          "PresentedPins",
          "MatchedPin",
          "PinsSet",
          "LastError");

  private static final List<String> JVM = Arrays.asList("SpecVersion", "Uptime");

  private final long pid;
  private final Instant at;
  private final Figures jvm;
  private final Figures resolver;
  private final List<Figures> upstreams;

  StatusSnapshot(long pid, Instant at, Figures jvm, Figures resolver, List<Figures> upstreams) {
    this.pid = pid;
    this.at = at;
    this.jvm = jvm;
    this.resolver = resolver;
    this.upstreams = Collections.unmodifiableList(new ArrayList<>(upstreams));
  }

  private static List<String> withOthers(String... others) {
    List<String> all = new ArrayList<>(Arrays.asList(others));
    all.addAll(FAILURES);
    all.addAll(SOURCES);
    all.addAll(COMPARISONS);
    return Collections.unmodifiableList(all);
  }

  /**
   * @param at now
   * @throws CommandFailure if the agent no longer has MBeans there
   * @throws IOException if the JVM has ended
   */
  static StatusSnapshot take(RemoteMBeans beans, long pid, Instant at)
      throws IOException, CommandFailure {
    try {
      return beans.ask(server -> take(server, pid, at));
    } catch (InstanceNotFoundException removed) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the MBeans of the agent in "
              + pid
              + " are gone: the program, or a console, has removed them");
    } catch (JMException refused) {
      throw new IOException(TerminalText.of(refused.toString()), refused);
    }
  }

  /**
   * @param at now
   * @throws JMException if the agent has no MBeans there
   */
  static StatusSnapshot take(MBeanServerConnection server, long pid, Instant at)
      throws IOException, JMException {
    List<Figures> upstreams = new ArrayList<>();
    Set<ObjectName> names = new TreeSet<>(server.queryNames(RemoteMBeans.UPSTREAMS, null));
    for (ObjectName name : names) {
      try {
        upstreams.add(Figures.read(server, name, UPSTREAM));
      } catch (InstanceNotFoundException goneMeanwhile) {
        // the name of this server has another address now
      }
    }
    upstreams.sort(Comparator.comparing(StatusSnapshot::zoneOf)); // those of no zone first
    return new StatusSnapshot(
        pid,
        at,
        Figures.read(server, runtime(), JVM),
        Figures.read(server, RemoteMBeans.RESOLVER, RESOLVER),
        upstreams);
  }

  /** The zone of a server; empty: it has none, or the agent there does not know of zones. */
  static String zoneOf(Figures server) {
    String zone = server.text("Zone");
    return zone == null ? "" : zone;
  }

  private static ObjectName runtime() throws MalformedObjectNameException {
    return new ObjectName("java.lang:type=Runtime");
  }

  long pid() {
    return pid;
  }

  Instant at() {
    return at;
  }

  /** {@code SpecVersion}, and {@code Uptime} in milliseconds. */
  Figures jvm() {
    return jvm;
  }

  Figures resolver() {
    return resolver;
  }

  /** By zone, and in the order of their addresses. */
  List<Figures> upstreams() {
    return upstreams;
  }

  /** Whether the agent there compares, and protects nothing. */
  boolean isObserving() {
    return "observe".equals(resolver.text("Mode"));
  }

  /** False if the agent there knows that lookups do not reach it. */
  boolean isProtected() {
    return !Boolean.FALSE.equals(resolver.flag("HookInPlace"));
  }

  /** Lookups that failed, of any kind; null when no kind is known. */
  Long failures() {
    Long sum = null;
    for (String kind : FAILURES) {
      Long count = resolver.count(kind);
      if (count != null) {
        sum = count + (sum == null ? 0 : sum);
      }
    }
    return sum;
  }
}
