import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Mends three defects of dnsjava's DNSSEC validator that no caller can go around, for its classes
 * are final. docs/dnssec.md says what each of them does, and what should go upstream.
 *
 * <ol>
 *   <li>Stages run in the program's common pool ({@code thenComposeAsync} without an executor): a
 *       program whose pool is busy, with lookups perhaps, would wait for itself.
 *   <li>The constructor reads the program's system properties: {@code
 *       dnsjava.dnssec.trust_anchor_file} adds an authority, others switch algorithms off.
 *   <li>A message counts as unchecked until it is judged, and what is unchecked is passed on as if
 *       it were insecure. An exception in the judgement of a negative answer is swallowed. So it
 *       counts as bogus until it is judged.
 * </ol>
 *
 * Run by core/pom.xml: DNSJAVA-JAR CLASSES-FOLDER.
 */
final class MendedValidator {
  private static final String PACKAGE = "org/xbill/DNS/dnssec/";
  private static final String STATUS = PACKAGE + "SecurityStatus";
  private static final String STAGE = "java/util/concurrent/CompletionStage";

  private int stages;
  private int properties;
  private int unchecked;

  public static void main(String[] args) throws IOException {
    MendedValidator mended = new MendedValidator();
    try (JarFile dnsjava = new JarFile(args[0])) {
      for (String name : new String[] {"ValidatingResolver", "SMessage"}) {
        Path file = Path.of(args[1], PACKAGE + name + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream in = dnsjava.getInputStream(dnsjava.getEntry(PACKAGE + name + ".class"))) {
          Files.write(file, mended.of(in.readAllBytes()));
        }
      }
    }
    if (mended.stages != 5 || mended.properties != 1 || mended.unchecked != 3) {
      throw new IOException(
          "dnsjava's validator has changed, read it again: "
              + mended.stages
              + " stages without executor, "
              + mended.properties
              + " reads of the system properties, "
              + mended.unchecked
              + " uses of UNCHECKED");
    }
  }

  private byte[] of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return new MendedMethod(super.visitMethod(access, name, type, signature, exceptions));
          }
        },
        0);
    return writer.toByteArray();
  }

  private final class MendedMethod extends MethodVisitor {
    MendedMethod(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean ofInterface) {
      boolean alone = type.indexOf("Executor") < 0;
      if (owner.equals(STAGE) && name.endsWith("Async") && alone) {
        stages++;
        String same = name.substring(0, name.length() - "Async".length());
        super.visitMethodInsn(opcode, owner, same, type, ofInterface);
      } else if (owner.equals("java/lang/System") && name.equals("getProperties")) {
        properties++;
        super.visitTypeInsn(Opcodes.NEW, "java/util/Properties");
        super.visitInsn(Opcodes.DUP);
        super.visitMethodInsn(
            Opcodes.INVOKESPECIAL, "java/util/Properties", "<init>", "()V", false);
      } else {
        super.visitMethodInsn(opcode, owner, name, type, ofInterface);
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      boolean mended = owner.equals(STATUS) && name.equals("UNCHECKED");
      unchecked += mended ? 1 : 0;
      super.visitFieldInsn(opcode, owner, mended ? "BOGUS" : name, type);
    }
  }
}
