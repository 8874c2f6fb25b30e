package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.testing.ClassFiles;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;

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
    if (!ClassFiles.canBeCopied(classFile, ClassWriter.COMPUTE_MAXS)) {
      return; // no JVM takes it, and SocketPatcher leaves it alone
    }
    byte[] patched = patch(which).of(classFile);
    if (patched != null) {
      Findings.check(
          ClassFiles.canBeCopied(patched, ClassWriter.COMPUTE_MAXS),
          "what was patched cannot be read");
      Findings.check(patch(which).of(patched) == patched, "patched twice");
    }
  }

  private static MethodPatches patch(int which) {
    return switch (which) {
      case 0 -> new SocketPatch(true);
      case 1 -> new SocketPatch(false);
      case 2 -> new NettyChannelPatch("io/netty/channel/AbstractChannel");
      case 3 -> new NettyResolverPatch();
      default -> new NativeResolverPatch();
    };
  }

  @Override
  public int variants() {
    return 100; // each is a class of many KB, taken apart four times
  }

  @Override
  public List<byte[]> found() {
    List<byte[]> found = new ArrayList<>();
    for (String name : CLASSES) {
      byte[] classFile = ClassFiles.ofJdk(name);
      byte[] input = new byte[classFile.length + 1];
      System.arraycopy(classFile, 0, input, 1, classFile.length);
      found.add(input);
    }
    return found;
  }
}
