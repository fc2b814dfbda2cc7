/** The tags of runs, shown and changed. */
import {announce, button, fill, h, many} from "/app/dom.js";
import {send} from "/app/server.js";
import {store} from "/app/store.js";

export const LOCKED =
  "To set tags, stop and resume here, start seqgan ui with --allow-control.";

/** Tags as they are shown. */
export function chips(tags) {
  return (tags ?? []).map(tag => h("span", {class: "tag"}, tag));
}

/** A line to give several runs a tag, or to take it from them. */
export function tagEditor(ids) {
  const status = h("span", {role: "status"});
  const input = h("input", {
    type: "text",
    name: "tag",
    maxlength: "60",
    autocomplete: "off",
    keydown: event => {
      if (event.key === "Enter") {
        apply(true);
      }
    },
  });
  const apply = async add => {
    const tag = input.value.trim();
    if (!tag) {
      input.focus();
      return;
    }
    try {
      for (const id of ids()) {
        const tags = (store.runs.get(id)?.tags ?? []).filter(other => other !== tag);
        await send("PUT", `runs/${id}/tags`, {tags: add ? [...tags, tag] : tags});
      }
      status.textContent = "";
      announce(`${add ? "Gave" : "Took"} ${tag} ${add ? "to" : "from"} ${many(ids().length, "run")}`);
      input.value = "";
    } catch (problem) {
      status.textContent = problem.message;
    }
  };
  const box = h("div", {class: "controls"});
  return fill(
    box,
    h("label", {class: "field"}, h("span", {}, "Tag"), input),
    button("Give", () => apply(true)),
    button("Take away", () => apply(false)),
    status);
}
