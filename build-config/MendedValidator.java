import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Mends seven defects of dnsjava's DNSSEC validator that no caller can go around, for its classes
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
 *   <li>A proof that needs more NSEC3 hashes than are allowed is unchecked too, and a denial of a
 *       name with it is passed on as if it were insecure. It is bogus.
 *   <li>A proof may need eight hashes at most, which Unbound allows for one step of 17. A name that
 *       is seven labels below those of its zone needs more: that of an IPv6 address, for example.
 *   <li>A zone is insecure if the size of one of its keys cannot be read: that of an algorithm that
 *       this Java does not know, for example. Only a size that is known may be too small.
 *   <li>NSEC3 records of a zone with a key of unknown algorithm are ignored, as if they had too many
 *       iterations. Only their iterations count.
 * </ol>
 *
 * Run by core/pom.xml: DNSJAVA-JAR CLASSES-FOLDER.
 */
final class MendedValidator {
  private static final String PACKAGE = "org/xbill/DNS/dnssec/";
  private static final String STATUS = PACKAGE + "SecurityStatus";
  private static final String OF_KEY = "(Lorg/xbill/DNS/DNSKEYRecord;)Z";
  private static final String RECORD = "org/xbill/DNS/Record";
  private static final String NSEC3 = "org/xbill/DNS/NSEC3Record";
  private static final String OF_ITERATIONS = "(L" + PACKAGE + "SRRset;L" + PACKAGE + "KeyCache;)Z";

  /** As Validator.NSEC3_ITERATIONS. */
  private static final int MOST_ITERATIONS = 150;

  private static final int SIGN_BIT = 31; // of an int

  /** Of dnsjava, for a proof. */
  private static final int HASHES = 8;

  /** A hash for each label of a name, and no name has more. Unbound allows 17 times 8. */
  private static final int MOST_HASHES = 127;

  private static final String STAGE = "java/util/concurrent/CompletionStage";

  private static final String[] CLASSES = {
    "ValidatingResolver", "SMessage", "NSEC3ValUtils", "ValUtils"
  };

  private int stages;
  private int properties;
  private int unchecked;
  private int unreadable;
  private int iterations;
  private int hashes;

  public static void main(String[] args) throws IOException {
    MendedValidator mended = new MendedValidator();
    try (JarFile dnsjava = new JarFile(args[0])) {
      for (String name : CLASSES) {
        Path file = Path.of(args[1], PACKAGE + name + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream in = dnsjava.getInputStream(dnsjava.getEntry(PACKAGE + name + ".class"))) {
          Files.write(file, mended.of(in.readAllBytes()));
        }
      }
    }
    if (mended.stages != 5
        || mended.properties != 1
        || mended.unchecked != 8
        || mended.unreadable != 1
        || mended.iterations != 1
        || mended.hashes != 6) {
      throw new IOException(
          "dnsjava's validator has changed, read it again: "
              + mended.stages
              + " stages without executor, "
              + mended.properties
              + " reads of the system properties, "
              + mended.unchecked
              + " uses of UNCHECKED, "
              + mended.unreadable
              + " keys of unreadable size, "
              + mended.iterations
              + " limits of iterations, "
              + mended.hashes
              + " limits of hashes");
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
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            if (name.equals("validIterations") && type.equals(OF_ITERATIONS)) {
              iterations++;
              limit(next);
              return null;
            }
            boolean ofKeySize = name.equals("isKeySizeSupported") && type.equals(OF_KEY);
            return ofKeySize
                ? new MendedSize(next)
                : new MendedMethod(next, !reader.getClassName().equals(PACKAGE + "ValUtils"));
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Whether there are not more than that, without a branch: no stack frame is needed. */
  private static void limit(MethodVisitor method) {
    method.visitCode();
    method.visitIntInsn(Opcodes.SIPUSH, MOST_ITERATIONS);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, PACKAGE + "SRRset", "first", "()L" + RECORD + ";", false);
    method.visitTypeInsn(Opcodes.CHECKCAST, NSEC3);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, NSEC3, "getIterations", "()I", false);
    method.visitInsn(Opcodes.ISUB);
    method.visitIntInsn(Opcodes.BIPUSH, SIGN_BIT);
    method.visitInsn(Opcodes.IUSHR);
    method.visitInsn(Opcodes.ICONST_1);
    method.visitInsn(Opcodes.IXOR);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private final class MendedMethod extends MethodVisitor {
    private final boolean judges; // or UNCHECKED is no verdict in it, but "try NSEC3"
    private boolean isCount; // the number on the stack, of hashes

    MendedMethod(MethodVisitor next, boolean judges) {
      super(Opcodes.ASM9, next);
      this.judges = judges;
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
    public void visitIntInsn(int opcode, int operand) {
      boolean mended = isCount && operand == HASHES;
      hashes += mended ? 1 : 0;
      isCount = false;
      super.visitIntInsn(opcode, mended ? MOST_HASHES : operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      isCount = false;
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      isCount = opcode == Opcodes.GETFIELD && name.equals("numCalc");
      boolean mended = judges && owner.equals(STATUS) && name.equals("UNCHECKED");
      unchecked += mended ? 1 : 0;
      super.visitFieldInsn(opcode, owner, mended ? "BOGUS" : name, type);
    }
  }

  /** Its only handler is for keys that cannot be read, and says false. */
  private final class MendedSize extends MethodVisitor {
    private Label handler;
    private boolean isInHandler;

    MendedSize(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label at, String type) {
      handler = at;
      super.visitTryCatchBlock(start, end, at, type);
    }

    @Override
    public void visitLabel(Label label) {
      isInHandler |= label == handler;
      super.visitLabel(label);
    }

    @Override
    public void visitInsn(int opcode) {
      boolean mended = isInHandler && opcode == Opcodes.ICONST_0;
      unreadable += mended ? 1 : 0;
      super.visitInsn(mended ? Opcodes.ICONST_1 : opcode);
    }
  }
}
