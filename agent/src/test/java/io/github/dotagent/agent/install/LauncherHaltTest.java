package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class LauncherHaltTest {
  private static final String LAUNCHER_HELPER = "sun/launcher/LauncherHelper";

  @Test
  void everyMethodOfTheLauncherHaltsFirst() throws IOException {
    byte[] original = classFile(LAUNCHER_HELPER);
    Map<String, List<String>> before = calls(original);

    byte[] patched = new LauncherHalt().transform(null, LAUNCHER_HELPER, null, null, original);

    Map<String, List<String>> after = calls(patched);
    assertEquals(before.keySet(), after.keySet());
    assertTrue(after.size() > 10, after.toString());
    after.forEach((method, calls) -> assertEquals(List.of("getRuntime", "halt"), calls, method));
  }

  @Test
  void otherClassesStayAsTheyAre() throws IOException {
    LauncherHalt halt = new LauncherHalt();
    byte[] other = classFile("java/lang/Object");
    assertNull(halt.transform(null, "java/lang/Object", null, null, other));
    ClassLoader program = LauncherHaltTest.class.getClassLoader();
    assertNull(halt.transform(program, LAUNCHER_HELPER, null, null, other));
  }

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      assertNotNull(in, name);
      return in.readAllBytes();
    }
  }

  /** The names of the methods that each method with code calls. */
  private static Map<String, List<String>> calls(byte[] classFile) {
    Map<String, List<String>> calls = new TreeMap<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String type, String signature, String[] exceptions) {
                List<String> called = new ArrayList<>();
                calls.put(method + type, called);
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String ofType, boolean isInterface) {
                    called.add(name);
                  }
                };
              }
            },
            0);
    return calls;
  }
}
