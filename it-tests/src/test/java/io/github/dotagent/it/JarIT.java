package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of the jar, and entries that it must never have. */
class JarIT {
  private static final String VISIBLE = "io/github/dotagent/agent/";
  private static final String ISOLATED = "io/github/dotagent/isolated/";

  /** Octets, uncompressed: a jar that a start reads and a container carries. */
  private static final long LARGEST = 6_500_000;

  /** Of a class file, JVMS §4.1. */
  private static final int MAGIC = 0xCAFEBABE;

  private static final int JAVA_8 = 52; // JVMS table 4.1-A

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Agent.jar().toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void isSmall() throws IOException {
    long size = Files.size(Agent.jar());
    assertTrue(size < LARGEST, size + " octets");
  }

  @Test
  void theApplicationSeesOnlyTheEntryClasses() {
    Set<String> roots = new TreeSet<>();
    for (JarEntry entry : files()) {
      String name = entry.getName();
      boolean allowed =
          name.equals("META-INF/MANIFEST.MF")
              || name.startsWith("META-INF/dot-agent/")
              || (name.startsWith(VISIBLE) && name.endsWith(".class"))
              || name.startsWith(ISOLATED);
      if (!allowed) {
        roots.add(name);
      }
    }
    assertEquals(Set.of(), roots);
  }

  /** A class-path scanner must not find the isolated classes. */
  @Test
  void isolatedClassesDoNotLookLikeClasses() {
    for (JarEntry entry : files()) {
      String name = entry.getName();
      if (name.startsWith(ISOLATED)) {
        String path = name.substring(ISOLATED.length());
        assertTrue(path.matches("(8|11|18)/.+"), name);
        boolean provider =
            path.equals("18/META-INF/services/java.net.spi.InetAddressResolverProvider");
        boolean version = path.equals("8/io/github/dotagent/version");
        assertTrue(path.endsWith(".classdata") || provider || version, name);
      }
    }
  }

  @Test
  void nothingThatALibraryWouldBringAlong() {
    for (JarEntry entry : files()) {
      String name = entry.getName();
      assertFalse(name.startsWith("META-INF/services/"), name);
      assertFalse(name.startsWith("META-INF/versions/"), name);
      assertFalse(name.startsWith("META-INF/maven/"), name);
      assertFalse(name.endsWith("messages.properties"), name);
      assertFalse(name.contains("module-info"), name);
      assertFalse(name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"), name);
    }
  }

  @Test
  void eachLayerHasClassesThatItsJavaCanRead() throws IOException {
    Set<String> layers = new HashSet<>();
    for (JarEntry entry : files()) {
      String name = entry.getName();
      if (name.endsWith(".class") || name.endsWith(".classdata")) {
        int release = release(name);
        int major = majorVersion(entry);
        assertTrue(major <= JAVA_8 + release - 8, name + " has major version " + major);
        layers.add(Integer.toString(release));
      }
    }
    assertEquals(Set.of("8", "11", "18"), layers);
  }

  @Test
  void noNameTwice() {
    Set<String> names = new HashSet<>();
    for (JarEntry entry : files()) {
      assertTrue(names.add(entry.getName()), entry.getName());
    }
  }

  /**
   * Of dnsjava the jar has what the agent uses, and all that this uses in turn. jdeps tells what
   * refers to a class that is not there.
   */
  @Test
  void noClassRefersToAMissingPartOfDnsjava(@TempDir Path folder) throws IOException {
    for (JarEntry entry : files()) {
      String name = entry.getName();
      if (name.startsWith(ISOLATED + "8/") && name.endsWith(".classdata")) {
        String path = name.substring((ISOLATED + "8/").length()).replace(".classdata", ".class");
        if (path.startsWith("io/") || path.startsWith("org/xbill/")) {
          Path file = folder.resolve(path);
          Files.createDirectories(file.getParent());
          Files.write(file, jar.getInputStream(entry).readAllBytes());
        }
      }
    }
    StringWriter missing = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    jdeps.run(
        new PrintWriter(missing), new PrintWriter(missing), "--missing-deps", folder.toString());
    Set<String> referred = new TreeSet<>();
    for (String line : missing.toString().split("\n")) {
      if (line.contains("-> org.xbill.")) {
        referred.add(line.trim().replaceAll(" +", " ").replaceAll(" not found$", ""));
      }
    }
    // a constant, which javac has put into the class
    assertEquals(
        Set.of("org.xbill.DNS.dnssec.ValidatingResolver -> org.xbill.DNS.SimpleResolver"),
        referred);
  }

  @Test
  void manifest() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();
    assertEquals("io.github.dotagent.agent.AgentPremain", manifest.getValue("Premain-Class"));
    assertEquals("io.github.dotagent.agent.AgentPremain", manifest.getValue("Agent-Class"));
    assertEquals("io.github.dotagent.agent.AgentMain", manifest.getValue("Main-Class"));
    assertEquals("true", manifest.getValue("Can-Redefine-Classes"));
    assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
    assertEquals(System.getProperty("it.version"), manifest.getValue("Implementation-Version"));
    assertEquals("java.base/sun.security.jca", manifest.getValue("Add-Opens"));
    assertEquals(null, manifest.getValue("Boot-Class-Path"), "would switch class sharing off");
    assertEquals(null, manifest.getValue("Class-Path"));
    for (String main : List.of("Premain-Class", "Main-Class")) {
      String path = manifest.getValue(main).replace('.', '/') + ".class";
      assertTrue(jar.getEntry(path) != null, path);
    }
  }

  private static List<JarEntry> files() {
    return jar.stream().filter(entry -> !entry.isDirectory()).toList();
  }

  private static int release(String name) {
    return name.startsWith(ISOLATED)
        ? Integer.parseInt(name.substring(ISOLATED.length(), name.indexOf('/', ISOLATED.length())))
        : 8;
  }

  private static int majorVersion(JarEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      assertEquals(MAGIC, in.readInt(), entry.getName());
      in.readUnsignedShort(); // the minor version
      return in.readUnsignedShort();
    }
  }
}
