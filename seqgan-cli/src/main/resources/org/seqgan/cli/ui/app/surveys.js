/** Surveys: pages on which people judge sequences, and how many have answered. */
import {calmly, count, fill, h, table} from "/app/dom.js";
import {get} from "/app/server.js";

const UPDATE_PAUSE = 500;

export function open(host) {
  const status = h("p", {class: "quiet", role: "status"});
  const result = h("div", {class: "left"});
  fill(host, status, result);
  const read = async () => {
    try {
      const {surveys} = await get("surveys");
      status.textContent =
        surveys.length === 0
          ? "There are no surveys here. Make one with: seqgan survey RUN... --out FILE.html"
          : "A judge's answers are kept beside the page; score them with: "
            + "seqgan survey score FILE.key.json answers-*.json";
      fill(
        result,
        surveys.length === 0
          ? null
          : table(
              "Surveys",
              ["Survey", "Answers", "File"],
              surveys.map(({id, name, path, answers}) => [
                h("a", {href: "/survey/" + id, target: "_blank", rel: "noopener"}, name),
                count(answers),
                path,
              ])));
    } catch (problem) {
      status.textContent = problem.message;
    }
  };
  const again = calmly(read, UPDATE_PAUSE);
  // Answers change no run, so nothing says that they came; but a judge comes back to this window.
  addEventListener("focus", again);
  read();
  return {update: again, close: () => removeEventListener("focus", again)};
}
