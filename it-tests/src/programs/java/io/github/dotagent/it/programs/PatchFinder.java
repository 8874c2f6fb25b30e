package io.github.dotagent.it.programs;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/**
 * An agent that has the JVM show the class files of its sockets and addresses once more, as they
 * are, and writes those that know dot-agent into a folder, its argument. Changes nothing. Prints
 * how many it was shown.
 */
public final class PatchFinder implements ClassFileTransformer {
  private static final String CALLED = "java/net/DotAgent";

  private final File folder;
  private int shown;

  private PatchFinder(File folder) {
    this.folder = folder;
  }

  public static void agentmain(String argument, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    PatchFinder finder = new PatchFinder(new File(argument));
    instrumentation.addTransformer(finder, true);
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      String name = loaded.getName();
      boolean mayBe = name.startsWith("java.net.") || name.startsWith("sun.nio.ch.");
      boolean ofJdk = loaded.getClassLoader() == null && !name.contains("DotAgent");
      if (mayBe && ofJdk && instrumentation.isModifiableClass(loaded)) {
        instrumentation.retransformClasses(loaded);
      }
    }
    instrumentation.removeTransformer(finder);
    System.out.println("shown " + finder.shown);
    System.out.flush();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (redefined != null) {
      shown++;
      if (new String(classFile, StandardCharsets.ISO_8859_1).contains(CALLED)) {
        write(name.replace('/', '.') + ".class", classFile);
      }
    }
    return null;
  }

  private void write(String name, byte[] classFile) {
    try (FileOutputStream out = new FileOutputStream(new File(folder, name))) {
      out.write(classFile);
    } catch (IOException cannotWrite) {
      throw new IllegalStateException(cannotWrite);
    }
  }
}
