package io.github.dotagent.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Of two libraries the jar carries a part; the class path of the build has all of them. */
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

  @Test
  void gsonIsUsedForItsWriter() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("com.google.gson..")
                .and(not(type(JsonWriter.class)))
                .and(not(type(FormattingStyle.class))))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.dotagent.agent"));
  }
}
