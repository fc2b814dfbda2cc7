"use strict";
// Looks through SEARCH_INDEX: [page, heading, address, text] of every section.
(() => {
  const MOST = 40;
  const AROUND = 90;
  const root = document.body.dataset.root;
  const query = document.getElementById("query");
  const results = document.getElementById("results");
  const count = document.getElementById("count");
  const found = document.getElementById("found");
  const sections = SEARCH_INDEX.map(([page, heading, address, text]) => ({
    page, heading, address, text,
    small: {page: page.toLowerCase(), heading: heading.toLowerCase(), text: text.toLowerCase()},
  }));

  // 2 where a word begins with it, 1 where it stands within a word, 0 where it is not.
  const strength = (text, word) => {
    let best = 0;
    for (let at = text.indexOf(word); at >= 0 && best < 2; at = text.indexOf(word, at + 1)) {
      best = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]) ? 2 : 1;
    }
    return best;
  };

  // Every word has to be somewhere; headings count most.
  const score = ({small}, words) => {
    let sum = 0;
    for (const word of words) {
      const one =
          8 * strength(small.heading, word) + 3 * strength(small.page, word) + strength(small.text, word);
      if (one === 0) {
        return 0;
      }
      sum += one;
    }
    const whole = words.join(" ");
    return sum + (small.heading === whole ? 40 : 0) + (small.text.includes(whole) ? 4 : 0);
  };

  const marked = (text, words) => {
    const part = document.createElement("p");
    const small = text.toLowerCase();
    const places = words.map(word => small.indexOf(word)).filter(at => at >= 0);
    const begin = Math.max(0, (places.length ? Math.min(...places) : 0) - AROUND);
    const end = begin + 3 * AROUND;
    const pattern = new RegExp(
        "(" + words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") + ")", "giu");
    const shown = (begin ? "… " : "") + text.slice(begin, end) + (end < text.length ? " …" : "");
    shown.split(pattern).forEach((piece, i) => {
      if (i % 2) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        part.append(mark);
      } else {
        part.append(piece);
      }
    });
    return part;
  };

  const item = (section, words) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = root + section.address;
    const isTitle = section.heading === section.page || section.heading === "";
    link.textContent = isTitle ? section.page : section.page + ": " + section.heading;
    link.addEventListener("click", close);
    entry.append(link, marked(section.text, words));
    return entry;
  };

  const show = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(word => word !== "");
    const isSearching = words.length > 0;
    results.hidden = !isSearching;
    document.body.classList.toggle("searching", isSearching);
    if (!isSearching) {
      return;
    }
    const hits = sections
        .map(section => ({section, value: score(section, words)}))
        .filter(hit => hit.value > 0)
        .sort((a, b) => b.value - a.value);
    const shown = hits.slice(0, MOST);
    count.textContent = hits.length > MOST ? `${hits.length} places, the best ${MOST}:`
        : hits.length === 1 ? "1 place" : `${hits.length} places`;
    found.replaceChildren(...shown.map(hit => item(hit.section, words)));
  };

  // A link to a place on this page leaves the page as it is, so the results have to go.
  const close = () => {
    query.value = "";
    show();
  };

  query.addEventListener("input", show);
  query.form.addEventListener("submit", event => {
    event.preventDefault();
    found.querySelector("a")?.click();
  });
  addEventListener("keydown", event => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape" && !results.hidden) {
      close();
    }
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    query.value = asked;
    show();
  }
})();
