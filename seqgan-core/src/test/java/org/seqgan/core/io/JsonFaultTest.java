package org.seqgan.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultTest {
  private static String words(String json) {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    return JsonFault.words(
        catchThrowableOfType(JsonProcessingException.class, () -> mapper.readTree(json)));
  }

  @Test
  void aFileThatWasCutIsToldWithThePlaceWhereItsLastObjectBegan() {
    assertThat(words("{\n  \"a\": {"))
        .isEqualTo(
            "Unexpected end-of-input: expected close marker for Object (start marker at line 2, column 8)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1",
        "{\"a\"",
        "{\"a\": tru",
        "{\"a\": \"b",
        "{\"a\": 1} }",
        "[1, 2}",
        "{a: 1}"
      })
  void noMessageIsOfTheParsersOwnBusiness(String json) {
    assertThat(words(json)).isNotBlank().doesNotContain("REDACTED", "Source", "Feature", "\n");
  }
}
