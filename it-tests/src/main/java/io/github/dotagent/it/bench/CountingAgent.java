package io.github.dotagent.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Has each method of a JVM tell {@code Tally} which bytecodes and calls it runs, and writes down
 * which number stands for which method. Argument: the file for that. Not counted: JSSE and its
 * ciphers, which are another's and most of what a query over TLS costs; hidden classes (lambdas),
 * which no agent sees.
 */
public final class CountingAgent implements ClassFileTransformer {
  private static final String TALLY = "io/github/dotagent/it/programs/Tally";

  private static final List<String> NOT_COUNTED =
      List.of(
          TALLY,
          "io/github/dotagent/it/bench/",
          "net/bytebuddy/", // this agent's; the one in dot-agent's jar runs in no lookup
          "sun/security/",
          "com/sun/crypto/",
          "com/sun/net/ssl/",
          "javax/crypto/",
          "javax/net/ssl/",
          "java/security/",
          "java/math/");

  private final Writer methods;
  private int number;

  private CountingAgent(Writer methods) {
    this.methods = methods;
  }

  public static void premain(String file, Instrumentation instrumentation)
      throws IOException, UnmodifiableClassException {
    Writer methods = Files.newBufferedWriter(Path.of(file));
    instrumentation.addTransformer(new CountingAgent(methods), true);
    instrumentation.retransformClasses(
        Arrays.stream(instrumentation.getAllLoadedClasses())
            .filter(instrumentation::isModifiableClass)
            .filter(type -> !type.isHidden() && !type.isArray())
            .toArray(Class<?>[]::new));
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] octets) {
    if (name == null || NOT_COUNTED.stream().anyMatch(name::startsWith)) {
      return null;
    }
    try {
      ClassReader reader = new ClassReader(octets);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      synchronized (this) {
        reader.accept(new CountedClass(name, writer), 0);
        methods.flush();
      }
      return writer.toByteArray();
    } catch (IOException | RuntimeException | Error broken) {
      // the JVM would go on without a word, and the count be too small
      System.err.println("not counted: " + name + ": " + broken);
      return null;
    }
  }

  private int numberOf(String file, String type, String method) {
    try {
      methods.write(number + " " + file + " " + type + " " + method + "\n");
    } catch (IOException diskFull) {
      throw new UncheckedIOException(diskFull);
    }
    return number++;
  }

  private final class CountedClass extends ClassVisitor {
    private final String name;
    private String file = "?";

    CountedClass(String name, ClassVisitor next) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public void visitSource(String source, String debug) {
      file = source == null ? "?" : source;
      super.visitSource(source, debug);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new CountedMethod(
          numberOf(file, name, method),
          super.visitMethod(access, method, descriptor, signature, exceptions));
    }
  }

  /** Tells at the end of each stretch without a branch how long it was: so no frame changes. */
  private static final class CountedMethod extends MethodVisitor {
    private final int number;
    private int bytecodes;
    private int calls;

    CountedMethod(int number, MethodVisitor next) {
      super(Opcodes.ASM9, next);
      this.number = number;
    }

    private void tell() {
      if (bytecodes > 0) {
        super.visitLdcInsn(number);
        super.visitLdcInsn(bytecodes);
        super.visitLdcInsn(calls);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, TALLY, "ran", "(III)V", false);
        bytecodes = 0;
        calls = 0;
      }
    }

    private void branch() {
      bytecodes++;
      tell();
    }

    @Override
    public void visitLabel(Label label) {
      tell();
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      branch();
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      branch();
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      branch();
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitInsn(int opcode) {
      bytecodes++;
      boolean leaves = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
      if (leaves || opcode == Opcodes.ATHROW) {
        tell();
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      bytecodes++;
      calls++;
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      bytecodes++;
      calls++;
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      bytecodes++;
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      bytecodes++;
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      bytecodes++;
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      bytecodes++;
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitLdcInsn(Object value) {
      bytecodes++;
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      bytecodes++;
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      bytecodes++;
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
  }
}
