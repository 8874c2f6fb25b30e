package io.github.dotagent;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * No two files of core and agent need each other, directly or over others, and no two packages:
 * each can be read, tested and moved by itself. Classes inside another one are of its file.
 */
class CirclesTest {
  private static final JavaClasses CORE_AND_AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.dotagent");

  @Test
  void bothModulesAreLookedAt() {
    assertTrue(CORE_AND_AGENT.contain("io.github.dotagent.dot.DotConnection"));
    assertTrue(CORE_AND_AGENT.contain("io.github.dotagent.agent.AgentPremain"));
  }

  @Test
  void noCircleBetweenFiles() {
    noCircle("file", CirclesTest::fileOf);
  }

  @Test
  void noCircleBetweenPackages() {
    noCircle("package", JavaClass::getPackageName);
  }

  private static void noCircle(String kind, Function<JavaClass, String> sliceOf) {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(sliceOf.apply(type));
              }

              @Override
              public String getDescription() {
                return "each " + kind;
              }
            })
        .namingSlices("$1")
        .should()
        .beFreeOfCycles()
        .check(CORE_AND_AGENT);
  }

  private static String fileOf(JavaClass type) {
    return type.getEnclosingClass().map(CirclesTest::fileOf).orElse(type.getName());
  }
}
