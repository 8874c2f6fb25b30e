package io.github.dotagent.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * The classes directly in this package are loaded by the system loader, where an application sees
 * them: they may know the JDK and each other, never the classes that only the isolated loader
 * finds.
 */
class VisibleClassesTest {
  private static final String VISIBLE = "io.github.dotagent.agent";

  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(VISIBLE);

  @Test
  void knowTheJdkAndEachOtherAlone() {
    classes()
        .that()
        .resideInAPackage(VISIBLE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(VISIBLE, "java..")
        .check(AGENT);
  }

  /** The first lambda of a JVM costs tens of milliseconds, all of them before main. */
  @Test
  void holdNoLambda() throws IOException {
    List<String> lambdas = new ArrayList<>();
    for (JavaClass type : AGENT) {
      if (type.getPackageName().equals(VISIBLE)) {
        collectLambdas(type, lambdas);
      }
    }
    assertEquals(List.of(), lambdas);
  }

  private static void collectLambdas(JavaClass type, List<String> found) throws IOException {
    String file = '/' + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = VisibleClassesTest.class.getResourceAsStream(file)) {
      new ClassReader(bytes).accept(new LambdaFinder(type.getName(), found), 0);
    }
  }

  /** Writes down the methods that hold an invokedynamic: a lambda or a method reference. */
  private static final class LambdaFinder extends ClassVisitor {
    private final String type;
    private final List<String> found;

    LambdaFinder(String type, List<String> found) {
      super(Opcodes.ASM9);
      this.type = type;
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInvokeDynamicInsn(
            String name, String callDescriptor, Handle bootstrap, Object... arguments) {
          found.add(type + '.' + method);
        }
      };
    }
  }
}
