package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two policies are the same if each part is: otherwise new settings would change nothing. */
class SearchPolicyTest {
  private static final Path FILE = Path.of("/etc/resolv.conf");

  private static SearchPolicy system() {
    return SearchPolicy.ofSystem(FILE, "a.example", "ndots:2");
  }

  @Test
  void equalPartsAreTheSame() {
    assertTrue(system().isSame(system()));
    assertTrue(system().with(List.of("b.example")).isSame(system().with(List.of("b.example"))));
    assertTrue(SearchPolicy.OFF.isSame(SearchPolicy.OFF));
  }

  @Test
  void eachPartCounts() {
    SearchPolicy system = system();
    assertFalse(system.isSame(SearchPolicy.ofSystem(Path.of("/x"), "a.example", "ndots:2")));
    assertFalse(system.isSame(SearchPolicy.ofSystem(FILE, "b.example", "ndots:2")));
    assertFalse(system.isSame(SearchPolicy.ofSystem(FILE, null, "ndots:2")));
    assertFalse(system.isSame(SearchPolicy.ofSystem(FILE, "a.example", "ndots:1")));
    assertFalse(system.isSame(system.with(List.of())), "a list of the user's, with nothing in it");
    assertFalse(system.with(List.of("a")).isSame(system.with(List.of("b"))));
    assertFalse(system.with(List.of("a", "b")).isSame(system.with(List.of("b", "a"))));
    assertFalse(system.isSame(SearchPolicy.OFF));
  }

  @Test
  void itHasWhatItWasMadeFrom() {
    List<String> own = new ArrayList<>(List.of("b.example"));
    SearchPolicy policy = system().with(own);
    own.add("c.example");
    assertEquals(Optional.of(FILE), policy.resolvConf());
    assertEquals(Optional.of(List.of("b.example")), policy.suffixes());
    assertEquals("a.example", policy.localDomain());
    assertEquals("ndots:2", policy.resOptions());
    assertEquals(Optional.empty(), system().suffixes());
    assertEquals(Optional.empty(), SearchPolicy.OFF.resolvConf());
  }
}
