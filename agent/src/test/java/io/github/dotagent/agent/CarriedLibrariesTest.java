package io.github.dotagent.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Of Byte Buddy the jar carries one package; the class path of the build has all of it. */
class CarriedLibrariesTest {
  @Test
  void byteBuddyIsUsedForTheCoreOfItsAsm() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("net.bytebuddy..").and(not(resideInAPackage("net.bytebuddy.jar.asm"))))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.dotagent.agent"));
  }
}
