package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.nio.file.Paths;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code search} and {@code profile}. */
class NameSettingsTest {
  @Test
  void theSystemsSearchListIsTheDefault() throws ConfigException {
    SearchPolicy search = given().load().names().search();
    assertEquals(Optional.of(Paths.get("/etc/resolv.conf")), search.resolvConf());
    assertEquals(Optional.empty(), search.suffixes());
    assertNull(search.localDomain());
    assertNull(search.resOptions());
  }

  @Test
  void localdomainAndResOptionsAreRead() throws ConfigException {
    SearchPolicy search =
        given()
            .environment("LOCALDOMAIN=a.example b.example")
            .environment("RES_OPTIONS=ndots:3")
            .load()
            .names()
            .search();
    assertEquals("a.example b.example", search.localDomain());
    assertEquals("ndots:3", search.resOptions());
  }

  @Test
  void anOwnListHasTheSystemsDots() throws ConfigException {
    SearchPolicy search =
        given().property("search=Corp.example, .lab.example.").load().names().search();
    assertEquals(Optional.of(List.of("corp.example", "lab.example")), search.suffixes());
    assertEquals(Optional.of(Paths.get("/etc/resolv.conf")), search.resolvConf());
  }

  @Test
  void searchOffIsAnEmptyListAndNoFile() throws ConfigException {
    SearchPolicy search = given().property("search=off").load().names().search();
    assertEquals(Optional.of(List.of()), search.suffixes());
    assertEquals(Optional.empty(), search.resolvConf());
  }

  @Test
  void windowsHasNoFileToFollow() throws ConfigException {
    SearchPolicy search = given().rawProperty("os.name=Windows 11").load().names().search();
    assertEquals(Optional.empty(), search.resolvConf());
  }

  @Test
  void profile() throws ConfigException {
    assertFalse(given().load().names().clearTextFallback());
    assertFalse(given().property("profile=strict").load().names().clearTextFallback());
    assertTrue(given().property("profile=opportunistic").load().names().clearTextFallback());
  }

  @Test
  void domainsThatRequireSecureAnswers() throws ConfigException {
    assertEquals(List.of(), given().load().names().secureDomains());
    NamePolicy names =
        given().property("dnssec=ad").property("dnssec.require=corp.example").load().names();
    assertEquals(List.of("corp.example"), names.secureDomains());
    assertEquals(List.of("corp.example"), names.withoutFiles().secureDomains());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search=a b | 'a b' is not a domain name; write for example corp.example
          search=off,lan | off must stand alone; remove it from the list
          profile=optimistic | must be strict or opportunistic; write for example strict
          """)
  void invalidDomainNames(String setting, String reason) {
    assertEquals("dotagent." + setting + " (system property): " + reason, refused(setting));
  }
}
