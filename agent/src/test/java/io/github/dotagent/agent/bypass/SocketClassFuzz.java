package io.github.dotagent.agent.bypass;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The class file of a socket, or of a channel of Netty, as other agents may have left it: one that
 * can be copied can be patched, and what comes of it can be read.
 */
public final class SocketClassFuzz implements FuzzTarget {
  private static final String[] CLASSES = {
    "java/net/DatagramSocket.class",
    "java/net/MulticastSocket.class",
    "sun/nio/ch/DatagramChannelImpl.class",
    "sun/nio/ch/SocketChannelImpl.class"
  };

  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    int which = input.choice(5);
    byte[] classFile = input.rest();
    if (!canBeCopied(classFile)) {
      return; // no JVM takes it, and SocketPatcher leaves it alone
    }
    byte[] patched = patch(which).of(classFile);
    if (patched != null) {
      Findings.check(canBeCopied(patched), "what was patched cannot be read");
      Findings.check(patch(which).of(patched) == patched, "patched twice");
    }
  }

  private static MethodPatches patch(int which) {
    return switch (which) {
      case 0 -> new SocketPatch(true);
      case 1 -> new SocketPatch(false);
      case 2 -> new ChannelPatch("io/netty/channel/AbstractChannel");
      case 3 -> new NettyPatch();
      default -> new NativePatch();
    };
  }

  static boolean canBeCopied(byte[] classFile) {
    try {
      copy(copy(classFile)); // what is damaged may show with the second reading alone
      return true;
    } catch (RuntimeException damaged) {
      return false;
    }
  }

  private static byte[] copy(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {}; // else methods are copied unread
          }
        },
        0);
    return writer.toByteArray();
  }

  @Override
  public int variants() {
    return 100; // each is a class of many KB, taken apart four times
  }

  @Override
  public List<byte[]> found() {
    List<byte[]> found = new ArrayList<>();
    for (String name : CLASSES) {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
        byte[] classFile = in.readAllBytes();
        byte[] input = new byte[classFile.length + 1];
        System.arraycopy(classFile, 0, input, 1, classFile.length);
        found.add(input);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return found;
  }
}
