package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The messages for wrong values, word for word. */
class MessagesTest {
  private static final String SOURCE = " (system property): ";
  private static final String EXAMPLE_PIN = SettingKey.PINS.example();

  /** Each line: the setting, and what follows its source. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enabled=yes | must be true or false; did you mean true?
          enabled=0 | must be true or false; write for example true
          enabled=FALSE | must be true or false; write for example true
          enabled=ture | must be true or false; did you mean true?
          pins.mode=warn | must be enforce or report; write for example enforce
          auth=pin | must be name or pins; write for example name
          auth=pins | needs pins; write dotagent.pins=sha256/BASE64, or dotagent.auth=name
          pins.mode=report | has no pins to report on; write dotagent.pins=sha256/BASE64 as well, or leave it out
          trustStore=/no/ca.pem | there is no file /no/ca.pem; correct the path, or the file
          trustStore=/ | / is a folder, not a file; correct the path, or the file
          trustStoreType=PEM | has no effect without a trust store; write dotagent.trustStore=PATH as well, or leave it out
          dnssec=validated | must be off, ad or validate; did you mean validate?
          dnssec.require=corp.example | needs dotagent.dnssec=validate, or ad; write one, or leave it out
          dnssec.anchors=/etc/hosts | has no effect without dotagent.dnssec=validate; write that as well
          profile=foo | must be strict or opportunistic; did you mean strict?
          profile=opportunist | must be strict or opportunistic; write for example strict
          bypass=on | must be route, report, block or off; write for example route
          bypass=rout | must be route, report, block or off; did you mean route?
          bypass=blok | must be route, report, block or off; did you mean block?
          upstreams=1.1.1.1 1.0.0.1@853 | '1.1.1.1 1.0.0.1@853' is not a server; separate servers by commas; did you mean 1.1.1.1,1.0.0.1@853?
          upstreams=1.1.1.1;dns.example | '1.1.1.1;dns.example' is not a server; separate servers by commas; did you mean 1.1.1.1,dns.example?
          upstreams=1.1.1.1 @853 | '1.1.1.1 @853' is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]; write for example 1.1.1.1@853#one.one.one.one
          timeout=5 | is not a duration: a whole number and ms, s, m, h or d; did you mean 5s?
          timeout=5000 | is not a duration: a whole number and ms, s, m, h or d; did you mean 5000ms?
          timeout=soon | is not a duration: a whole number and ms, s, m, h or d; write for example 5s
          timeout=99ms | must be 100ms to 10m; the nearest is 100ms
          timeout=1h | must be 100ms to 10m; the nearest is 10m
          cache.maxEntries=0 | must be 1 to 10000000; the nearest is 1
          cache.maxEntries=99999999999999999999 | must be 1 to 10000000; the nearest is 10000000
          cache.maxEntries=100_000 | is not a whole number; did you mean 100000?
          cache.maxEntries=-1 | is not a whole number; write for example 100000
          cache.minTtl=2d | is more than dotagent.cache.maxTtl, which is 1d; the nearest is 1d
          cache.maxTtl=2147483648s | must be 0s to 2147483647s; the nearest is 2147483647s
          cache.maxNegativeTtl=24856d | must be 0s to 2147483647s; the nearest is 2147483647s
          cache.stale=24856d | must be 0s to 2147483647s; the nearest is 2147483647s
          cache.stale=0 | is not a duration: a whole number and ms, s, m, h or d; did you mean 0s?
          cache.prefetch=1 | must be true or false; did you mean true?
          system.singleLabel=on | must be true or false; did you mean true?
          hosts=/no/hosts | there is no file /no/hosts; correct the path, or the file
          install=warning | must be abort or warn; write for example abort
          log.level=on | must be off, error, warn, info or debug; write for example warn
          log.level=WARN | must be off, error, warn, info or debug; did you mean warn?
          log.file=/no/dot.log | there is no folder /no; create it, or name another
          log.file=/ | / is a folder; write the path of a file in it
          truststore=/ca.pem | there is no such setting; did you mean dotagent.trustStore?
          timeot=5s | there is no such setting; did you mean dotagent.timeout?
          cache.maxttl=5s | there is no such setting; did you mean dotagent.cache.maxTtl?
          =x | there is no such setting; did you mean dotagent.ecs?
          """)
  void oneSystemProperty(String setting, String reason) {
    assertEquals("dotagent." + setting + SOURCE + reason, refused(setting));
  }

  @Test
  void inTheSpellingOfTheEnvironment() {
    assertEquals(
        "DOTAGENT_CACHE_MAX_TTL=1d (environment): there is no such setting;"
            + " did you mean DOTAGENT_CACHE_MAXTTL?",
        given().environment("DOTAGENT_CACHE_MAX_TTL=1d").refused());
    assertEquals(
        "DOTAGENT_AUTH=pins (environment): needs pins;"
            + " write DOTAGENT_PINS=sha256/BASE64, or DOTAGENT_AUTH=name",
        given().environment("DOTAGENT_AUTH=pins").refused());
  }

  @Test
  void allAtOnce() {
    assertEquals(
        """
        5 settings are wrong:
          dotagent.pinz=x (system property): there is no such setting; did you mean dotagent.pins?
          DOTAGENT_CACHE_STALE= (environment): is empty; write for example 1d, or leave it out
          dotagent.upstreams=? (system property): '?' is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]; write for example 1.1.1.1@853#one.one.one.one
          dotagent.timeout=5 (system property): is not a duration: a whole number and ms, s, m, h or d; did you mean 5s?
          dotagent.jmx=no (system property): must be true or false; did you mean false?\
        """,
        given()
            .property("timeout=5")
            .property("upstreams=?")
            .property("jmx=no")
            .property("pinz=x")
            .property("auth=pins") // pins are missing only because of the misspelled key
            .environment("DOTAGENT_CACHE_STALE=")
            .refused());
  }

  @Test
  void consequencesOfAnotherMistakeAreNotReported() {
    assertEquals(
        "dotagent.cache.maxTtl=1"
            + SOURCE
            + "is not a duration: a whole number and ms, s, m, h or d; did you mean 1s?",
        given().property("cache.maxTtl=1").property("cache.minTtl=2d").refused());
    assertTrue(
        given().property("auth=pins").property("pins=?").refused().startsWith("dotagent.pins=?"));
  }

  @Test
  void aFileThatCannotBeReadBesideOtherMistakes() {
    String message = given().argument("/no/file").property("timeout=5").refused();
    assertTrue(message.startsWith("2 settings are wrong:\n  /no/file (agent argument): "), message);
    assertTrue(message.contains("\n  dotagent.timeout=5 (system property): "), message);
  }

  @Test
  void minTtlAgainstTheMaxTtlOfAnotherSource() {
    assertEquals(
        "dotagent.cache.minTtl=1m"
            + SOURCE
            + "is more than dotagent.cache.maxTtl, which is 5s; the nearest is 5s",
        given().property("cache.minTtl=1m").environment("DOTAGENT_CACHE_MAXTTL=5s").refused());
  }

  @Test
  void pinsAloneThatRefuseNothing() {
    assertEquals(
        "dotagent.pins.mode=report"
            + SOURCE
            + "would accept any server, because with dotagent.auth=pins only the pins are checked;"
            + " write enforce",
        given()
            .property("auth=pins")
            .property("pins=" + EXAMPLE_PIN)
            .property("pins.mode=report")
            .refused());
  }

  @Test
  void aTrustStoreWithPinsAloneIsRefused() {
    assertEquals(
        "dotagent.trustStore=ca.pem"
            + SOURCE
            + "is not used with dotagent.auth=pins, which trusts no authority; leave one of"
            + " the two out",
        given()
            .property("auth=pins")
            .property("pins=" + EXAMPLE_PIN)
            .property("trustStore=ca.pem")
            .refused());
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyValueIsAnErrorForEveryKey(SettingKey key) {
    assertEquals(
        key.environmentName()
            + "= (environment): is empty; write for example "
            + key.example()
            + ", or leave it out",
        given().environment(key.environmentName() + "=  ").refused());
  }

  @ParameterizedTest
  @CsvSource({
    "trustStorePassword,has no effect without a trust store",
    "truststorepassword,there is no such setting; did you mean dotagent.trustStorePassword?",
    "trustStorePass,there is no such setting; did you mean dotagent.trustStorePassword?",
    "trustStoreWord,there is no such setting; did you mean dotagent.trustStore?",
    "keyPw,there is no such setting"
  })
  void thePasswordIsNeverPrinted(String key, String reason) {
    String message = refused(key + "=hunter2");
    assertTrue(message.startsWith("dotagent." + key + "=***" + SOURCE + reason), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void aTypeThatIsNone(@TempDir Path folder) throws Exception {
    Path store = Files.createFile(folder.resolve("store"));
    Given trustStore = given().property("trustStore=" + store);
    assertEquals(
        "dotagent.trustStoreType=p12" + SOURCE + "must be JKS, PKCS12 or PEM; did you mean PKCS12?",
        trustStore.property("trustStoreType=p12").refused());
  }

  @Test
  void theMessageIsOneLineForAnyInput() {
    assertEquals(
        "dotagent.timeout=5\\010s\\027[2J\\226\\128\\174"
            + SOURCE
            + "is not a duration: a whole number and ms, s, m, h or d; did you mean 5s?",
        refused("timeout=5\ns\u001b[2J\u202e"));
  }

  @Test
  void aLongValueIsCut() {
    assertEquals(
        "dotagent.install="
            + "x".repeat(200)
            + "..."
            + SOURCE
            + "must be abort or warn; write for example abort",
        refused("install=" + "x".repeat(201)));
  }

  @Test
  void aPathThatIsNone() {
    assertEquals(
        "dotagent.hosts=a\\000b"
            + SOURCE
            + "is not a path: Nul character not allowed; write for example /etc/hosts",
        refused("hosts=a\0b"));
  }
}
