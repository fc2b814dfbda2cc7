package org.seqgan.tasks.music;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a tune of an ABC file: the header up to {@code K:}, then fields and music (ABC standard
 * 2.1, sections 2 to 4).
 */
final class AbcTuneReader {
  private static final String ONLY_VOICE = "1";
  private static final Pattern UNIT = Pattern.compile("(\\d{1,4})(?:/(\\d{1,4}))?");
  private static final Pattern BEGIN = Pattern.compile("%%begin(\\w+).*");
  private static final Pattern SCOPE =
      Pattern.compile("propagate-accidentals\\s+(not|octave|pitch)\\s*");

  private final Map<String, AbcVoice> voices = new LinkedHashMap<>();
  private final AbcOmissions omissions = new AbcOmissions();
  private AbcSettings settings = AbcSettings.INITIAL;
  private boolean inHeader = true;
  private Optional<String> title = Optional.empty();
  private Optional<AbcLine> tempoLine = Optional.empty();
  private Optional<List<String>> partOrder = Optional.empty();
  private OptionalDouble tempo = OptionalDouble.empty();
  private Optional<String> current = Optional.empty();
  private Optional<String> skippedBlock = Optional.empty();

  private AbcTuneReader() {}

  /**
   * Reads a tune.
   *
   * @param fileHeader fields that hold for all tunes of the file
   * @param lines from {@code X:} on
   * @throws org.seqgan.api.UserException naming file, line and column of what cannot be read
   */
  static AbcTune read(List<AbcLine> fileHeader, List<AbcLine> lines) {
    AbcTuneReader reader = new AbcTuneReader();
    fileHeader.forEach(reader::line);
    lines.forEach(reader::line);
    AbcLine first = lines.get(0);
    if (reader.inHeader) {
      throw first.error("this tune has no K: field, so no music");
    }
    Map<String, List<AbcEvent>> events = new LinkedHashMap<>();
    reader.voices.forEach((name, voice) -> events.put(name, voice.events()));
    return new AbcTune(
        first,
        reader.title.orElse("X:" + first.value()),
        events,
        reader.partOrder,
        reader.tempo,
        reader.omissions);
  }

  /** The voice that music is read into. */
  AbcVoice voice() {
    return voices.computeIfAbsent(
        current.orElse(ONLY_VOICE), name -> new AbcVoice(settings.withUnitFixed()));
  }

  void leaveOut(AbcOmissions.Kind kind) {
    omissions.count(kind);
  }

  private void line(AbcLine line) {
    if (skippedBlock.isPresent()) {
      if (line.text().startsWith("%%end" + skippedBlock.get())) {
        skippedBlock = Optional.empty();
      }
      return;
    }
    if (line.text().startsWith("%%")) {
      directive(line.text().substring(2).strip());
      Matcher begin = BEGIN.matcher(line.text());
      skippedBlock = begin.matches() ? Optional.of(begin.group(1)) : Optional.empty();
      return;
    }
    AbcLine plain = new AbcLine(line.file(), line.number(), withoutComment(line.text()));
    if (plain.isField()) {
      field(plain);
    } else if (!plain.text().isBlank()) {
      music(plain);
    }
  }

  private static String withoutComment(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (at == 0 || text.charAt(at - 1) != '\\') {
        return text.substring(0, at);
      }
    }
    return text;
  }

  private void music(AbcLine line) {
    if (inHeader) {
      throw line.error("expected a field such as K:G before the music");
    }
    new AbcMusicLine(this, line).read();
  }

  private void field(AbcLine line) {
    if (inHeader) {
      headerField(line);
    } else {
      bodyField(line);
    }
  }

  private void headerField(AbcLine line) {
    switch (line.text().charAt(0)) {
      case 'T' -> title = title.or(() -> Optional.of(line.value()).filter(text -> !text.isBlank()));
      case 'M' -> settings = settings.withMeter(AbcMeter.parse(line));
      case 'L' -> settings = settings.withUnit(unit(line));
      case 'Q' -> tempoLine = Optional.of(line);
      case 'P' -> partOrder = Optional.of(AbcPartOrder.parse(line));
      case 'K' -> {
        settings = settings.withKey(AbcKey.parse(line, omissions)).withUnitFixed();
        tempoLine.ifPresent(written -> tempo = AbcTempo.parse(written, settings.unitLength()));
        inHeader = false;
      }
      default -> otherField(line);
    }
  }

  /** A field within the music, on a line of its own or in brackets. */
  void bodyField(AbcLine line) {
    switch (line.text().charAt(0)) {
      case 'M' -> voice().set(voice().settings().withMeter(AbcMeter.parse(line)));
      case 'L' -> voice().set(voice().settings().withUnit(unit(line)));
      case 'K' -> voice().set(voice().settings().withKey(AbcKey.parse(line, omissions)));
      case 'Q' ->
          AbcTempo.parse(line, voice().settings().unitLength())
              .ifPresent(wholes -> voice().add(new AbcEvent.Tempo(wholes)));
      case 'P' -> voice().add(new AbcEvent.Part(line.value()));
      case 'V' -> current = Optional.of(voiceName(line));
      case 'X' -> throw line.error("expected an empty line before the next tune");
      default -> otherField(line);
    }
  }

  /** Fields that mean the same in header and body, and those that are about no note. */
  private void otherField(AbcLine line) {
    switch (line.text().charAt(0)) {
      case 'I' -> directive(line.value());
      case 'V' -> omissions.count(AbcOmissions.Kind.CLEF);
      case 'w', 'W', 's' -> omissions.count(AbcOmissions.Kind.LYRICS);
      case 'm' -> throw line.error("macros (m:) are not read; write their notes out");
      default -> {}
    }
  }

  private static String voiceName(AbcLine line) {
    String name = line.value().split("\\s+", 2)[0];
    if (name.isEmpty()) {
      throw line.error("expected the name of a voice after V:");
    }
    return name;
  }

  private void directive(String text) {
    Matcher scope = SCOPE.matcher(text);
    if (!scope.matches()) {
      omissions.count(AbcOmissions.Kind.DIRECTIVE);
      return;
    }
    AbcSettings.Scope changed = AbcSettings.Scope.valueOf(scope.group(1).toUpperCase(Locale.ROOT));
    settings = settings.withScope(changed);
    voices.values().forEach(voice -> voice.set(voice.settings().withScope(changed)));
  }

  private static Fraction unit(AbcLine line) {
    Matcher matcher = UNIT.matcher(line.value().replaceAll("\\s", ""));
    long numerator = 0;
    long denominator = 0;
    if (matcher.matches()) {
      numerator = Long.parseLong(matcher.group(1));
      denominator = matcher.group(2) == null ? 1 : Long.parseLong(matcher.group(2));
    }
    if (numerator == 0 || denominator == 0) {
      throw line.error("expected a length such as 1/8, found " + AbcLine.excerpt(line.value()));
    }
    return new Fraction(numerator, denominator);
  }
}
