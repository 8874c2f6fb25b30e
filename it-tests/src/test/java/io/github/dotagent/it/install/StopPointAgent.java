package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Has each line of dot-agent tell {@code StopPoint} that a thread has come to it, and writes down
 * which number stands for which line. Argument: the file for that.
 */
public final class StopPointAgent implements ClassFileTransformer {
  private static final String STOP_POINT = "io/github/dotagent/it/programs/StopPoint";

  private final Writer lines;
  private int number;

  private StopPointAgent(Writer lines) {
    this.lines = lines;
  }

  public static void premain(String file, Instrumentation instrumentation) throws IOException {
    instrumentation.addTransformer(new StopPointAgent(Files.newBufferedWriter(Path.of(file))));
  }

  /** This class is on the class path of the program, and what it calls in the jar. */
  static Path jar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", StopPointAgent.class.getName());
    main.putValue("Boot-Class-Path", jar.getFileName().toString());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(STOP_POINT + ".class"));
      Files.copy(ProgramClasses.java8().resolve(STOP_POINT + ".class"), out);
      out.closeEntry();
    }
    return jar;
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] octets) {
    if (name == null
        || !name.startsWith("io/github/dotagent/")
        || name.startsWith("io/github/dotagent/it/")) {
      return null;
    }
    try {
      ClassReader reader = new ClassReader(octets);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      synchronized (this) {
        reader.accept(new StoppedClass(name, writer), 0);
        lines.flush();
      }
      return writer.toByteArray();
    } catch (IOException | RuntimeException | Error broken) {
      // the JVM would go on without a word, and no thread be stopped in that class
      System.err.println("without points to stop at: " + name + ": " + broken);
      return null;
    }
  }

  private int numberOf(String line) {
    try {
      lines.write(line + "\n");
    } catch (IOException diskFull) {
      throw new UncheckedIOException(diskFull);
    }
    return number++;
  }

  private final class StoppedClass extends ClassVisitor {
    private final String name;

    StoppedClass(String name, ClassVisitor next) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new StoppedMethod(
          name + '.' + method,
          super.visitMethod(access, method, descriptor, signature, exceptions));
    }
  }

  /** A call before the first instruction of a line: behind the frame that may stand there. */
  private final class StoppedMethod extends MethodVisitor {
    private final String name;
    private int line; // 0: it is told

    StoppedMethod(String name, MethodVisitor next) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    private void tell() {
      if (line > 0) {
        super.visitLdcInsn(numberOf(name + ':' + line));
        super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP_POINT, "at", "(I)V", false);
        line = 0;
      }
    }

    @Override
    public void visitLineNumber(int begins, Label start) {
      super.visitLineNumber(begins, start);
      line = begins;
    }

    @Override
    public void visitInsn(int opcode) {
      tell();
      super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      tell();
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      tell();
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode != Opcodes.NEW) { // a frame may point to the octet where that stands
        tell();
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      tell();
      super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean isInterface) {
      tell();
      super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String method, String descriptor, Handle bootstrap, Object... arguments) {
      tell();
      super.visitInvokeDynamicInsn(method, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      tell();
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      tell();
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      tell();
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      tell();
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      tell();
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      tell();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
  }
}
