// Alerts: pages first, each with the alerts that it explains below it.

import { byId, h, mark, redraw, redrawAtRest, say } from "/console/dom.js";
import { ago, age, clock, words } from "/console/format.js";
import { look, me, post } from "/console/api.js";
import { ask, field } from "/console/dialog.js";

let items = [];
let whenChanged = () => {};

export const onChanged = (handler) => { whenChanged = handler; };
export const active = () => items.filter((alert) => alert.state !== "resolved");

export const heard = (body) => show(body.items);

/** After a change of one's own, whose result the stream brings a moment later. */
async function refresh() {
  show((await look("/alerts")).items);
}

function show(all) {
  items = all;
  draw();
  whenChanged();
}

const SEVERITIES = ["page", "watch"];

function draw() {
  const body = byId("alerts-body");
  const shown = active();
  const firing = shown.filter((alert) => alert.state !== "muted").length;
  const muted = shown.length - firing;
  say(byId("alerts-count"), shown.length === 0 ? "" : `${firing} active${muted > 0 ? `, ${muted} muted` : ""}`);
  mark(byId("alerts"), "data-quiet", shown.length === 0 ? "yes" : null);
  // One that comes or goes is shown at once.
  const ids = JSON.stringify(shown.map((alert) => alert.id));
  const isSameList = body.dataset.ids === ids;
  body.dataset.ids = ids;
  (isSameList ? redrawAtRest : redraw)(body, [shown, me.name, Math.floor(Date.now() / 30_000)], () => {
    if (shown.length === 0) return h("p", { class: "empty" }, "No alert is active.");
    const known = new Set(shown.map((alert) => alert.id));
    const roots = shown.filter((alert) => !alert.caused_by || !known.has(alert.caused_by));
    roots.sort((a, b) => Number(a.state === "muted") - Number(b.state === "muted")
      || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.since < b.since ? -1 : 1));
    return h("ul", { class: "alerts" }, roots.map((alert) => entry(alert, shown)));
  });
}

function entry(alert, all) {
  const consequences = all.filter((other) => other.caused_by === alert.id);
  const isMuted = alert.state === "muted";
  const subject = Object.values(alert.subject ?? {}).filter(Boolean).join(" · ") || alert.channel;
  return h("li", { "data-severity": alert.severity, "data-muted": isMuted },
    h("div", { class: "alert" },
      h("span", { class: "severity" }, alert.severity),
      h("div", {},
        h("b", {}, words(alert.rule)), subject ? ` ${subject}` : "",
        h("p", {}, alert.message),
        h("small", {}, `for ${age(alert.since)}, since ${clock(alert.since)}`,
          isMuted ? `; muted by ${alert.muted_by} until ${clock(alert.muted_until)}` : "",
          alert.runbook?.startsWith("http") ? [" · ", h("a", { href: alert.runbook, rel: "noreferrer" }, "run-book")] : "")),
      muteButton(alert, isMuted)),
    consequences.length > 0
      ? h("ul", { "aria-label": "Follows from it" }, consequences.map((other) => entry(other, all)))
      : null);
}

function muteButton(alert, isMuted) {
  const change = { disabled: !me.may("operator"), type: "button" };
  return isMuted
    ? h("button", { ...change, onclick: () => unmute(alert) }, "Unmute")
    : h("button", { ...change, onclick: () => mute(alert) }, "Mute");
}

const LENGTHS = [["30m", "30 minutes"], ["2h", "2 hours"], ["8h", "8 hours"], ["24h", "a day"]];

function mute(alert) {
  const length = field("For", h("select", { name: "for" }, LENGTHS.map(([value, text]) => h("option", { value }, text))));
  ask({
    title: `Mute ${words(alert.rule)}`,
    fields: [length],
    effect: (values) => [
      `Nobody is told of it for ${LENGTHS.find(([value]) => value === (values.for ?? "30m"))?.[1] ?? ""}; it stays in this list.`,
      `It has been active since ${clock(alert.since)}, ${ago(alert.since)}.`,
    ],
    carryOut: async (values) => {
      await post(`/alerts/${encodeURIComponent(alert.id)}/mute`, { for: values.for, reason: values.reason });
      await refresh();
    },
  });
}

function unmute(alert) {
  ask({
    title: `Unmute ${words(alert.rule)}`,
    reason: false,
    effect: () => ["People are told of it again, at once if it is still active."],
    carryOut: async () => {
      await post(`/alerts/${encodeURIComponent(alert.id)}/unmute`);
      await refresh();
    },
  });
}
