package io.github.dotagent;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Names that go to other servers after a change of settings, or whose answers are checked in
 * another way. Safe for use by any number of threads.
 */
final class MovedNames implements Predicate<String> {
  private final Generation last;
  private final Generation next;
  private final boolean all;
  private final boolean someGoElsewhere;
  private final Set<String> zonesOfOtherServers;

  /**
   * @param all whether it is every name
   */
  MovedNames(Generation last, Generation next, boolean all) {
    this.last = last;
    this.next = next;
    this.all = all;
    this.someGoElsewhere = last.policy().isMovedBy(next.policy());
    this.zonesOfOtherServers = last.zonesWithoutServersOf(next);
  }

  /** Whether there is any such name. */
  boolean areSome() {
    return all || someGoElsewhere || !zonesOfOtherServers.isEmpty();
  }

  /**
   * @param name of the DNS, lower case, without the dot at its end
   */
  @Override
  public boolean test(String name) {
    return all
        || someGoElsewhere && last.policy().isMovedBy(next.policy(), name)
        || !zonesOfOtherServers.isEmpty()
            && zonesOfOtherServers.contains(last.policy().zoneOf(name));
  }
}
