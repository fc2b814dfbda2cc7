package org.seqgan.backend.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One layer alone knows how the driver is called. */
@AnalyzeClasses(packages = "org.seqgan.backend.cuda", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule jcudaOnlyInTheDriverLayer =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cuda.driver..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcuda..");

  @ArchTest
  static final ArchRule theDriverLayerKnowsNoTensors =
      noClasses()
          .that()
          .resideInAPackage("..cuda.driver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.seqgan.backend.cuda", "org.seqgan.api.backend..");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("org.seqgan.(**)").should().beFreeOfCycles();
}
