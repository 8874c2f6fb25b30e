import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Rewrites dnsjava's table of record types, {@code org.xbill.DNS.Type}, so that the class of a
 * record is loaded when there is one to be read. As it is, the table has a constructor reference
 * for each of its 62 classes: that loads and links all of them, and makes a class of its own for
 * each, when the first message is written. Run by agent-jar.xml: CLASS-FILE, rewritten in place.
 */
final class LazyRecords {
  /** In agent/src/main/jdk. */
  private static final String BY_NAME = "org/xbill/DNS/LazyRecordFactory";

  private static final String CONSTRUCTOR = "<init>";

  private int records;

  public static void main(String[] classFile) throws IOException {
    LazyRecords lazy = new LazyRecords();
    Path file = Path.of(classFile[0]);
    Files.write(file, lazy.rewritten(Files.readAllBytes(file)));
    if (lazy.records == 0) {
      throw new IOException(file + " has no references: what this is for has changed");
    }
  }

  private byte[] rewritten(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    // a reference is made in one step, an object in several, which takes more of the stack
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return new LazyMethod(super.visitMethod(access, name, type, signature, exceptions));
          }
        },
        0);
    return writer.toByteArray();
  }

  /**
   * In place of each {@code NSRecord::new} a {@code new LazyRecordFactory("org.xbill.DNS.NSRecord")}.
   */
  private final class LazyMethod extends MethodVisitor {
    LazyMethod(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String type, Handle bootstrap, Object... arguments) {
      Handle referred = (Handle) arguments[1]; // of LambdaMetafactory.metafactory
      if (!type.equals("()Ljava/util/function/Supplier;")
          || !referred.getName().equals(CONSTRUCTOR)) {
        super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        return;
      }
      records++;
      super.visitTypeInsn(Opcodes.NEW, BY_NAME);
      super.visitInsn(Opcodes.DUP);
      super.visitLdcInsn(referred.getOwner().replace('/', '.'));
      super.visitMethodInsn(
          Opcodes.INVOKESPECIAL, BY_NAME, CONSTRUCTOR, "(Ljava/lang/String;)V", false);
    }
  }
}
