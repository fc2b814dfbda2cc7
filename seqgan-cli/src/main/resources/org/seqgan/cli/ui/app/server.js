/** What the page asks the server, and how it is told no. */

/** An answer that is no success; the message is for the reader. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks for something.
 *
 * @param path below /api/
 * @param query names and values; null is left out
 */
export async function get(path, query = {}, signal = undefined) {
  return (await answer(address(path, query), {signal})).json();
}

/**
 * Asks for something that may not have changed.
 *
 * @param tag of the answer that is at hand, or null
 * @return the body and its tag, or null where nothing changed
 */
export async function getChanged(path, tag) {
  const response = await answer(address(path, {}), tag ? {headers: {"If-None-Match": tag}} : {});
  return response.status === 304
    ? null
    : {body: await response.json(), tag: response.headers.get("ETag")};
}

/** Changes something. */
export async function send(method, path, body) {
  const response = await answer(address(path, {}), {
    method,
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** Asks for many runs in pieces of so many, one after another; calls back with each answer. */
export async function inPieces(path, runs, size, query, signal, piece) {
  for (let from = 0; from < runs.length; from += size) {
    const some = runs.slice(from, from + size).join(",");
    piece(await get(path, {runs: some, ...query}, signal));
  }
}

function address(path, query) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") {
      words.set(name, value);
    }
  }
  const text = words.toString().replaceAll("%2C", ",");
  return "/api/" + path + (text ? "?" + text : "");
}

async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (problem) {
    if (problem.name === "AbortError") {
      throw problem;
    }
    throw new Refusal(0, "seqgan ui does not answer; it may have been stopped");
  }
  if (response.ok || response.status === 304) {
    return response;
  }
  throw new Refusal(response.status, await reason(response));
}

async function reason(response) {
  if (response.status === 401) {
    return "open the page by the address that seqgan ui printed; this browser has no key for it";
  }
  try {
    return (await response.json()).error;
  } catch {
    return "the server answered " + response.status;
  }
}
