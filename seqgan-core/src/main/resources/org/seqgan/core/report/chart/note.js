/** Has a note sound: MIDI pitch, and when and for how long in seconds of an audio context. */
function soundNote(context, pitch, from, seconds) {
  const LOUDNESS = 0.2;
  const ATTACK = 0.01;
  const RELEASE = 0.04;
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const to = from + seconds;
  oscillator.type = "triangle";
  oscillator.frequency.value = 440 * Math.pow(2, (pitch - 69) / 12);
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + Math.min(ATTACK, seconds / 3));
  volume.gain.setValueAtTime(LOUDNESS, to - Math.min(RELEASE, seconds / 3));
  volume.gain.linearRampToValueAtTime(0, to);
  oscillator.connect(volume);
  volume.connect(context.destination);
  oscillator.start(from);
  oscillator.stop(to);
  return oscillator;
}
