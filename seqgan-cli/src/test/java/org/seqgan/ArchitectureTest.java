package org.seqgan;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.ServiceLoader;
import org.seqgan.api.plugin.Provider;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.JsonFault;

/** The rules of the house. One that matches no class fails. */
@AnalyzeClasses(packages = "org.seqgan", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule apiStandsOnTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.seqgan.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.seqgan.api..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule nativeLibrariesOnlyInTheirBackend =
      noClasses()
          .that()
          .resideOutsideOfPackage("..backend.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "jdk.incubator..");

  @ArchTest
  static final ArchRule picocliOnlyInTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seqgan.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule typesafeConfigOnlyInConfig =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seqgan.core.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe..");

  @ArchTest
  static final ArchRule backendsAndTasksKnowNoSibling =
      slices()
          .matching("org.seqgan.(backend|tasks).(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule backendsAndTasksKnowOnlyTheApi =
      noClasses()
          .that()
          .resideInAnyPackage("org.seqgan.backend..", "org.seqgan.tasks..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.seqgan.core..", "org.seqgan.cli..");

  @ArchTest
  static final ArchRule coreAndProgramNameNoPlugin =
      noClasses()
          .that()
          .resideInAnyPackage("org.seqgan.core..", "org.seqgan.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.seqgan.backend..", "org.seqgan.tasks..");

  @ArchTest
  static final ArchRule providersTouchNoNativeLibrary =
      noClasses()
          .that()
          .implement(Provider.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule serviceLoaderOnlyInTheRegistry =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seqgan.core.registry..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ServiceLoader.class);

  @ArchTest
  static final ArchRule noHiddenRandomness =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule standardStreamsOnlyInTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seqgan.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule faultsOfJsonHaveOneWording =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(JsonFault.class.getName())
          .should()
          .callMethod(JsonProcessingException.class, "getMessage")
          .orShould()
          .callMethod(JsonProcessingException.class, "getOriginalMessage");

  @ArchTest
  static final ArchRule jsonIsWrittenInOneWay =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Json.class.getName())
          .should()
          .callMethodWhere(
              target(nameMatching("write(Value|Tree).*|toPrettyString"))
                  .and(target(owner(resideInAPackage("com.fasterxml.jackson.databind..")))));

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("org.seqgan.(**)").should().beFreeOfCycles();
}
