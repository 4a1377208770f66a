// The stream of events. It is "Live" while events come in; the node sends one every three seconds at least.

import { session } from "/console/api.js";
import { byId, say, mark } from "/console/dom.js";
import { heardTime } from "/console/format.js";

const TOPICS = ["channels", "alerts", "cases", "audit", "cluster", "storage", "history", "beat"];
const SILENCE = 10_000;
const PAUSE = 2_000;

let source = null;
let handlers = {};
let ended = () => {};
let heardAt = 0;
let retry = 0;

export function start(byTopic, whenEnded) {
  handlers = byTopic;
  ended = whenEnded;
  open();
}

export function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
  show("off", "Signed out");
}

/** Quiet is not well: a connection that was cut without a word is opened anew. */
setInterval(() => {
  if (source && heardAt && performance.now() - heardAt > SILENCE) again();
}, 1_000);

function open() {
  clearTimeout(retry);
  source?.close();
  heardAt = performance.now();
  const opened = new EventSource("/admin/v1/events");
  source = opened;
  for (const topic of TOPICS) {
    opened.addEventListener(topic, (event) => {
      heardAt = performance.now();
      show("on", "Live");
      const body = JSON.parse(event.data);
      if (topic === "beat") heardTime(body.at);
      handlers[topic]?.(body);
    });
  }
  // The stream's own session has ended; the person may have been active elsewhere in the page meanwhile.
  opened.addEventListener("end", () => again(0));
  opened.addEventListener("error", () => { if (source === opened) again(); });
}

function again(pause = PAUSE) {
  source?.close();
  source = null;
  show("off", "Reconnecting");
  retry = setTimeout(async () => {
    try {
      const who = await session.look();
      if (who.operator) open();
      else { stop(); ended(); }
    } catch {
      again();
    }
  }, pause);
}

function show(is, text) {
  const status = byId("live");
  mark(status, "data-is", is);
  say(status, text);
}
