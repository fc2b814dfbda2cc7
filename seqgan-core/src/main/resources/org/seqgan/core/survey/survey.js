(() => {
  "use strict";
  const by = id => document.getElementById(id);
  const survey = by("survey").dataset;
  const items = [...document.querySelectorAll(".item")];
  let judge = "";
  let answers = {};
  let at = 0;

  const place = () => "seqgan-survey/" + survey.survey + "/" + judge;
  // A browser may refuse to keep anything for a page that was opened as a file.
  const keeping = (() => {
    try {
      const probe = "seqgan-survey/probe";
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      return true;
    } catch (refused) {
      return false;
    }
  })();

  const keep = () => {
    if (keeping) {
      try {
        localStorage.setItem(place(), JSON.stringify({ answers, at }));
      } catch (full) {
        by("storage").textContent = "This browser has no room left to keep your progress.";
      }
    }
  };

  const recall = () => {
    answers = {};
    at = 0;
    if (keeping) {
      try {
        const kept = JSON.parse(localStorage.getItem(place())) || {};
        items.map(item => item.dataset.item).forEach(id => {
          if (typeof (kept.answers || {})[id] === "boolean") {
            answers[id] = kept.answers[id];
          }
        });
        at = Math.max(0, Math.min(items.length, Math.trunc(Number(kept.at)) || 0));
      } catch (unreadable) {
        answers = {};
      }
    }
  };

  const current = () => items[at].dataset.item;

  const sheet = () => {
    const given = {};
    items.map(item => item.dataset.item).forEach(id => {
      if (id in answers) {
        given[id] = answers[id];
      }
    });
    return JSON.stringify({ format: survey.format, survey: survey.survey, judge, answers: given }, null, 2);
  };

  const show = () => {
    dispatchEvent(new Event("seqgan-silence"));
    const done = Object.keys(answers).length;
    const ended = at === items.length;
    by("introduction").hidden = true;
    by("items").hidden = ended;
    by("end").hidden = !ended;
    items.forEach((item, index) => { item.hidden = index !== at; });
    if (ended) {
      by("count").textContent = "You answered " + done + " of " + items.length + " items."
        + (done === items.length ? "" : " You can go back and answer the others, or leave them out.");
      by("copy").value = sheet();
      by("where").textContent = "";
      by("thanks").focus();
    } else {
      by("place").textContent = "Item " + (at + 1) + " of " + items.length;
      by("progress").max = items.length;
      by("progress").value = done;
      by("yes").setAttribute("aria-pressed", String(answers[current()] === true));
      by("no").setAttribute("aria-pressed", String(answers[current()] === false));
      by("back").disabled = at === 0;
      by("forward").textContent = current() in answers ? "Next" : "Skip";
      by("place").focus();
      scrollTo(0, 0);
    }
  };

  const go = to => {
    at = Math.max(0, Math.min(items.length, to));
    keep();
    show();
  };

  const answer = value => {
    answers[current()] = value;
    go(at + 1);
  };

  const firstOpen = () => {
    const open = items.findIndex(item => !(item.dataset.item in answers));
    return open === -1 ? items.length - 1 : open;
  };

  // In a frame, "seqgan ui" shows this page, and keeps the answers itself.
  const framed = parent !== window;
  const hand = () => {
    by("where").textContent = "Saving\u2026";
    parent.postMessage({ seqganAnswers: sheet() }, "*");
  };
  if (framed) {
    addEventListener("message", event => {
      if (event.source === parent) {
        by("where").textContent = String((event.data || {}).seqganSaid || "");
      }
    });
  }

  const save = () => {
    const name = "answers-" + judge.replace(/[^\p{L}\p{N}_-]+/gu, "_") + ".json";
    const address = URL.createObjectURL(new Blob([sheet() + "\n"], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    by("where").textContent = "Saved as " + name + " in the downloads folder of this browser."
      + " Please send that file to the person who gave you this page.";
  };

  by("storage").textContent = keeping
    ? "You can close this page and go on later in the same browser: give the same name again."
    : "This browser does not keep your progress for this page: please answer it in one go.";
  by("start").addEventListener("submit", event => {
    event.preventDefault();
    judge = by("judge").value.trim();
    if (judge === "") {
      by("judge").value = "";
      by("judge").reportValidity();
      return;
    }
    recall();
    show();
  });
  by("yes").addEventListener("click", () => answer(true));
  by("no").addEventListener("click", () => answer(false));
  by("back").addEventListener("click", () => go(at - 1));
  by("forward").addEventListener("click", () => go(at + 1));
  by("again").addEventListener("click", () => go(firstOpen()));
  by("save").addEventListener("click", framed ? hand : save);
})();
