package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;

/**
 * Reads a tune of an ABC file: the header up to {@code K:}, then fields and music (ABC standard
 * 2.1, sections 2 to 4).
 */
final class AbcTuneReader {
  private static final String ONLY_VOICE = "1";
  private static final int MOST_MACROS = 200;
  private static final Pattern UNIT = Pattern.compile("(\\d{1,4})(?:/(\\d{1,4}))?");
  private static final Pattern VOICE = Pattern.compile("(?:^|\\[)V:\\s*[^\\]\\s]");
  private static final Pattern SCOPE =
      Pattern.compile("propagate-accidentals\\s+(not|octave|pitch)\\s*");

  private final Map<String, AbcVoice> voices = new LinkedHashMap<>();
  private final Map<String, AbcShift.Change> shifts = new HashMap<>();
  private final List<AbcMacro> macros = new ArrayList<>();
  private final Omissions omissions = new Omissions();
  private final boolean namesVoices; // below the header
  private AbcSettings settings = AbcSettings.INITIAL;
  private boolean inHeader = true;
  private boolean hasVoices;
  private Optional<String> title = Optional.empty();
  private Optional<AbcLine> tempoLine = Optional.empty();
  private Optional<List<String>> partOrder = Optional.empty();
  private Optional<String> part = Optional.empty();
  private OptionalDouble tempo = OptionalDouble.empty();
  private Optional<String> current = Optional.empty();

  private AbcTuneReader(List<AbcLine> lines) {
    namesVoices =
        lines.stream()
            .dropWhile(line -> !line.text().startsWith("K:"))
            .anyMatch(line -> VOICE.matcher(withoutComment(line.text())).find());
  }

  /**
   * Reads a tune.
   *
   * @param fileHeader fields that hold for all tunes of the file
   * @param lines from {@code X:} on
   * @throws MusicException naming file, line and column of what cannot be read
   */
  static AbcTune read(List<AbcLine> fileHeader, List<AbcLine> lines) {
    AbcTuneReader reader = new AbcTuneReader(lines);
    fileHeader.forEach(reader::line);
    lines.forEach(reader::line);
    AbcLine first = lines.get(0);
    if (reader.inHeader) {
      throw first.error("this tune has no K: field, so no music");
    }
    reader.omissions.count(
        Omissions.Kind.MACRO, reader.macros.size()); // one that is used is an error
    Map<String, List<AbcEvent>> events = new LinkedHashMap<>();
    reader.voices.forEach((name, voice) -> events.put(name, voice.events()));
    return new AbcTune(
        first,
        reader.title.orElse(first.startsTune() ? "X:" + first.value() : "without a title"),
        events,
        reader.partOrder,
        reader.tempo,
        reader.omissions);
  }

  /** The voice that music is read into, in the part that the tune has come to. */
  AbcVoice voice() {
    AbcVoice voice = currentVoice();
    part.ifPresent(voice::enter);
    return voice;
  }

  private AbcVoice currentVoice() {
    return voices.computeIfAbsent(
        current.orElse(ONLY_VOICE),
        name ->
            new AbcVoice(
                settings
                    .withUnitFixed()
                    .withShift(shifts.getOrDefault(name, AbcShift.Change.NONE))));
  }

  /** Whether no voice of the music has begun, in a tune whose music names its voices. */
  private boolean isBeforeVoices() {
    return namesVoices && voices.isEmpty() && current.isEmpty();
  }

  private AbcSettings settings() {
    return isBeforeVoices() ? settings : currentVoice().settings();
  }

  /** Changes the settings of the current voice, or those that all voices will begin with. */
  private void set(AbcSettings changed) {
    if (isBeforeVoices()) {
      settings = changed;
    } else {
      currentVoice().set(changed);
    }
  }

  private void setTempo(double wholesPerMinute) {
    if (isBeforeVoices()) {
      tempo = OptionalDouble.of(wholesPerMinute);
    } else {
      currentVoice().add(new AbcEvent.Tempo(wholesPerMinute));
    }
  }

  void leaveOut(Omissions.Kind kind) {
    omissions.count(kind);
  }

  private void line(AbcLine line) {
    if (line.isDirective()) {
      directive(line.text().substring(2).strip());
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
    for (AbcMacro macro : macros) {
      if (macro.isIn(line.text())) {
        throw line.error(
            "macros (m:) are not read, and this line uses %s; write its notes out"
                .formatted(AbcLine.excerpt(macro.target())));
      }
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
      case 'M' -> settings = settings.withMeter(AbcMeter.parse(line, omissions));
      case 'L' -> settings = settings.withUnit(unit(line));
      case 'Q' -> tempoLine = Optional.of(line);
      case 'P' -> partOrder = AbcPartOrder.parse(line);
      case 'V' -> headerVoice(line);
      case 'K' -> {
        settings = settings.with(AbcKey.parse(line, omissions)).withUnitFixed();
        tempoLine.ifPresent(
            written -> tempo = AbcTempo.parse(written, settings.unitLength(), omissions));
        inHeader = false;
      }
      default -> otherField(line);
    }
  }

  /** A field within the music, on a line of its own or in brackets. */
  void bodyField(AbcLine line) {
    switch (line.text().charAt(0)) {
      case 'M' -> set(settings().withMeter(AbcMeter.parse(line, omissions)));
      case 'L' -> set(settings().withUnit(unit(line)));
      case 'K' -> set(settings().with(AbcKey.parse(line, omissions)));
      case 'Q' ->
          AbcTempo.parse(line, settings().unitLength(), omissions).ifPresent(this::setTempo);
      case 'P' -> part(line.value());
      case 'V' -> bodyVoice(line);
      default -> otherField(line);
    }
  }

  /** A part of all voices; those that are not begun, or not current, enter it with their music. */
  private void part(String label) {
    part = Optional.of(label);
    if (current.map(voices::containsKey).orElse(!hasVoices && !isBeforeVoices())) {
      currentVoice().startPart(label);
    }
  }

  /** Fields that mean the same in header and body, and those that are about no note. */
  private void otherField(AbcLine line) {
    switch (line.text().charAt(0)) {
      case 'I' -> directive(line.value());
      case 'w', 'W', 's' -> omissions.count(Omissions.Kind.LYRICS);
      case 'm' -> macro(line);
      default -> {}
    }
  }

  private void macro(AbcLine line) {
    if (macros.size() == MOST_MACROS) {
      throw line.error("expected at most %d macros (m:)".formatted(MOST_MACROS));
    }
    macros.add(AbcMacro.parse(line));
  }

  private void headerVoice(AbcLine line) {
    List<String> words = AbcWords.of(line.value());
    if (named(words)) {
      hasVoices = true;
      shifts.merge(words.get(0), shift(line, words), AbcShift.Change::then);
    }
  }

  private void bodyVoice(AbcLine line) {
    List<String> words = AbcWords.of(line.value());
    if (named(words)) {
      current = Optional.of(words.get(0));
      AbcShift.Change shift = shift(line, words);
      if (!shift.isNone()) {
        currentVoice().set(currentVoice().settings().withShift(shift));
      }
    }
  }

  private boolean named(List<String> words) {
    omissions.count(Omissions.Kind.NO_VOICE, words.isEmpty() ? 1 : 0);
    return !words.isEmpty();
  }

  /** What the words after the name of a voice say about its pitch. */
  private AbcShift.Change shift(AbcLine line, List<String> words) {
    AbcShift.Change shift = AbcShift.Change.NONE;
    for (String word : words.subList(1, words.size())) {
      Optional<AbcShift.Change> setting = AbcShift.parse(line, word, omissions);
      omissions.count(Omissions.Kind.CLEF, setting.isEmpty() ? 1 : 0);
      shift = shift.then(setting.orElse(AbcShift.Change.NONE));
    }
    return shift;
  }

  private void directive(String text) {
    Matcher scope = SCOPE.matcher(text);
    if (scope.matches()) {
      AbcSettings.Scope changed =
          AbcSettings.Scope.valueOf(scope.group(1).toUpperCase(Locale.ROOT));
      settings = settings.withScope(changed);
      voices.values().forEach(voice -> voice.set(voice.settings().withScope(changed)));
    } else if (!AbcText.isCharset(text)) {
      omissions.count(Omissions.Kind.DIRECTIVE);
    }
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
