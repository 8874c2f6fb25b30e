package io.github.dotagent.agent.hook.nameservice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameServiceCallsTest {
  private static final String LOOKUP = "lookupAllHostAddr";
  private static final String LOOKUP_TYPE = "(Ljava/lang/String;)[Ljava/net/InetAddress;";
  private static final String REVERSE = "getHostByAddr";
  private static final String REVERSE_TYPE = "([B)Ljava/lang/String;";

  private static final String BRIDGE = Opcodes.INVOKESTATIC + " java/net/DotAgentBridge.";
  private static final String BRIDGE_LOOKUP =
      BRIDGE + LOOKUP + " (Ljava/lang/Object;Ljava/lang/String;)[Ljava/net/InetAddress;";
  private static final String BRIDGE_REVERSE =
      BRIDGE + REVERSE + " (Ljava/lang/Object;[B)Ljava/lang/String;";

  private static final String JAVA_8 = "sun/net/spi/nameservice/NameService";
  private static final String JAVA_9_TO_17 = "java/net/InetAddress$NameService";

  private static byte[] inetAddress() throws IOException {
    try (InputStream in = InetAddress.class.getResourceAsStream("InetAddress.class")) {
      return in.readAllBytes();
    }
  }

  /** The calls after the patch: two are replaced, the others are as before. */
  private static List<String> expected(List<String> before) {
    List<String> after = new ArrayList<>();
    for (String call : before) {
      String caller = call.substring(0, call.indexOf(" -> ") + 4);
      String callee = call.substring(caller.length());
      boolean ofService = callee.startsWith(Opcodes.INVOKEINTERFACE + " ");
      if (ofService && callee.endsWith("NameService." + LOOKUP + " " + LOOKUP_TYPE)) {
        after.add(caller + BRIDGE_LOOKUP);
      } else if (ofService && callee.endsWith("NameService." + REVERSE + " " + REVERSE_TYPE)) {
        after.add(caller + BRIDGE_REVERSE);
      } else {
        after.add(call);
      }
    }
    return after;
  }

  @Test
  void inetAddressOfThisJdkIsPatched() throws IOException {
    byte[] original = inetAddress();
    List<String> before = Calls.in(original);
    assumeTrue(
        before.stream().anyMatch(call -> call.contains("NameService." + LOOKUP)),
        "this JDK has no NameService: its lookups are taken over by a provider");
    List<String> after = Calls.in(NameServiceCalls.patched(original));
    assertEquals(expected(before), after);
    assertEquals(1, after.stream().filter(call -> call.endsWith(BRIDGE_LOOKUP)).count());
    assertEquals(1, after.stream().filter(call -> call.endsWith(BRIDGE_REVERSE)).count());
  }

  /** A class with one method that makes one call. */
  private static byte[] calling(String method, int opcode, String owner, String name, String type) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_8, 0, NameServiceCalls.INET_ADDRESS, null, "java/lang/Object", null);
    boolean reverse = type.startsWith("([B");
    String argument = reverse ? "[B" : "Ljava/lang/String;";
    String methodType = "(Ljava/lang/Object;" + argument + ")Ljava/lang/Object;";
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, method, methodType, null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(opcode, owner, name, type, opcode == Opcodes.INVOKEINTERFACE);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(2, 2);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static List<String> patchedCalls(
      String method, int opcode, String owner, String name, String type) {
    return Calls.in(NameServiceCalls.patched(calling(method, opcode, owner, name, type)));
  }

  @ParameterizedTest
  @ValueSource(strings = {JAVA_8, JAVA_9_TO_17})
  void bothCallsGoToTheBridge(String nameService) {
    assertEquals(
        List.of("getAll -> " + BRIDGE_LOOKUP),
        patchedCalls("getAll", Opcodes.INVOKEINTERFACE, nameService, LOOKUP, LOOKUP_TYPE));
    assertEquals(
        List.of("getHost -> " + BRIDGE_REVERSE),
        patchedCalls("getHost", Opcodes.INVOKEINTERFACE, nameService, REVERSE, REVERSE_TYPE));
  }

  @Test
  void otherCallsStayAsTheyAre() {
    int call = Opcodes.INVOKEINTERFACE;
    assertUnchanged("getAll", Opcodes.INVOKEVIRTUAL, JAVA_9_TO_17, LOOKUP, LOOKUP_TYPE);
    assertUnchanged("getAll", call, "java/net/InetAddressImpl", LOOKUP, LOOKUP_TYPE);
    assertUnchanged("getAll", call, JAVA_9_TO_17, "lookup", LOOKUP_TYPE);
    assertUnchanged("getAll", call, JAVA_9_TO_17, LOOKUP, "(Ljava/lang/String;)Ljava/lang/Object;");
    assertUnchanged("getAll", call, JAVA_9_TO_17, REVERSE, LOOKUP_TYPE);
  }

  /** The bridge calls the name service for the system's names: patched, that would never end. */
  @ParameterizedTest
  @ValueSource(strings = {LOOKUP, REVERSE})
  void aNameServiceOfTheClassItselfIsLeftAlone(String method) {
    assertUnchanged(method, Opcodes.INVOKEINTERFACE, JAVA_9_TO_17, LOOKUP, LOOKUP_TYPE);
    assertUnchanged(method, Opcodes.INVOKEINTERFACE, JAVA_9_TO_17, REVERSE, REVERSE_TYPE);
  }

  private static void assertUnchanged(
      String method, int opcode, String owner, String name, String type) {
    List<String> before = Calls.in(calling(method, opcode, owner, name, type));
    assertEquals(1, before.size());
    assertEquals(before, patchedCalls(method, opcode, owner, name, type));
  }

  @Test
  void noOtherClassIsTouched() {
    byte[] classFile =
        calling("getAll", Opcodes.INVOKEINTERFACE, JAVA_9_TO_17, LOOKUP, LOOKUP_TYPE);
    NameServiceCalls transformer = new NameServiceCalls();
    String ours = NameServiceCalls.INET_ADDRESS;
    assertNotNull(transformer.transform(null, ours, InetAddress.class, null, classFile));
    assertNull(transformer.transform(null, "java/net/Inet4Address", null, null, classFile));
    assertNull(transformer.transform(null, null, null, null, classFile), "a class without a name");
    ClassLoader applications = NameServiceCallsTest.class.getClassLoader();
    assertNull(transformer.transform(applications, ours, null, null, classFile));
    assertFalse(Calls.in(classFile).isEmpty());
  }
}
