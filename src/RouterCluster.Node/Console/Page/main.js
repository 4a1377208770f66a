// Starts the page, signs people in and out, and says in a sentence or two how things are.

import { me, onSignedOut, session } from "/console/api.js";
import { byId, h, mark, redraw, say } from "/console/dom.js";
import { amount, count, list, span } from "/console/format.js";
import * as alerts from "/console/alerts.js";
import * as cases from "/console/cases.js";
import * as channels from "/console/channels.js";
import * as live from "/console/live.js";
import * as payment from "/console/payment.js";
import * as records from "/console/records.js";

const ACTIVITY_EVERY = 60_000;
const TITLE = "RouterCluster";
const ENDED = "The session has ended. Sign in again.";
let judged = [];
let isStorageAway = false;
let activeAt = 0;

function whereWords({ mode, environment }) {
  return `${mode === "live" ? "LIVE" : mode}, ${environment}`;
}

function enter(who) {
  Object.assign(me, who.operator);
  say(byId("where"), whereWords(who));
  mark(byId("where"), "data-mode", who.mode);
  say(byId("person"), `${me.name} · ${me.roles.join(", ")}`);
  byId("sign-in").hidden = true;
  byId("console").hidden = false;
  activeAt = performance.now();
  live.start({
    history: channels.heardHistory,
    channels: channels.heardChannels,
    alerts: alerts.heard,
    cases: cases.heard,
    audit: (body) => records.heardAudit(body, find),
    cluster: records.heardCluster,
    storage: (body) => { isStorageAway = body.away; summarize(); },
    beat: () => {},
  }, () => leave(ENDED));
  records.startPolicies();
}

function leave(why, who) {
  live.stop();
  records.stopPolicies();
  payment.close();
  channels.forget();
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  Object.assign(me, { name: "", roles: [] });
  document.title = TITLE;
  if (who) say(byId("sign-in-where"), whereWords(who));
  say(byId("sign-in-fault"), why);
  byId("console").hidden = true;
  byId("sign-in").hidden = false;
  byId("token").focus();
}

byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = byId("token");
  say(byId("sign-in-fault"), "");
  try {
    const who = await session.open(token.value);
    token.value = "";
    enter(who);
    byId("search").focus();
  } catch (refused) {
    say(byId("sign-in-fault"), refused.status === 401 ? "No operator has this token." : `${refused.message}.`);
    token.select();
  }
});

byId("sign-out").addEventListener("click", async () => {
  const who = await session.close().catch(() => null);
  leave("", who);
});

onSignedOut(() => { if (me.name) leave(ENDED); });

/** A session lasts while its person does something; a page that is merely open does not count. */
for (const kind of ["pointerdown", "keydown"]) {
  addEventListener(kind, () => {
    if (!me.name || performance.now() - activeAt < ACTIVITY_EVERY) return;
    activeAt = performance.now();
    session.who().then((who) => { if (!who.operator && me.name) leave(ENDED); }).catch(() => {});
  }, { passive: true });
}

function find(number) {
  byId("search").value = number;
  payment.find(number);
}

byId("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const number = byId("search").value.trim();
  if (number) payment.find(number);
  else payment.close();
});

byId("payment-close").addEventListener("click", () => { payment.close(); byId("search").focus(); });

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog");
  if (event.key !== "/" || isTyping || !me.name) return;
  event.preventDefault();
  byId("search").focus();
});

byId("filter").addEventListener("input", channels.draw);
cases.onShow(find);
cases.onChanged(summarize);
alerts.onChanged(summarize);
channels.onDrawn((now) => { judged = now; summarize(); });

const PLAIN = {
  3: ["is in trouble", "are in trouble"], 2: ["needs watching", "need watching"],
  1: ["was taken out by people", "were taken out by people"],
};

/** Money first, then channels, then what waits for people. */
function summarize() {
  const by = (level) => judged.filter((one) => one.level === level);
  const firing = alerts.active().filter((alert) => alert.state !== "muted");
  const pages = firing.filter((alert) => alert.severity === "page");
  const open = cases.current().items.length;
  const level = Math.max(0, ...judged.map((one) => (one.level === 1 ? 0 : one.level)), pages.length > 0 ? 3 : 0, open > 0 ? 2 : 0,
    firing.length > 0 || isStorageAway ? 2 : 0);
  const sentences = [channelWords(by), moneyWords(), cases.sentence(), isStorageAway
    ? "The storage cannot be reached: cases and audit are as they were before." : ""].filter(Boolean);
  mark(byId("summary"), "data-level", level);
  redraw(byId("summary"), sentences, () => sentences.map((text, at) => h("p", { class: at === 0 ? "first" : null }, text)));
  const wrong = by(3).length + pages.length + open;
  document.title = wrong > 0 ? `(${wrong}) ${TITLE}` : TITLE;
}

function channelWords(by) {
  if (judged.length === 0) return "Waiting for the first event.";
  if (by(0).length === judged.length) return `All ${count(judged.length, "channel")} are healthy.`;
  const named = [3, 2, 1].map((level) => [by(level).map((one) => one.channel.id), PLAIN[level]])
    .filter(([ids]) => ids.length > 0).map(([ids, [one, many]]) => `${list(ids, 3)} ${ids.length === 1 ? one : many}`);
  const well = by(0).length;
  return `${[...named, `${well === 0 ? "none" : well} ${well === 1 ? "is" : "are"} healthy`].join("; ")}.`;
}

function moneyWords() {
  const sums = new Map();
  let orders = 0;
  let oldest = 0;
  for (const { channel: { unknown } } of judged) {
    if (unknown.count === 0) continue;
    orders += unknown.count;
    oldest = Math.max(oldest, unknown.oldest_seconds);
    sums.set(unknown.currency ?? null, (sums.get(unknown.currency ?? null) ?? 0) + unknown.amount);
  }
  if (orders === 0) return judged.length > 0 ? "The result of every order is known." : "";
  const money = [...sums].map(([currency, minor]) => amount(minor, currency));
  return `${list(money)} of ${count(orders, "order")} without a known result, the oldest for ${span(oldest)}.`;
}

session.who().then((who) => {
  if (who.operator) enter(who);
  else leave("", who);
}).catch((refused) => leave(`${refused.message}.`));
