package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.PatternTokenizer;

class SmilesTest {
  /** Molecules of the OpenSMILES specification and of textbooks. */
  @ParameterizedTest
  @CsvSource({
    "CCO,C C O",
    "Clc1ccccc1Br,Cl c 1 c c c c c 1 Br",
    "C(=O)([O-])[NH3+],C ( = O ) ( [O-] ) [NH3+]",
    "F/C=C\\F,F / C = C \\ F",
    "N[C@@H](C)C(=O)O,N [C@@H] ( C ) C ( = O ) O",
    "C%12CCCCC%12.[Na+],C %12 C C C C C %12 . [Na+]",
    "C%(123)C%(123),C %(123) C %(123)",
    "CN1C=NC2=C1C(=O)N(C)C(=O)N2C,C N 1 C = N C 2 = C 1 C ( = O ) N ( C ) C ( = O ) N 2 C",
    "*C#N>>[13CH4]~P,* C # N > > [13CH4] ~ P",
    "C1$CC:1, C 1 $ C C : 1"
  })
  void anAtomABondABranchAndARingClosureAreATokenEach(String molecule, String tokens) {
    assertThat(tokens(molecule)).isEqualTo(List.of(tokens.split(" ")));
  }

  @Test
  void linesThatAreAllMoleculesAreLikelySome() {
    assertThat(areLikely("c1ccccc1", "CC(=O)O", "[Na+].[Cl-]", "CCO")).isTrue();
    assertThat(areLikely("c1ccccc1", "CC(=O)O", "no molecule")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bob", "CONSCIOUS", "555-1234", "(1)", "12:30", "[a]", "PIN", "O2"})
  void wordsAndNumbersAreNone(String line) {
    assertThat(areLikely(line, line + line)).isFalse();
  }

  @Test
  void nothingIsNone() {
    assertThat(areLikely()).isFalse();
  }

  private static boolean areLikely(String... lines) {
    Smiles smiles = new Smiles();
    List.of(lines).forEach(smiles::add);
    return smiles.areLikely();
  }

  private static List<String> tokens(String molecule) {
    return PatternTokenizer.of(Smiles.PATTERN, LetterCase.KEEP).tokenize(molecule);
  }
}
