package io.github.dotagent.observe;

import io.github.dotagent.net.TerminalText;
import io.github.dotagent.resolver.EnforceModeLookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The results of observing up to one moment. Immutable. */
public final class ObserveReport {
  /** A report without results. */
  public static final ObserveReport NONE =
      of(Collections.<ObservedName>emptyList(), 0, null, null, null);

  /** As many as people can read at once; the others are counted. */
  static final int MOST_SUFFIXES = 20;

  /** As many as fit into one line beside the suffix and its counts. */
  static final int MOST_EXAMPLES = 3;

  /** A name that only the system resolver can answer, in the tree of suffixes. */
  private static final int INSIDE = Comparison.values().length;

  /** A name that neither resolver can answer: it may go to either. */
  private static final int NOWHERE = INSIDE + 1;

  private static final Set<Integer> MAY_GO_TO_SYSTEM =
      Collections.unmodifiableSet(
          new HashSet<>(Arrays.asList(INSIDE, NOWHERE, Comparison.BY_SETTINGS.ordinal())));

  private final long[] names = new long[Comparison.values().length]; // by ordinal
  private final List<String> suffixes = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private long waiting;
  private long lookups;
  private long wouldHaveFailed;
  private long wouldStillFail;
  private final long beyond;

  private ObserveReport(long beyond) {
    this.beyond = beyond;
  }

  /** Names of one suffix that compare in the same way. */
  private static final class Row {
    final String begin;
    final Comparison comparison;
    final TreeSet<String> examples = new TreeSet<>(); // the first in their order
    long names;
    long lookups;

    Row(Comparison comparison, String suffix, String why) {
      this.comparison = comparison;
      this.begin = comparison + why + ": " + suffix;
    }

    void add(ObservedName name) {
      names++;
      lookups += name.lookups();
      examples.add(TerminalText.of(name.host()));
      if (examples.size() > MOST_EXAMPLES) {
        examples.remove(examples.last());
      }
    }

    @Override
    public String toString() {
      return begin
          + ": "
          + counted(names, "name")
          + ", "
          + counted(lookups, "lookup")
          + ", such as "
          + String.join(", ", examples);
    }
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  static ObserveReport of(
      Collection<ObservedName> all,
      long beyond,
      EnforceModeLookup enforced,
      String suffixes,
      String zones) {
    ObserveReport report = new ObserveReport(beyond);
    SuffixTree tree = new SuffixTree(NOWHERE + 1);
    List<ObservedName> compared = new ArrayList<>();
    for (ObservedName name : all) {
      report.lookups += name.lookups();
      ObservedName.Compared last = name.last();
      if (last == null) {
        report.waiting++;
        continue;
      }
      report.names[last.comparison.ordinal()]++;
      report.wouldHaveFailed += name.wouldHaveFailed();
      compared.add(name);
      tree.add(nameOf(name), groupOf(last));
    }
    report.sumUp(compared, tree, enforced, suffixes, zones);
    return report;
  }

  /** As the DNS has it. */
  private static String nameOf(ObservedName name) {
    String systems = name.last().systemsName;
    if (systems != null) {
      return systems;
    }
    String host = name.host();
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static int groupOf(ObservedName.Compared last) {
    if (last.needsSystem()) {
      return INSIDE;
    }
    return last.comparison == Comparison.SAME && last.outcome.isNegative()
        ? NOWHERE
        : last.comparison.ordinal();
  }

  private void sumUp(
      List<ObservedName> compared,
      SuffixTree tree,
      EnforceModeLookup enforced,
      String givenSuffixes,
      String givenZones) {
    Map<String, Row> rows = new TreeMap<>();
    Set<String> toSystem = new TreeSet<>();
    Set<String> toServers = new TreeSet<>();
    for (ObservedName name : compared) {
      ObservedName.Compared last = name.last();
      String suffix;
      if (last.needsSystem()) {
        suffix = toSystem(nameOf(name), tree, enforced);
        boolean helped = suffix != null && isFit(suffix);
        if (helped) {
          toSystem.add(suffix);
        } else {
          wouldStillFail += name.wouldHaveFailed();
        }
        suffix = suffix == null ? nameOf(name) : suffix;
      } else {
        wouldStillFail += name.wouldHaveFailed();
        suffix =
            tree.shortest(
                nameOf(name), new HashSet<>(Arrays.asList(last.comparison.ordinal(), NOWHERE)), 1);
      }
      if (last.comparison != Comparison.SAME && last.comparison != Comparison.BY_SETTINGS) {
        String why = last.comparison == Comparison.TLS_FAILS ? " (" + last.outcome + ")" : "";
        Row row = new Row(last.comparison, TerminalText.of(suffix), why);
        Row known = rows.get(row.begin);
        if (known == null) {
          rows.put(row.begin, row);
          known = row;
        }
        known.add(name);
      }
    }
    for (ObservedName name : compared) {
      String below = belowOneOf(toSystem, nameOf(name));
      if (below != null && goesOn(name.last()) && enforced.zoneOf(nameOf(name)) == null) {
        Set<Integer> others = new HashSet<>();
        for (int group = 0; group < INSIDE; group++) {
          others.add(group);
        }
        others.add(NOWHERE);
        String child = tree.shortest(nameOf(name), others, SuffixTree.labels(below).size() + 1);
        if (isFit(child)) {
          toServers.add(child);
        }
      }
    }
    list(rows.values());
    line("system.suffixes", givenSuffixes, toSystem, "+", "");
    line("zones", givenZones, toServers, "", "=default");
  }

  /** Null: its zone has servers that do not know it, and no setting can help. */
  private static String toSystem(String name, SuffixTree tree, EnforceModeLookup enforced) {
    String zone = enforced.zoneOf(name);
    if (name.equals(zone)) {
      return null;
    }
    int fewest = zone == null ? 1 : SuffixTree.labels(zone).size() + 1;
    return tree.shortest(name, MAY_GO_TO_SYSTEM, fewest);
  }

  /** Whether it is answered over TLS, and must be. */
  private static boolean goesOn(ObservedName.Compared last) {
    return !last.needsSystem()
        && last.comparison != Comparison.BY_SETTINGS
        && groupOf(last) != NOWHERE;
  }

  /** The longest; null: it is below none. */
  private static String belowOneOf(Set<String> suffixes, String name) {
    String rest = name;
    while (!suffixes.contains(rest)) {
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return null;
      }
      rest = rest.substring(dot + 1);
    }
    return rest;
  }

  private void list(Collection<Row> rows) {
    List<Row> all = new ArrayList<>(rows);
    Collections.sort(all, COSTLIEST_FIRST);
    for (Row row : all.subList(0, Math.min(all.size(), MOST_SUFFIXES))) {
      suffixes.add(row.toString());
    }
    if (all.size() > MOST_SUFFIXES) {
      suffixes.add("and " + (all.size() - MOST_SUFFIXES) + " more suffixes");
    }
  }

  /**
   * @param plus how a list begins that adds to the default
   */
  private void line(String key, String given, Set<String> entries, String plus, String target) {
    if (entries.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder("-Ddotagent.").append(key).append('=');
    if (given == null) {
      line.append(plus);
    } else if (!given.equals("off")) {
      line.append(TerminalText.of(given)).append(',');
    }
    String separator = "";
    for (String entry : entries) {
      line.append(separator).append(entry).append(target);
      separator = ",";
    }
    lines.add(line.toString());
  }

  /** Whether it can be written into a setting. */
  private static boolean isFit(String suffix) {
    for (int i = 0; i < suffix.length(); i++) {
      char c = suffix.charAt(i);
      boolean fit =
          c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
      if (!fit) {
        return false;
      }
    }
    return !suffix.isEmpty();
  }

  /** The names of this kind. */
  public long names(Comparison comparison) {
    return names[comparison.ordinal()];
  }

  /** Names that have not been compared yet. */
  public long waiting() {
    return waiting;
  }

  /** Lookups of the names that are kept. */
  public long lookups() {
    return lookups;
  }

  /** Lookups of names that are not kept, because there are too many, and so are not compared. */
  public long beyond() {
    return beyond;
  }

  /**
   * One text for each kind and suffix, except for equal answers; those that would have failed come
   * first, such as {@code only the system knows: corp.example: 10 names, 40 lookups, such as
   * a.corp.example}.
   */
  public List<String> suffixes() {
    return Collections.unmodifiableList(suffixes);
  }

  /** The settings with which all names work that only the system resolver can answer. */
  public List<String> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** Lookups that the system resolver answered, but that would fail with {@code mode=enforce}. */
  public long wouldHaveFailed() {
    return wouldHaveFailed;
  }

  /** Those of them that would fail even with the settings of {@link #lines}. */
  public long wouldStillFail() {
    return wouldStillFail;
  }

  private static final Comparator<Row> COSTLIEST_FIRST =
      new Comparator<Row>() {
        @Override
        public int compare(Row one, Row other) {
          boolean fails = one.comparison.wouldFail();
          if (fails != other.comparison.wouldFail()) {
            return fails ? -1 : 1;
          }
          int byLookups = Long.compare(other.lookups, one.lookups);
          return byLookups == 0 ? one.begin.compareTo(other.begin) : byLookups;
        }
      };
}
