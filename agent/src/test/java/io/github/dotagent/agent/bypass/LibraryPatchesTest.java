package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class LibraryPatchesTest {
  private static final String SERVER = "Ljava/net/InetSocketAddress;";
  private static final String ADDRESS = "Ljava/net/SocketAddress;";
  private static final String QUESTION = "Lio/netty/handler/codec/dns/DnsQuestion;";

  @Test
  void bothFormsOfNettysResolverArePatched() {
    assertEquals(
        List.of("query0(" + SERVER + QUESTION + ")V: shown"),
        SocketPatchTest.bridged(
            new NettyResolverPatch().of(classWith("query0", "(" + SERVER + QUESTION + ")V"))));
    String channelFirst = "(Lio/netty/channel/Channel;J" + SERVER + QUESTION + ")V";
    assertEquals(
        List.of("doQuery" + channelFirst + ": shown"),
        SocketPatchTest.bridged(new NettyResolverPatch().of(classWith("doQuery", channelFirst))));
  }

  @Test
  void unknownFormsOfNettyAreNotPatched() {
    assertNull(new NettyResolverPatch().of(classWith("ask", "(" + SERVER + ")V")));
    assertNull(new NettyResolverPatch().of(classWith("doQuery", "(" + QUESTION + ")V")));
  }

  @Test
  void shadedNettyChannelsArePatched() {
    String context = "(Lshaded/channel/ChannelHandlerContext;";
    String promise = "Lshaded/channel/ChannelPromise;)V";
    String connect = context + ADDRESS + ADDRESS + promise;
    assertEquals(List.of("connect" + connect + ": to"), channel("connect", connect));
    String write = context + "Ljava/lang/Object;" + promise;
    assertEquals(List.of("write" + write + ": sent"), channel("write", write));
    String read = "(Ljava/lang/Object;)Lshaded/channel/ChannelPipeline;";
    assertEquals(
        List.of("fireChannelRead" + read + ": received"), channel("fireChannelRead", read));
    assertEquals(
        List.of("remoteAddress()" + ADDRESS + ": from"), channel("remoteAddress", "()" + ADDRESS));
  }

  @Test
  void methodsWithOtherDescriptorsAreNotPatched() {
    String context = "Lshaded/channel/ChannelHandlerContext;";
    assertEquals(List.of(), channel("fireChannelRead", "(Ljava/lang/Object;)" + context));
    assertEquals(List.of(), channel("write", "(Ljava/lang/Object;)V"));
    assertEquals(List.of(), channel("connect", "(" + ADDRESS + ")V"));
  }

  private static List<String> channel(String method, String type) {
    byte[] patched =
        new NettyChannelPatch("shaded/channel/AbstractChannel").of(classWith(method, type));
    return patched == null ? List.of() : SocketPatchTest.bridged(patched);
  }

  @Test
  void theConstructorOfTheNativeResolverIsPatched() {
    assertEquals(
        List.of("<init>(I)V: outOfReach"),
        SocketPatchTest.bridged(new NativeResolverPatch().of(classWith("<init>", "(I)V"))));
  }

  @Test
  void shadedLibrariesAreRecognized() {
    assertTrue(LibraryClasses.isNetty("io/netty/resolver/dns/DnsNameResolver"));
    assertTrue(LibraryClasses.isNetty("com/shop/shaded/io/netty/resolver/dns/DnsNameResolver"));
    assertFalse(LibraryClasses.isNetty("io/netty/resolver/dns/DnsNameResolverBuilder"));
    assertTrue(LibraryClasses.isResolver("org/xbill/DNS/SimpleResolver"));
    assertTrue(LibraryClasses.isResolver("org/minidns/source/NetworkDataSource"));
    assertFalse(LibraryClasses.isResolver("java/lang/String"));
    assertTrue(LibraryClasses.isChannel("shop/netty/channel/DefaultChannelPipeline$HeadContext"));
    assertTrue(LibraryClasses.isChannel("shop/netty/channel/DefaultChannelPipeline"));
    assertTrue(LibraryClasses.isChannel("shop/netty/channel/AbstractChannel"));
    assertFalse(LibraryClasses.isChannel("io/netty/channel/AbstractChannel$AbstractUnsafe"));
    assertTrue(LibraryClasses.isNative("software/amazon/awssdk/crt/io/HostResolver"));
  }

  private static byte[] classWith(String method, String type) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "Library", null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, type, null, null);
    code.visitCode();
    if (method.equals("<init>")) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    }
    if (type.endsWith(")V")) {
      code.visitInsn(Opcodes.RETURN);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
      code.visitInsn(Opcodes.ARETURN);
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
