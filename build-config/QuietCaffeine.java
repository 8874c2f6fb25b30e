import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Copies the classes of Caffeine without its logging, and of its 800 generated ones those alone that
 * a cache with a maximum of size or weight needs. Run by agent-jar.xml: JAR COPY.
 *
 * <p>Caffeine makes a logger as soon as it is loaded, and that starts java.util.logging in a JVM
 * whose program has not yet said which log manager it wants. What it has to say is of callbacks
 * that throw, and the cache has none.
 */
final class QuietCaffeine {
  /**
   * Caches of weak keys or of weak or soft values, those that expire, refresh, listen or count, and
   * the nodes of them all: a letter of the name for each feature, MS and MW for the maxima.
   */
  private static final String UNUSED =
      ".*/cache/((WS|WI|SI|FD|FS|FW|PD|PW)[A-Z]*|(SS|PS)(?!(MS|MW)?\\.class)[A-Z]+)\\.class";

  /**
   * What asynchronous caches hand out. The caches themselves stay: the classes beside them are
   * verified against them.
   */
  private static final String ASYNCHRONOUS = ".*/cache/LocalAsync(Loading)?Cache\\$.*";

  private static final String MAKE = "getLogger";
  private static final String LOG = "log";

  private int loggers;

  public static void main(String[] jars) throws IOException {
    QuietCaffeine quiet = new QuietCaffeine();
    quiet.copy(Path.of(jars[0]), Path.of(jars[1]));
    if (quiet.loggers == 0) {
      throw new IOException(jars[0] + " makes no logger: what this is for has changed");
    }
  }

  private void copy(Path jar, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar));
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        String name = entry.getName();
        if (name.startsWith("com/")
            && name.endsWith(".class")
            && !name.matches(UNUSED)
            && !name.matches(ASYNCHRONOUS)) {
          out.putNextEntry(new JarEntry(name).setLastModifiedTime(FileTime.fromMillis(0)));
          out.write(quiet(in.readAllBytes()));
        }
      }
    }
  }

  private byte[] quiet(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return new QuietMethod(super.visitMethod(access, name, type, signature, exceptions));
          }
        },
        0);
    return writer.toByteArray();
  }

  /** No logger, and nothing said to it. */
  private final class QuietMethod extends MethodVisitor {
    QuietMethod(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      boolean ofLogger = owner.endsWith("/Logger") || owner.endsWith("$Logger");
      if (name.equals(MAKE) && (ofLogger || owner.equals("java/lang/System"))) {
        loggers++;
        super.visitInsn(Opcodes.POP); // its name
        super.visitInsn(Opcodes.ACONST_NULL);
      } else if (ofLogger && name.equals(LOG)) {
        super.visitInsn(Opcodes.POP2); // the logger and the level
        super.visitInsn(type.endsWith("Throwable;)V") ? Opcodes.POP2 : Opcodes.POP);
      } else if (ofLogger) {
        throw new IllegalStateException("another call of a logger: " + name + type);
      } else {
        super.visitMethodInsn(opcode, owner, name, type, isInterface);
      }
    }
  }
}
