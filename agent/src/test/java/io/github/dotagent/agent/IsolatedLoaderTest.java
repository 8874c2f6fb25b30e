package io.github.dotagent.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.cli.main.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AllPermission;
import java.security.ProtectionDomain;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolatedLoaderTest {
  private static final String PREFIX = "io/github/dotagent/isolated/";

  @TempDir Path folder;

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({
    "1.8, 8/",
    "9, 8/",
    "10, 8/",
    "11, 11/ 8/",
    "12, 11/ 8/",
    "17, 11/ 8/",
    "18, 18/ 11/ 8/",
    "21, 18/ 11/ 8/",
    "27, 18/ 11/ 8/",
    "100, 18/ 11/ 8/"
  })
  void layersOfAJavaVersionTheNewestFirst(String specificationVersion, String layers) {
    assertArrayEquals(layers.split(" ", -1), IsolatedLoader.layersFor(specificationVersion));
  }

  /** A class whose superclass tells which of its versions it is. */
  private static byte[] classFile(String name, Class<?> superclass) {
    ClassWriter writer = new ClassWriter(0);
    String parent = superclass.getName().replace('.', '/');
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, parent, null);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private IsolatedLoader loader() throws IOException {
    Path jar = folder.resolve("agent.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(PREFIX + entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return IsolatedLoader.ofThisJvm(jar.toFile());
  }

  @Test
  void theNewestLayerWins() throws Exception {
    entries.put("8/a/Both.classdata", classFile("a.Both", Number.class));
    entries.put("11/a/Both.classdata", classFile("a.Both", Thread.class));
    entries.put("8/a/Old.classdata", classFile("a.Old", Number.class));
    IsolatedLoader loader = loader();
    assertSame(Thread.class, loader.loadClass("a.Both").getSuperclass());
    assertSame(Number.class, loader.loadClass("a.Old").getSuperclass());
    assertSame(loader.loadClass("a.Both"), loader.loadClass("a.Both"));
  }

  /** On a module path the platform's loader finds the application's dnsjava, too. */
  @Test
  void classesOfTheJarWinOverTheParent() throws Exception {
    entries.put(
        "8/javax/script/ScriptException.classdata",
        classFile("javax.script.ScriptException", Number.class));
    IsolatedLoader loader = loader();
    Class<?> ours = loader.loadClass("javax.script.ScriptException");
    assertSame(loader, ours.getClassLoader());
    assertNotSame(ours, loader.getParent().loadClass("javax.script.ScriptException"));
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass("javax.script.Nothing"));
  }

  @Test
  void resourcesOfTheJarWinOverTheParent() throws Exception {
    String name = "javax/script/ScriptException.class";
    assertEquals("jrt", loader().getResource(name).getProtocol(), "the JDK's, where we have none");
    assertEquals(1, Collections.list(loader().getResources(name)).size());
    entries.put("8/javax/script/ScriptException.classdata", new byte[] {1});
    assertEquals("dot-agent", loader().getResource(name).getProtocol());
    List<URL> found = Collections.list(loader().getResources(name));
    assertEquals(1, found.size());
    assertEquals("dot-agent", found.get(0).getProtocol());
  }

  /** Under a SecurityManager the agent's files and sockets are its own affair. */
  @Test
  void itsClassesHaveEveryPermission() throws Exception {
    entries.put("8/a/B.classdata", classFile("a.B", Object.class));
    ProtectionDomain domain = loader().loadClass("a.B").getProtectionDomain();
    assertTrue(domain.getPermissions().implies(new AllPermission()));
  }

  @Test
  void theApplicationIsNotVisibleAndTheJdkIs() throws Exception {
    IsolatedLoader loader = loader();
    String application = IsolatedLoaderTest.class.getName();
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(application));
    assertSame(SQLException.class, loader.loadClass("java.sql.SQLException"));
  }

  @Test
  void classesOfTheJdkAreNeverTakenFromTheJar() throws Exception {
    entries.put("8/java/lang/Thread.classdata", new byte[] {1});
    assertSame(Thread.class, loader().loadClass("java.lang.Thread"));
  }

  /** ServiceLoader has to find our provider and no other. */
  @Test
  void onlyTheAgentsServiceFileIsFound() throws Exception {
    String service = "META-INF/services/a.Service";
    entries.put("11/" + service, "of 11".getBytes(StandardCharsets.UTF_8));
    entries.put("8/" + service, "of 8".getBytes(StandardCharsets.UTF_8));
    IsolatedLoader loader = loader();
    List<URL> found = Collections.list(loader.getResources(service));
    assertEquals(1, found.size());
    assertEquals("of 11", text(found.get(0)));
    assertEquals("of 11", text(loader.getResource(service)));
    assertNull(loader.getResource("META-INF/services/another.Service"));
  }

  /** As {@code cp} does it: the file that is open is another one's. */
  @Test
  void onceItIsInMemoryTheJarMayBeAnything() throws Exception {
    entries.put("8/a/Early.classdata", classFile("a.Early", Number.class));
    entries.put("8/a/Late.classdata", classFile("a.Late", Number.class));
    entries.put("11/a/Late.classdata", classFile("a.Late", Thread.class));
    entries.put("8/java/net/Bridge.classdata", new byte[] {7});
    entries.put("8/a/text", "of 8".getBytes(StandardCharsets.UTF_8));
    entries.put("8/picocli/Big.classdata", classFile("picocli.Big", Number.class));
    String command = Commands.class.getName();
    entries.put("8/" + command.replace('.', '/') + ".classdata", classFile(command, Number.class));
    IsolatedLoader loader = loader();
    Class<?> early = loader.loadClass("a.Early");
    assertTrue(loader.call() > 0);
    Files.write(folder.resolve("agent.jar"), new byte[] {1, 2, 3});

    assertSame(early, loader.loadClass("a.Early"));
    assertSame(Thread.class, loader.loadClass("a.Late").getSuperclass());
    assertEquals("of 8", text(loader.getResource("a/text")));
    assertEquals(7, loader.getResource("java/net/Bridge.class").openStream().read());
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass("a.Nothing"));
    assertThrows(
        ClassNotFoundException.class, () -> loader.loadClass("picocli.Big"), "of commands alone");
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(command), "the same");
  }

  @Test
  void anotherJarInItsPlaceIsNoticed() throws Exception {
    entries.put("8/a/B.classdata", classFile("a.B", Number.class));
    IsolatedLoader loader = loader();
    entries.put("8/a/B.classdata", classFile("a.B", Thread.class));
    loader(); // overwrites the jar
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass("a.B"));
    assertThrows(IOException.class, loader::call);
  }

  @Test
  void aClassFileIsFoundUnderTheNameThatLibrariesAskFor() throws Exception {
    byte[] octets = classFile("a.B", Object.class);
    entries.put("8/a/B.classdata", octets);
    try (InputStream in = loader().getResourceAsStream("a/B.class")) {
      assertArrayEquals(octets, in.readAllBytes());
    }
  }

  private static String text(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
