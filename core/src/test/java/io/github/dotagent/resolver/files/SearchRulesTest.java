package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dotagent.net.HostName;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRulesTest {
  @ParameterizedTest
  @CsvSource({
    "db,              1, db.a.example db.b.example db",
    "db.sales,        1, db.sales db.sales.a.example db.sales.b.example",
    "db.sales,        2, db.sales.a.example db.sales.b.example db.sales",
    "a.b.c.d.e.f,     5, a.b.c.d.e.f a.b.c.d.e.f.a.example a.b.c.d.e.f.b.example",
    "db,              0, db db.a.example db.b.example",
    "db.,             1, db",
    "db.sales.,       5, db.sales",
  })
  void order(String host, int dots, String expected) throws UnknownHostException {
    SearchRules rules = new SearchRules(List.of("a.example", "b.example"), dots);
    assertEquals(expected, joined(rules.candidates(HostName.of(host))));
  }

  /** The queries of glibc 2.36, except that glibc asks for one name twice. */
  @ParameterizedTest
  @CsvSource({
    ". found,    5, a.b, a.b a.b.found",
    "nx . found, 5, a.b, a.b.nx a.b a.b.found",
    "nx .,       1, a.b, a.b a.b.nx",
    "nx .,       1, ab,  ab.nx ab",
    ". found,    1, a.b, a.b a.b.found",
    ".,          1, ab,  ab",
  })
  void aDotInTheListStandsForTheNameItself(String list, int dots, String host, String expected)
      throws UnknownHostException {
    SearchRules rules = new SearchRules(List.of(list.split(" ", -1)), dots);
    assertEquals(expected, joined(rules.candidates(HostName.of(host))));
  }

  @Test
  void withoutAListTheNameAlone() throws UnknownHostException {
    HostName name = HostName.of("db");
    assertSame(name, SearchRules.NONE.candidates(name).get(0));
    assertEquals(1, SearchRules.NONE.candidates(name).size());
  }

  @Test
  void namesThatWouldBeTooLongAreLeftOut() throws UnknownHostException {
    String label = "x".repeat(60);
    String host = String.join(".", label, label, label, label); // 243 characters
    SearchRules rules = new SearchRules(List.of("too.long.example", "short.ex"), 9);
    assertEquals(host + ".short.ex " + host, joined(rules.candidates(HostName.of(host))));
  }

  private static String joined(List<HostName> names) {
    return names.stream().map(HostName::toString).collect(Collectors.joining(" "));
  }
}
