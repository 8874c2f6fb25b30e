package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.config.FollowedSettings.LookReport;
import io.github.dotagent.config.FollowedSettings.NotTakenException;
import io.github.dotagent.config.FollowedSettings.Ready;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at files whose times are in the test's hand, as is the clock. */
class FollowedSettingsTest {
  private static final String ONE = "upstreams=192.0.2.1@853#dns.example\n";
  private static final String TWO = "upstreams=192.0.2.2@853#dns.example\n";

  /** Of the wall clock; the files are a day old then. */
  private static final long BEGUN = Duration.ofDays(2).toMillis();

  @TempDir Path folder;

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<Path, FileStamp> stamps = new HashMap<>();
  private final List<String> held = new ArrayList<>(); // upstreams, each time they were taken over
  private final List<String> ofFiles = new ArrayList<>(); // other changes, as the receiver saw them
  private Runnable whileRead = () -> {};
  private String refused; // by the receiver; null: it accepts all
  private boolean filesMayDiffer; // as last reported to the receiver
  private Path file;
  private FollowedSettings followed;
  private int writes;

  @BeforeEach
  void begin() throws Exception {
    file = folder.resolve("agent.properties");
    properties.put("os.name", "Linux");
  }

  private void follows(String text) throws Exception {
    write(file, text);
    SettingSources sources = new SettingSources(properties, Map.of(), file.toString());
    followed =
        new FollowedSettings(
            sources, ConfigLoader.load(sources), BEGUN, this::prepare, timers, log, this::stamp);
    look();
    look(); // what was there at the start
    log.lines().clear();
  }

  private Ready prepare(SettingsChange change, boolean mayDiffer) throws NotTakenException {
    filesMayDiffer = mayDiffer;
    whileRead.run();
    if (refused != null) {
      throw new NotTakenException(refused, null);
    }
    List<String> texts = List.copyOf(ofFiles);
    return new Ready() {
      @Override
      public List<String> texts() {
        return texts;
      }

      @Override
      public void take() {
        held.add(change.config().upstreams().toString());
      }
    };
  }

  private FileStamp stamp(Path asked) {
    return stamps.getOrDefault(asked, FileStamp.ABSENT);
  }

  private void write(Path to, String text) {
    try {
      Files.writeString(to, text);
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
    touch(to);
  }

  private void touch(Path touched) {
    stamps.put(touched, new FileStamp(Duration.ofDays(1).toMillis() + writes++, 100, "inode"));
  }

  private void remove(Path gone) throws IOException {
    Files.delete(gone);
    stamps.remove(gone);
  }

  private void look() {
    followed.look();
    timers.advance(Duration.ofSeconds(1));
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      look();
    }
  }

  @Test
  void takesEffectOnceItIsUnchangedForOneLook() throws Exception {
    follows(ONE);
    write(file, TWO);
    look();
    assertEquals(List.of(), held);
    look();
    assertEquals(List.of("[192.0.2.2@853#dns.example]"), held);
    assertEquals(
        List.of(
            "INFO settings changed: upstreams: added 192.0.2.2@853#dns.example; removed"
                + " 192.0.2.1@853#dns.example"),
        log.lines());
    looks(20);
    assertEquals(1, held.size());
    assertEquals(1, followed.status().changes());
  }

  @Test
  void isNotTakenWhileItIsWritten() throws Exception {
    follows(ONE);
    for (int i = 0; i < 5; i++) {
      write(file, TWO);
      look();
    }
    assertEquals(List.of(), held);
    look();
    assertEquals(1, held.size());
  }

  @Test
  void isNotTakenWhenItIsWrittenWhileItIsRead() throws Exception {
    follows(ONE);
    write(file, TWO);
    look();
    whileRead = () -> write(file, TWO + "timeout=2s\n");
    look();
    assertEquals(List.of(), held);
    whileRead = () -> {};
    look();
    assertEquals(List.of(), held, "it has to rest anew");
    look();
    assertEquals(1, held.size());
    assertEquals(1, log.lines().size(), log.lines().toString());
  }

  @Test
  void aFileThatIsNamedAndWrittenMeanwhileHasToRestAsWell() throws Exception {
    Path store = folder.resolve("ca.pem");
    write(store, "-");
    follows(ONE);
    write(file, ONE + "trustStore=" + store + "\n");
    look();
    whileRead = () -> touch(store);
    look();
    assertEquals(List.of(), held);
    whileRead = () -> {};
    looks(2);
    assertEquals(1, held.size());
  }

  @Test
  void aMistakeIsLoggedOnceAndChangesNothing() throws Exception {
    follows(ONE);
    write(file, "upstream=192.0.2.2\n");
    looks(30);
    String problem =
        "upstream=192.0.2.2 (file "
            + file
            + "): there is no such setting; did you mean upstreams?; the previous settings stay in"
            + " force";
    assertEquals(List.of("ERROR " + problem), log.lines());
    assertEquals(problem, followed.status().problem());
    assertEquals(List.of(), held);
    write(file, "upstream=192.0.2.2\n");
    looks(3);
    assertEquals(1, log.lines().size(), "the same");
    write(file, "timeout=never\n");
    looks(2);
    assertEquals(2, log.lines().size(), "another");
    write(file, TWO);
    looks(2);
    assertEquals(1, held.size());
    assertNull(followed.status().problem());
    assertTrue(log.lines().get(2).startsWith("WARN settings changed: "), log.lines().get(2));
  }

  @Test
  void theEndOfAMistakeIsLogged() throws Exception {
    follows(ONE);
    write(file, "timeout=never\n");
    looks(2);
    write(file, ONE);
    looks(2);
    assertEquals("WARN the settings can be read again, and are unchanged", log.lines().get(1));
    assertEquals(List.of(), held);
    assertNull(followed.status().problem());
  }

  @Test
  void isTriedAgainThoughNoFileHasAnotherTime() throws Exception {
    follows(ONE);
    refused = "this user may not read it";
    write(file, TWO);
    looks(2);
    refused = null;
    looks(8);
    assertEquals(List.of(), held);
    looks(3);
    assertEquals(1, held.size());
  }

  /** Of a security provider that reads the trust store, say. */
  @Test
  void anUnexpectedExceptionIsLoggedOnceAndKeepsTheSettings() throws Exception {
    follows(ONE);
    whileRead =
        () -> {
          throw new IllegalStateException("no such algorithm");
        };
    write(file, TWO);
    looks(30);
    String problem =
        "the files of the settings could not be checked: java.lang.IllegalStateException: no such"
            + " algorithm; the previous settings stay in force";
    assertEquals(List.of("ERROR " + problem), log.lines());
    assertEquals(problem, followed.status().problem());
    assertEquals(List.of(), held);
    whileRead = () -> {};
    looks(11);
    assertEquals(1, held.size());
  }

  @Test
  void aMissingFileIsLoggedOnceAndKeepsTheSettings() throws Exception {
    follows(ONE);
    remove(file);
    looks(30);
    assertEquals(
        List.of(
            "ERROR there is no file " + file + " any more; the previous settings stay in force"),
        log.lines());
    assertEquals(List.of(), held);
    write(file, TWO);
    looks(2);
    assertEquals(1, held.size());
  }

  @Test
  void anEditorThatReplacesTheFileIsNotSaid() throws Exception {
    follows(ONE);
    remove(file);
    look();
    write(file, ONE);
    looks(3);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aTrustStoreThatVanishesKeepsTheSettings() throws Exception {
    Path store = folder.resolve("ca.pem");
    write(store, "-");
    follows(ONE + "trustStore=" + store + "\n");
    remove(store);
    looks(3);
    assertEquals(
        List.of(
            "ERROR there is no file " + store + " any more; the previous settings stay in force"),
        log.lines());
    write(file, TWO);
    looks(2);
    assertEquals(List.of("[192.0.2.2@853#dns.example]"), held, "they do not name it any more");
  }

  @Test
  void aTrustStoreWithAnotherTimeIsRead() throws Exception {
    Path store = folder.resolve("ca.pem");
    write(store, "-");
    follows(ONE + "trustStore=" + store + "\n");
    touch(store);
    looks(2);
    assertTrue(filesMayDiffer);
    assertEquals(List.of(), held, "its content is the same");
    touch(store);
    ofFiles.add("the trust store has changed");
    looks(2);
    assertEquals(1, held.size());
    assertEquals(List.of("INFO settings changed: the trust store has changed"), log.lines());
    ofFiles.clear();
    write(file, TWO + "trustStore=" + store + "\n");
    looks(2);
    assertFalse(filesMayDiffer, "the store is not read for another server");
  }

  @Test
  void anchorsWithAnotherContentAreTakenOver() throws Exception {
    Path anchors = folder.resolve("anchors");
    String root = ". IN DS 20326 8 2 " + "0123456789ABCDEF".repeat(4) + "\n";
    write(anchors, root);
    follows(ONE + "dnssec=validate\ndnssec.anchors=" + anchors + "\n");
    write(anchors, "; a comment\n" + root);
    looks(2);
    assertEquals(List.of(), held, "they are the same");
    write(anchors, root.replace("20326", "38696"));
    looks(2);
    assertEquals(1, held.size());
    assertEquals(
        List.of("INFO settings changed: dnssec.anchors: the anchors in the file have changed"),
        log.lines());
    write(anchors, "half of a line");
    looks(2);
    assertEquals(1, held.size());
    String said = log.lines().get(1);
    assertTrue(said.endsWith("; the previous settings stay in force"), said);
  }

  @Test
  void aChangeBeforeTheFirstLookIsNoticed() throws Exception {
    write(file, ONE);
    SettingSources sources = new SettingSources(properties, Map.of(), file.toString());
    DotConfig started = ConfigLoader.load(sources);
    write(file, TWO);
    followed =
        new FollowedSettings(sources, started, BEGUN, this::prepare, timers, log, this::stamp);
    looks(2);
    assertEquals(List.of("[192.0.2.2@853#dns.example]"), held);
  }

  @Test
  void aTrustStoreThatIsYoungAtTheStartIsReadAgain() throws Exception {
    Path store = folder.resolve("ca.pem");
    write(store, "-");
    follows(ONE + "trustStore=" + store + "\n");
    assertFalse(filesMayDiffer);
    stamps.put(store, new FileStamp(BEGUN, 100, "inode"));
    follows(ONE + "trustStore=" + store + "\n");
    assertTrue(filesMayDiffer);
  }

  @Test
  void onRequestAFileTakesEffectAtOnce() throws Exception {
    follows(ONE);
    write(file, TWO);
    LookReport outcome = followed.lookNow();
    assertTrue(outcome.isWell());
    assertEquals(
        List.of("upstreams: added 192.0.2.2@853#dns.example; removed 192.0.2.1@853#dns.example"),
        outcome.lines());
    assertEquals(1, held.size());
    assertEquals(List.of("no setting has changed"), followed.lookNow().lines());
    write(file, "timeout=never\n");
    outcome = followed.lookNow();
    assertFalse(outcome.isWell());
    assertTrue(outcome.lines().get(0).startsWith("timeout=never (file "), outcome.lines().get(0));
    assertEquals(1, held.size());
  }

  /** Two writes within one tick of the file system's clock, of one length. */
  @Test
  void aFileReadOnRequestIsReadAgainOnceItIsUnchanged() throws Exception {
    follows(ONE);
    write(file, TWO);
    FileStamp stamp = stamps.get(file);
    followed.lookNow();
    write(file, ONE);
    stamps.put(file, stamp);
    looks(2);
    assertEquals(List.of("[192.0.2.2@853#dns.example]", "[192.0.2.1@853#dns.example]"), held);
  }

  @Test
  void settingsForTheNextStartAreLoggedOnce() throws Exception {
    follows(ONE);
    write(file, TWO + "install=warn\njmx=false\nbypass=off\n");
    looks(2);
    assertEquals(1, held.size());
    String waiting = "bypass=off, install=warn, jmx=false take effect at the next start of the JVM";
    assertEquals("WARN " + waiting, log.lines().get(1));
    write(file, TWO + "install=warn\njmx=false\nbypass=off\n# a comment\n");
    looks(2);
    assertEquals(2, log.lines().size(), log.lines().toString());
    assertEquals(List.of("no setting has changed", waiting), followed.lookNow().lines());
  }

  /** With {@code enabled=false} no other setting is read, and the default servers are public. */
  @Test
  void enabledFalseTakesEffectAtTheNextStartOnly() throws Exception {
    follows(ONE);
    write(file, "enabled=false\n");
    looks(3);
    assertEquals(List.of(), held);
    assertEquals(
        List.of("WARN enabled=false takes effect at the next start of the JVM"), log.lines());
  }

  @Test
  void reducedProtectionIsLoggedAtWarn() throws Exception {
    follows(ONE + "pins=" + pin('A') + "," + pin('B') + "\n");
    write(file, ONE + "pins=" + pin('A') + "\nprofile=opportunistic\n");
    looks(2);
    assertEquals(
        List.of(
            "WARN settings changed, with less protection (pins, profile): pins: removed "
                + pin('B')
                + "; profile=opportunistic, before strict"),
        log.lines());
    write(file, ONE + "pins=" + pin('A') + "," + pin('B') + "\n");
    looks(2);
    assertTrue(log.lines().get(1).startsWith("INFO "), log.lines().get(1));
  }

  /** The names of a zone that is no more may be the system resolver's, by system.suffixes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zones=corp.example=192.0.2.1 | zones=corp.example=system | (zones)
          zones=corp.example=default | zones=corp.example=default,db.corp.example=system | (zones)
          '' | zones=corp.example=system | (zones)
          zones=cluster.local=192.0.2.1 | '' | (zones)
          '' | system.suffixes=+corp.example | (system.suffixes)
          '' | zones=corp.example=192.0.2.1 | ''
          zones=corp.example=system | '' | ''
          zones=corp.example=system | zones=corp.example=192.0.2.1 | ''
          zones=corp.example=192.0.2.1 | zones=corp.example=192.0.2.2 | ''
          zones=corp.example=192.0.2.1 | '' | ''
          zones=cluster.local=system | '' | ''
          """)
  void namesThatAreLeftToTheSystemResolverAreAWarning(String before, String after, String looser)
      throws Exception {
    assertLooser(before, after, looser);
  }

  /** With ad a server's word is enough, and without it any answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dnssec=validate | dnssec=off | (dnssec)
          dnssec=validate | dnssec=ad | (dnssec)
          dnssec=ad | '' | (dnssec)
          dnssec=ad;dnssec.require=a.example,b.example | dnssec=ad;dnssec.require=b.example | (dnssec.require)
          dnssec=validate;dnssec.require=a.example | dnssec=validate | (dnssec.require)
          '' | dnssec=validate | ''
          dnssec=ad | dnssec=validate | ''
          dnssec=ad | dnssec=ad;dnssec.require=a.example | ''
          """)
  void answersThatAreCheckedLessAreAWarning(String before, String after, String looser)
      throws Exception {
    assertLooser(before.replace(';', '\n'), after.replace(';', '\n'), looser);
  }

  private void assertLooser(String before, String after, String looser) throws Exception {
    follows(ONE + before + "\n");
    write(file, ONE + after + "\n");
    looks(2);
    String line = log.lines().get(0);
    String wanted =
        looser.isEmpty()
            ? "INFO settings changed: "
            : "WARN settings changed, with less protection " + looser + ": ";
    assertTrue(line.startsWith(wanted), line);
  }

  /** There are as many as before. */
  @Test
  void aPinThatIsBoundToANameLeavesTheOthersWithoutOne() throws Exception {
    String two = "upstreams=192.0.2.1#a.example,192.0.2.2#b.example\n";
    follows(two + "pins=" + pin('A') + "\n");
    write(file, two + "pins=a.example=" + pin('A') + "\n");
    looks(2);
    assertTrue(
        log.lines().get(0).startsWith("WARN settings changed, with less protection (pins): "),
        log.lines().get(0));
    write(file, two + "pins=" + pin('A') + "\n");
    looks(2);
    assertTrue(log.lines().get(1).startsWith("INFO "), log.lines().get(1));
  }

  private static String pin(char letter) {
    return "sha256/" + String.valueOf(letter).repeat(42) + "A=";
  }

  @Test
  void passwordsAreNotLogged() throws Exception {
    Path store = folder.resolve("ca.p12");
    write(store, "-");
    follows(ONE + "trustStore=" + store + "\ntrustStorePassword=geheim\n");
    write(file, ONE + "trustStore=" + store + "\ntrustStorePassword=anders\n");
    looks(2);
    assertEquals(List.of("INFO settings changed: trustStorePassword has changed"), log.lines());
  }

  @Test
  void aSystemPropertyWinsOverTheFile() throws Exception {
    properties.put("dotagent.timeout", "3s");
    follows(ONE);
    write(file, ONE + "timeout=4s\n");
    looks(2);
    assertEquals(List.of(), held);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void withoutFilesThereIsNothingToLookAt() throws Exception {
    properties.put("dotagent.upstreams", "192.0.2.1");
    SettingSources sources = new SettingSources(properties, Map.of(), null);
    followed =
        new FollowedSettings(
            sources, ConfigLoader.load(sources), BEGUN, this::prepare, timers, log, this::stamp);
    assertFalse(followed.hasFiles());
    assertTrue(followed.lookNow().isWell());
    assertEquals(List.of(), followed.status().files());
  }

  /** As a ConfigMap is mounted: a folder of links by way of one that is replaced. */
  @Test
  void aLinkThatLeadsElsewhereIsAnotherFile() throws Exception {
    Files.createDirectory(folder.resolve("..1"));
    Files.createDirectory(folder.resolve("..2"));
    Files.writeString(folder.resolve("..1/agent.properties"), ONE);
    Files.writeString(folder.resolve("..2/agent.properties"), TWO);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(file, Path.of("..data/agent.properties"));
    SettingSources sources = new SettingSources(properties, Map.of(), file.toString());
    followed =
        new FollowedSettings(
            sources, ConfigLoader.load(sources), BEGUN, this::prepare, timers, log);
    looks(3);
    assertEquals(List.of(), held);
    Files.delete(folder.resolve("..data"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2"));
    looks(2);
    assertEquals(List.of("[192.0.2.2@853#dns.example]"), held);
  }

  /** An emptied pipe would be valid settings: the defaults. */
  @Test
  void settingsFromAPipeAreReadOnce() throws Exception {
    Files.writeString(file, ONE + "bypass=block\n");
    stamps.put(file, FileStamp.STREAM);
    SettingSources sources = new SettingSources(properties, Map.of(), file.toString());
    followed =
        new FollowedSettings(
            sources, ConfigLoader.load(sources), BEGUN, this::prepare, timers, log, this::stamp);
    Files.writeString(file, "");
    looks(30);
    LookReport report = followed.lookNow();
    assertFalse(report.isWell());
    assertEquals(
        List.of(
            file
                + " is not a regular file, and cannot be read a second time; the previous settings"
                + " stay in force"),
        report.lines());
    looks(30);
    assertEquals(List.of(), held);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void filesThatSettingsFromAPipeNameAreFollowed() throws Exception {
    Path store = folder.resolve("store");
    write(store, "1");
    Files.writeString(file, ONE + "trustStore=" + store.toString().replace('\\', '/') + "\n");
    stamps.put(file, FileStamp.STREAM);
    SettingSources sources = new SettingSources(properties, Map.of(), file.toString());
    followed =
        new FollowedSettings(
            sources, ConfigLoader.load(sources), BEGUN, this::prepare, timers, log, this::stamp);
    looks(3);
    Files.writeString(file, "");
    ofFiles.add("trustStore: another content");
    write(store, "2");
    looks(3);
    assertEquals(List.of("[192.0.2.1@853#dns.example]"), held);
    assertTrue(filesMayDiffer);
    followed.lookNow();
    assertEquals(2, held.size());
  }

  @Test
  void settingsThatNameAPipeAreNotReadAgain() throws Exception {
    Path store = folder.resolve("store");
    write(store, "1");
    stamps.put(store, FileStamp.STREAM);
    follows(ONE + "trustStore=" + store.toString().replace('\\', '/') + "\n");
    write(file, TWO);
    looks(30);
    assertEquals(List.of(), held);
    assertFalse(followed.lookNow().isWell());
    assertEquals(
        List.of(
            "ERROR "
                + store
                + " is not a regular file, and cannot be read a second time; the previous settings"
                + " stay in force"),
        log.lines());
  }

  @Test
  void aServerWithoutPinsAmongOthersIsAWarning() throws Exception {
    String pins = "pins=a.example=" + pin('A') + "\n";
    follows("upstreams=192.0.2.1#a.example\n" + pins);
    write(file, "upstreams=192.0.2.1#a.example,192.0.2.2#b.example\n" + pins);
    looks(2);
    String warning = "WARN settings changed, with less protection (upstreams): ";
    assertTrue(log.lines().get(0).startsWith(warning), log.lines().get(0));
    write(file, "upstreams=192.0.2.1#a.example,192.0.2.3#c.example\n" + pins);
    looks(2);
    assertTrue(log.lines().get(1).startsWith("INFO "), log.lines().get(1));
  }
}
