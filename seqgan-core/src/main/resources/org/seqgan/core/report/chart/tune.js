(() => {
  "use strict";
  const Audio = window.AudioContext || window.webkitAudioContext;
  const LEAD = 0.05;
  let context = null;
  let stop = () => {};

  const play = (figure, button) => {
    stop();
    context = context || new Audio();
    context.resume();
    const begin = context.currentTime + LEAD;
    const notes = figure.dataset.notes.split(",").map(note => note.split(" ").map(Number));
    const sounding =
        notes.map(([pitch, start, seconds]) => soundNote(context, pitch, begin + start, seconds));
    const end = begin + Math.max(...notes.map(([, start, seconds]) => start + seconds));
    const head = figure.querySelector(".playhead");
    const roll = figure.querySelector(".roll");
    const frame = figure.querySelector(".scroll");
    let going = true;

    stop = () => {
      going = false;
      stop = () => {};
      sounding.forEach(oscillator => oscillator.stop());
      head.removeAttribute("transform");
      figure.classList.remove("playing");
      button.textContent = "Play";
    };

    const follow = () => {
      if (!going) {
        return;
      }
      if (context.currentTime > end) {
        stop();
        return;
      }
      const passed = Math.max(0, context.currentTime - begin);
      const along = passed * Number(figure.dataset.scale);
      head.setAttribute("transform", "translate(" + along + ")");
      frame.scrollLeft = along * roll.clientWidth / roll.viewBox.baseVal.width - frame.clientWidth / 2;
      requestAnimationFrame(follow);
    };

    button.textContent = "Stop";
    figure.classList.add("playing");
    follow();
  };

  document.querySelectorAll("figure.tune").forEach(figure => {
    const button = figure.querySelector(".play");
    if (!button) {
      return;
    }
    button.hidden = false;
    if (Audio) {
      button.addEventListener("click", () => {
        if (figure.classList.contains("playing")) {
          stop();
        } else {
          play(figure, button);
        }
      });
    } else {
      button.disabled = true;
      button.textContent = "This browser makes no sound";
    }
  });

  // Another item of the page has come into view, or the page goes.
  addEventListener("seqgan-silence", () => stop());
  addEventListener("pagehide", () => stop());
})();
