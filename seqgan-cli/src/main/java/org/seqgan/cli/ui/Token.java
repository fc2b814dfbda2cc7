package org.seqgan.cli.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.Guard;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;

/**
 * A secret that only who reads the terminal knows: other users of this machine can reach the port
 * too. The first visit has it in the address; it then moves into a cookie that no script reads and
 * no other site sends.
 *
 * @param text the secret
 */
record Token(String text) implements Guard {
  private static final String COOKIE = "seqgan-token-";
  private static final String BEARER = "Bearer ";

  /** A new one, of 244 random bits. */
  static Token random() {
    return new Token((UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", ""));
  }

  @Override
  public Optional<Answer> before(Request request) {
    Optional<String> given = request.query("token");
    if (request.path().equals("/") && given.filter(this::isRight).isPresent()) {
      String cookie =
          "%s%d=%s; HttpOnly; SameSite=Strict; Path=/".formatted(COOKIE, request.port(), text);
      return Optional.of(Answer.seeOther("/").with(Map.of("Set-Cookie", cookie)));
    }
    Optional<String> header =
        request
            .header("Authorization")
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()));
    if (request.cookie(COOKIE + request.port()).or(() -> header).filter(this::isRight).isEmpty()) {
      throw new HttpProblem(401, "expected the address that 'seqgan ui' printed, with its token");
    }
    return Optional.empty();
  }

  private boolean isRight(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), text.getBytes(UTF_8));
  }
}
