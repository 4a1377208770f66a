// The table of channels. What is wrong stands first and is loud; what is healthy is quiet.

import { byId, say, mark } from "/console/dom.js";
import { amount, ago, clock, count, list, percent, span, words } from "/console/format.js";
import { me } from "/console/api.js";
import { adjust, exclude, move, part } from "/console/channel-dialogs.js";

const MANY = 12;
const LOW_SUCCESS = 0.9;
const OLD_UNKNOWN_SECONDS = 300;
const FULL_QUEUE = 50;
const LEVELS = { trouble: 3, watch: 2, out: 1, well: 0 };

const all = new Map();
const rows = new Map();
const rates = new Map();
let points = 60;
let everySeconds = 10;
let order = "";
let pending = 0;
let whenDrawn = () => {};

export const onDrawn = (handler) => { whenDrawn = handler; };
export const channels = () => [...all.values()];

export function heardHistory(body) {
  points = body.points;
  if (everySeconds !== body.every_seconds) everySeconds = body.every_seconds;
  for (const [id, past] of Object.entries(body.rates)) rates.set(id, past);
  schedule();
}

export function heardChannels(body) {
  if (body.full) all.clear();
  for (const channel of body.items) all.set(channel.id, channel);
  schedule();
}

export function forget() {
  all.clear();
  rates.clear();
  rows.clear();
  order = "";
  byId("rows").replaceChildren();
}

/** The line moves on by itself; the node sends its past only once. */
setInterval(() => {
  for (const channel of all.values()) {
    const past = rates.get(channel.id) ?? [];
    past.push(channel.success_rate);
    if (past.length > points) past.shift();
    rates.set(channel.id, past);
  }
  if (all.size > 0) schedule();
}, everySeconds * 1000);

/** What is the matter with a channel: the words to show, and how loud. */
export function judge(channel) {
  const { submit, query, outage, closed, unknown } = channel;
  const notes = [];
  let level = LEVELS.well;
  const note = (how, ...texts) => { level = Math.max(level, how); notes.push(...texts); };

  if (channel.lifecycle === "no_owner") note(LEVELS.trouble, "no node has it");
  else if (["disabled", "draining", "retired"].includes(channel.lifecycle)) level = LEVELS.out;
  if (outage) note(outage.level === "down" ? LEVELS.trouble : LEVELS.watch, outage.level, `since ${clock(outage.since)}`);
  if (submit.breaker === "open") note(LEVELS.trouble, "breaker open");
  if (submit.breaker === "half_open") note(LEVELS.watch, "breaker trying");
  if (submit.breaker === "isolated") note(LEVELS.out, "isolated by hand");
  if (query.breaker === "open") note(LEVELS.watch, "questions stopped");
  if (closed && closed.why !== "lifecycle") {
    note(LEVELS.watch, words(closed.why), ...(closed.until ? [`until ${clock(closed.until)}`] : []));
  } else if (channel.maintenance_until) {
    note(LEVELS.watch, "maintenance", `until ${clock(channel.maintenance_until)}`);
  }
  if (channel.exclusions?.length > 0) note(LEVELS.well, `off: ${list(channel.exclusions.map(part), 2)}`);
  if (unknown.oldest_seconds >= OLD_UNKNOWN_SECONDS) note(LEVELS.trouble, `unknown for ${span(unknown.oldest_seconds)}`);
  else if (unknown.count > 0) note(LEVELS.watch, "results unknown");
  if (level < LEVELS.watch && channel.enabled && channel.success_rate !== null && channel.success_rate < LOW_SUCCESS) {
    note(LEVELS.watch, "low success");
  }
  if (submit.queue >= FULL_QUEUE) note(LEVELS.watch, "orders wait");
  return { level, notes };
}

function schedule() {
  if (!pending) pending = requestAnimationFrame(() => { pending = 0; draw(); });
}

export function draw() {
  performance.clearMarks("channels");
  performance.mark("channels");
  const judged = [...all.values()].map((channel) => ({ channel, ...judge(channel) }));
  judged.sort((a, b) => b.level - a.level || (a.channel.id < b.channel.id ? -1 : 1));
  for (const one of judged) drawRow(one);
  arrange(judged);
  byId("filter-label").hidden = all.size <= MANY;
  say(byId("channels-count"), all.size > MANY ? count(all.size, "channel") : "");
  whenDrawn(judged);
  performance.measure("channels drawn", "channels");
}

function drawRow({ channel, level, notes }) {
  const row = rows.get(channel.id) ?? addRow(channel);
  const { cells } = row;
  mark(row.element, "data-level", level);
  const isOut = level === LEVELS.out || !channel.enabled;
  say(cells.state.firstChild, isOut || level === LEVELS.well ? words(channel.lifecycle) : notes[0] ?? words(channel.lifecycle));
  say(cells.state.lastChild, isOut || level === LEVELS.well ? notes.join(", ") : notes.slice(1).join(", "));
  say(cells.rate, percent(channel.success_rate));
  mark(cells.rate, "data-low", channel.success_rate !== null && channel.success_rate < LOW_SUCCESS ? "yes" : null);
  line(cells.path, rates.get(channel.id) ?? [], channel.success_rate);
  say(cells.latency, channel.submit.p99_ms === 0 ? "–" : `${channel.submit.p50_ms} / ${channel.submit.p99_ms}`);
  say(cells.flight, `${channel.submit.in_flight} / ${channel.submit.budget}`);
  mark(cells.flight, "data-full", channel.submit.in_flight >= channel.submit.budget ? "yes" : null);
  say(cells.queue, String(channel.submit.queue));
  say(cells.breaker, words(channel.submit.breaker));
  mark(cells.breaker, "data-is", channel.submit.breaker);
  say(cells.share, percent(channel.traffic_share));
  const { unknown } = channel;
  say(cells.unknown.firstChild, unknown.count === 0 ? "0" : amount(unknown.amount, unknown.currency));
  say(cells.unknown.lastChild, unknown.count === 0 ? "" : `${count(unknown.count, "order")}, ${span(unknown.oldest_seconds)}`);
  mark(cells.unknown, "data-some", unknown.count > 0 ? "yes" : null);
  const { changed } = channel;
  say(cells.changed.firstChild, changed ? `${changed.by}, ${ago(changed.at)}` : "–");
  say(cells.changed.lastChild, changed ? [changed.what, changed.reason].filter(Boolean).join(": ") : "");
  mark(cells.changed, "title", changed
    ? [`${changed.what} at ${clock(changed.at)}`, changed.reason].filter(Boolean).join(": ")
    : null);
  offer(row.buttons, channel);
}

/** A button that would change nothing, or that the person may not use, is there and cannot be pressed. */
function offer(buttons, channel) {
  const may = me.may("operator") && channel.lifecycle !== "retired";
  const usable = {
    disable: channel.lifecycle !== "disabled", enable: !channel.enabled,
    drain: channel.lifecycle !== "draining" && channel.lifecycle !== "disabled", adjust: true, part: true,
  };
  for (const button of buttons) {
    const isUsable = may && usable[button.dataset.do];
    if (button.disabled === isUsable) button.disabled = !isUsable;
    mark(button, "title", may ? null : "Needs the role operator");
  }
}

function addRow(channel) {
  const element = byId("row").content.firstElementChild.cloneNode(true);
  const [name, state, success, latency, flight, queue, breakerCell, share, unknown, changed] = element.children;
  const buttons = [...element.querySelectorAll("button")];
  name.textContent = channel.id;
  name.id = `channel-${channel.id}`;
  for (const button of buttons) {
    button.setAttribute("aria-describedby", name.id);
    button.addEventListener("click", () => press(button.dataset.do, channel.id));
  }
  const row = {
    element, buttons,
    cells: {
      state, unknown, changed, path: success.querySelector("path"), rate: success.querySelector("span"),
      latency: latency.firstChild, flight: flight.firstChild, queue: queue.firstChild, breaker: breakerCell.firstChild,
      share: share.firstChild,
    },
  };
  rows.set(channel.id, row);
  return row;
}

function press(what, id) {
  const told = (changed) => heardChannels({ full: false, items: [changed] });
  if (what === "part") exclude(all.get(id), told);
  else if (what === "adjust") adjust(all.get(id), channels(), told);
  else move(what, all.get(id), channels(), told);
}

/** Rows change places only while nobody's pointer or focus is among them: a button must not move away from under a finger. */
function arrange(judged) {
  const wanted = byId("filter").value.trim().toLowerCase();
  const shown = judged.filter(({ channel }) => channel.id.toLowerCase().includes(wanted));
  const empty = byId("channels-empty");
  empty.hidden = shown.length > 0;
  say(empty, all.size === 0 ? "No channel has been heard of yet." : "No channel has such a name.");
  const next = shown.map(({ channel }) => channel.id).join(" ");
  const body = byId("rows");
  const isNew = shown.length !== body.childElementCount;
  if (next === order || (!isNew && (body.matches(":hover") || body.contains(document.activeElement)))) return;
  order = next;
  body.replaceChildren(...shown.map(({ channel }) => rows.get(channel.id).element));
}

/** The best is at the top; below one half everything is equally bad. */
function line(path, past, rate) {
  const values = [...past.slice(-points + 1), rate];
  const step = 70 / (points - 1);
  let text = "";
  let isDown = false;
  values.forEach((value, index) => {
    if (value === null || value === undefined) { isDown = false; return; }
    const x = 1 + (points - values.length + index) * step;
    const y = 2 + (1 - Math.max(0, (value - 0.5) * 2)) * 18;
    text += `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  });
  if (text && !text.includes("L")) text += "h1";
  mark(path, "d", text);
}
