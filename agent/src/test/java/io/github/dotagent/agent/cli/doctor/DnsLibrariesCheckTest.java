package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.dotagent.config.BypassMode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DnsLibrariesCheckTest {
  private static final String PROVIDER =
      "META-INF/services/java.net.spi.InetAddressResolverProvider";

  @TempDir Path folder;

  private static byte[] jar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(octets)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return octets.toByteArray();
  }

  private Path jar(String name, Map<String, byte[]> entries) throws IOException {
    return Files.write(folder.resolve(name), jar(entries));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> found(String classPath) throws IOException {
    return found(classPath, BypassMode.ROUTE);
  }

  private static List<String> found(String classPath, BypassMode bypass) {
    return DnsLibrariesCheck.of(classPath, bypass).stream()
        .map(finding -> finding.verdict() + " " + finding.text())
        .toList();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeIsNotRead() throws Exception {
    Path pipe = folder.resolve("pipe.jar");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String said = found(pipe.toString()).toString();
    assertTrue(said.contains("it is neither a file nor a folder"), said);
  }

  @Test
  void aClassPathWithoutDnsLibrariesIsOk() throws IOException {
    Path jar = jar("plain.jar", Map.of("com/example/Main.class", new byte[4]));
    Path classes = Files.createDirectories(folder.resolve("classes/com"));
    Files.write(classes.resolve("A.class"), new byte[4]);
    assertEquals(
        List.of("OK 2 jars and folders: no resolver provider, no agent, no DNS library"),
        found(jar + File.pathSeparator + folder.resolve("classes")));
  }

  @Test
  void aResolverProvider() throws IOException {
    Path jar = jar("dns.jar", Map.of(PROVIDER, text("# ours\ncom.example.Provider # yes\n")));
    assertEquals(
        List.of("NOTE " + jar + ": resolver provider com.example.Provider"), found("" + jar));
  }

  @Test
  void librariesThatAskForThemselvesInAJarOfJars() throws IOException {
    byte[] netty = jar(Map.of("io/netty/resolver/dns/DnsNameResolver.class", new byte[4]));
    Path fat = jar("fat.jar", Map.of("BOOT-INF/lib/netty.jar", netty));
    String asks =
        "NOTE "
            + fat
            + "!/BOOT-INF/lib/netty.jar: Netty's own resolver can ask name servers itself";
    assertEquals(List.of(asks + "; over TLS, because of bypass=route"), found("" + fat));
    assertEquals(
        List.of(asks + "; over TLS, because of bypass=block"), found("" + fat, BypassMode.BLOCK));
    assertEquals(List.of(asks + ", in the clear"), found("" + fat, BypassMode.REPORT));
    assertEquals(List.of(asks + ", in the clear"), found("" + fat, BypassMode.OFF));
  }

  @Test
  void anAgentThatStartsWithTheProgram() throws IOException {
    Path jar =
        jar(
            "self.jar",
            Map.of(
                "META-INF/MANIFEST.MF",
                text("Manifest-Version: 1.0\r\nLauncher-Agent-Class: com.example.Agent\r\n\r\n")));
    assertEquals(
        List.of("NOTE " + jar + ": agent com.example.Agent, started with the program"),
        found("" + jar));
  }

  @Test
  void aFolderOfJarsAndWhatIsMissing() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.write(lib.resolve("a.jar"), jar(Map.of("org/xbill/DNS/Lookup.class", new byte[4])));
    Path missing = folder.resolve("missing.jar");
    List<String> found = found(lib + "/*" + File.pathSeparator + missing);
    assertEquals(2, found.size(), "" + found);
    assertEquals("NOTE " + missing + " is not there", found.get(0));
    assertTrue(found.get(1).contains("a.jar: dnsjava"), "" + found);
  }

  @Test
  void aFileThatIsNotAJarIsAFailure() throws IOException {
    Path file = Files.write(folder.resolve("no.jar"), text("no jar"));
    List<String> found = found("" + file);
    assertEquals(1, found.size(), "" + found);
    assertTrue(found.get(0).startsWith("FAIL cannot be read: " + file + ": "), "" + found);
  }

  /** The JDK says that with another type than what else is wrong with a jar. */
  @Test
  void aJarInAJarWithANameThatIsNoUtf8() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(octets, StandardCharsets.ISO_8859_1)) {
      zip.putNextEntry(new ZipEntry("\u00e9.class"));
    }
    Path jar = jar("outer.jar", Map.of("lib/inner.jar", octets.toByteArray()));
    List<String> found = found(jar.toString());
    assertEquals(1, found.size(), found.toString());
    assertTrue(found.get(0).startsWith("FAIL cannot be read: " + jar + ": "), found.toString());
  }

  /** An error in one part does not end the report: --json would otherwise break off. */
  @Test
  void foldersThatThisUserMayNotRead() throws IOException {
    Path closed = Files.createDirectories(folder.resolve("classes/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assumeFalse(Files.isReadable(closed), "root may read everything");
      List<String> expected = List.of("FAIL this user may not read " + closed);
      assertEquals(expected, found(folder.resolve("classes").toString()));
      assertEquals(expected, found(closed + "/*"));
    } finally {
      Files.setPosixFilePermissions(closed, Set.of(PosixFilePermission.OWNER_READ));
    }
  }

  /** As on a disk that is away, or of a jar that unpacks without end. */
  @Test
  void aSearchThatTakesTooLongIsAFailure() {
    CountDownLatch never = new CountDownLatch(1);
    List<Finding> found =
        DnsLibrariesCheck.within(
            0,
            () -> {
              never.await();
              return List.of();
            });
    never.countDown();
    assertEquals(
        List.of("cannot be read: it was not read within 0 s"),
        found.stream().map(Finding::text).toList());
  }

  @Test
  void aJarWithTooManyEntriesIsNamed() throws IOException {
    Path jar = jar("many.jar", Map.of("a", text("1"), "b", text("2"), "c", text("3")));
    IOException tooMany =
        assertThrows(
            IOException.class, () -> ClassPathContents.of(jar.toString(), 2).each(place -> {}));
    assertEquals(jar + ": more than 2 entries in it", tooMany.getMessage());
    ClassPathContents.of(jar.toString(), 3).each(place -> {});
  }

  @Test
  void aFolderWithTooManyEntriesIsNamed() throws IOException {
    for (String file : List.of("a", "b", "c")) {
      Files.write(folder.resolve(file), text(file));
    }
    IOException tooMany =
        assertThrows(
            IOException.class, () -> ClassPathContents.of(folder.toString(), 2).each(place -> {}));
    assertEquals(folder + ": more than 2 entries in it", tooMany.getMessage());
  }
}
