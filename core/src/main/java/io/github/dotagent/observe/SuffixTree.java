package io.github.dotagent.observe;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree of names by their labels, the last label first; each name is in a group. It finds the
 * shortest suffix below which all names are in certain groups. Not thread-safe.
 */
final class SuffixTree {
  /** Top-level domains that networks use for themselves (RFC 6762 appendix G, RFC 8375, ICANN). */
  private static final Set<String> PRIVATE =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "corp",
                  "home",
                  "internal",
                  "intranet",
                  "lan",
                  "local",
                  "localdomain",
                  "mail",
                  "private")));

  /** Below a country's domain, registries use labels up to this length, as in co.uk and com.au. */
  private static final int LONGEST_REGISTRY_LABEL = 3;

  private static final int COUNTRY_LABEL = 2; // ISO 3166-1 alpha-2

  private static final int OWN_LABELS = 2; // a top-level domain does not belong to one network
  private static final int OWN_LABELS_BELOW_REGISTRY = 3; // nor does a registry's domain

  /**
   * The number of last labels that the tree keeps. A suffix for a setting is shorter, and ten
   * thousand names of 127 labels would take hundreds of megabytes.
   */
  static final int DEEPEST = 8;

  private final Node root;
  private final int groups;

  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    final int[] counts; // names here and below, by group

    Node(int groups) {
      counts = new int[groups];
    }
  }

  SuffixTree(int groups) {
    this.groups = groups;
    this.root = new Node(groups);
  }

  /**
   * @param name in lower case, without the dot at its end
   */
  void add(String name, int group) {
    Node node = root;
    List<String> labels = labels(name);
    for (String label : labels.subList(0, Math.min(labels.size(), DEEPEST))) {
      Node child = node.children.get(label);
      if (child == null) {
        child = new Node(groups);
        node.children.put(label, child);
      }
      child.counts[group]++;
      node = child;
    }
  }

  /**
   * The shortest suffix of a name below which all names are in these groups; the name itself if
   * there is no other. It is never shorter than a domain that one network can own.
   *
   * @param fewest labels that it has at least
   */
  String shortest(String name, Set<Integer> allowed, int fewest) {
    List<String> labels = labels(name);
    int least = Math.max(fewest, fewestOf(labels));
    StringBuilder suffix = new StringBuilder();
    Node node = root;
    for (int depth = 1; depth < labels.size(); depth++) {
      String label = labels.get(depth - 1);
      suffix.insert(0, depth == 1 ? label : label + ".");
      node = node.children.get(label);
      if (node == null) {
        break;
      }
      if (depth >= least && hasNoneBut(allowed, node)) {
        return suffix.toString();
      }
    }
    return name;
  }

  private static boolean hasNoneBut(Set<Integer> allowed, Node node) {
    for (int group = 0; group < node.counts.length; group++) {
      if (node.counts[group] > 0 && !allowed.contains(group)) {
        return false;
      }
    }
    return true;
  }

  private static int fewestOf(List<String> labels) {
    String last = labels.get(0);
    if (PRIVATE.contains(last)) {
      return 1;
    }
    boolean registry =
        labels.size() > 1
            && last.length() == COUNTRY_LABEL
            && labels.get(1).length() <= LONGEST_REGISTRY_LABEL;
    return registry ? OWN_LABELS_BELOW_REGISTRY : OWN_LABELS;
  }

  /** Its nodes, without the root. */
  int size() {
    return nodesBelow(root);
  }

  private static int nodesBelow(Node node) {
    int all = node.children.size();
    for (Node child : node.children.values()) {
      all += nodesBelow(child);
    }
    return all;
  }

  /** The last one first; at least one. */
  static List<String> labels(String name) {
    List<String> labels = Arrays.asList(name.split("\\."));
    if (labels.isEmpty()) {
      return Collections.singletonList(name); // nothing but dots
    }
    Collections.reverse(labels);
    return labels;
  }
}
