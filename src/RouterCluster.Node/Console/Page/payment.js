// A payment by any of its numbers, and its story: everything that is known of it, on one time line.

import { byId, h, mark } from "/console/dom.js";
import { amount, clock, clockFine, count, span, words } from "/console/format.js";
import { get, look } from "/console/api.js";
import { caseOf, proposalView } from "/console/cases.js";

let shown = "";
let search = 0;
let others = [];
const OPEN_STATES = ["accepted", "processing", "action_required", "suspended"];

export function close() {
  shown = "";
  search++;
  reveal(false);
  byId("payment-body").replaceChildren();
}

/** The search field has the same name: the region has it only while there is something in it. */
function reveal(isShown) {
  byId("payment").hidden = !isShown;
  mark(byId("payment"), "aria-labelledby", isShown ? "payment-title" : null);
}

export async function find(number) {
  const mine = ++search;
  shown = number;
  const body = byId("payment-body");
  reveal(true);
  body.replaceChildren(h("p", { class: "empty" }, "Looking for it …"));
  byId("payment").scrollIntoView({ block: "nearest" });
  try {
    const { items } = await get(`/search?number=${encodeURIComponent(number)}`);
    if (mine !== search) return;
    if (items.length === 0) {
      body.replaceChildren(h("p", { class: "empty" },
        `No payment has the number ${number}. It may be the router's id, a merchant's number, or our number at the channel.`));
    } else {
      others = items.slice(1);
      await show(items[0], mine);
    }
  } catch (refused) {
    if (mine === search) body.replaceChildren(h("p", { class: "fault", role: "alert" }, `${refused.message}.`));
  }
}

/** A payment that is still under way is looked at again while it is shown. */
setInterval(() => {
  const body = byId("payment-body");
  const isOpen = OPEN_STATES.includes(body.dataset.state);
  if (shown && !byId("payment").hidden && isOpen && !body.contains(document.activeElement)) {
    show({ id: body.dataset.id }, search, true).catch(() => {});
  }
}, 3_000);

const choose = (items) => (items.length === 0 ? [] : [
  h("p", { class: "soft" }, `${count(items.length, "older payment")} ${items.length === 1 ? "has" : "have"} this number too:`),
  h("ul", { class: "found" }, items.map((one) => h("li", {},
    h("button", { type: "button", class: "number", onclick: () => find(one.id) }, one.id),
    ` ${one.merchant} ${one.order_no}, ${amount(one.amount, one.currency)}, ${words(one.state)}, ${clock(one.created_at)}`))),
]);

async function show(found, mine, isAgain = false) {
  const ask = isAgain ? look : get;
  const payment = isAgain ? await ask(`/payments/${found.id}`) : found;
  const isCase = payment.state === "suspended" || caseOf(payment.id) || payment.failure?.class === "decided"
    || payment.attempts.some((one) => one.class === "decided");
  const [explain, timeline, decided] = await Promise.all([
    ask(`/payments/${payment.id}/explain`),
    ask(`/payments/${payment.id}/timeline`),
    isCase ? ask(`/cases/${payment.id}`) : null,
  ]);
  if (mine !== search) return;
  const body = byId("payment-body");
  body.dataset.state = payment.state;
  body.dataset.id = payment.id;
  const open = new Set([...body.querySelectorAll("details[open]")].map((details) => details.dataset.no));
  body.replaceChildren(
    ...choose(others),
    head(payment),
    h("div", { class: "story" },
      h("div", {},
        h("h3", { id: "attempts-title" }, "Attempts"),
        payment.attempts.length === 0 ? h("p", { class: "empty" }, "Nothing has been sent for it.") : null,
        h("ol", { "aria-labelledby": "attempts-title", class: "attempts", role: "list" },
          payment.attempts.map((attempt) => attemptView(attempt, explain.attempts.find((one) => one.no === attempt.no), open)))),
      h("div", {},
        h("h3", { id: "story-title" }, "Story"),
        h("ol", { "aria-labelledby": "story-title", class: "line", role: "list" },
          steps(timeline).map(stepView)))),
    ...(decided?.proposals ?? []).filter((one) => one.state === "pending").map((one) => proposalView(decided, one)));
}

const LEVEL = { succeeded: "good", failed: "bad", suspended: "bad", returned: "bad" };

const head = (payment) => h("div", { class: "payment-head" },
  h("span", { class: "chip", "data-is": LEVEL[payment.state] ?? "open" }, words(payment.state)),
  h("b", { class: "sum" }, amount(payment.amount, payment.currency)),
  h("span", {}, `${words(payment.product)} of ${payment.merchant}, number ${payment.order_no}`),
  h("span", { class: "soft" }, `account ${payment.account.number}${payment.account.bank ? `, ${payment.account.bank}` : ""}`),
  h("code", {}, payment.id),
  payment.failure
    ? h("p", { class: "fault" }, failureWords(payment.failure))
    : null);

const failureWords = ({ code, channel, message, ...failure }) => [
  `Failed: ${words(failure.class)}`, code ? ` (${code})` : "", channel ? ` at ${channel}` : "", message ? `: ${message}` : "",
].join("");

function attemptView(attempt, reasons, open) {
  const isOpen = !attempt.ended_at;
  const took = isOpen ? null : (Date.parse(attempt.ended_at) - Date.parse(attempt.started_at)) / 1000;
  return h("li", {},
    h("div", { class: "attempt" },
      h("b", {}, `${attempt.no}. ${attempt.channel}`),
      h("span", { class: "chip", "data-is": LEVEL[attempt.state] ?? "open" }, words(attempt.state)),
      attempt.class ? h("span", {}, `${words(attempt.class)}${attempt.code ? ` (${attempt.code})` : ""}`) : null,
      took === null ? null : h("span", { class: "soft" }, `after ${fine(took)}`)),
    h("dl", {},
      h("dt", {}, "our number"), h("dd", {}, h("code", {}, attempt.order_no)),
      attempt.channel_order_no ? [h("dt", {}, "the channel's"), h("dd", {}, h("code", {}, attempt.channel_order_no))] : null),
    reasons ? h("details", { "data-no": String(attempt.no), open: open.has(String(attempt.no)) },
      h("summary", {}, `Why ${attempt.channel}`), why(reasons)) : null);
}

function why(reasons) {
  const rows = [
    ...reasons.candidates.map((one) => [one.channel, one.score.toFixed(4), one.channel === reasons.chosen ? "chosen" : ""]),
    ...reasons.excluded.map((one) => [one.channel, "–", `left out: ${words(one.reason)}`]),
  ];
  const more = [
    reasons.more_candidates ? count(reasons.more_candidates, "more candidate") : null,
    ...(reasons.more_excluded ?? []).map((one) => `${one.channels} more left out: ${words(one.reason)}`),
  ].filter(Boolean);
  return h("div", { class: "scroll" },
    h("table", {},
      h("thead", {}, h("tr", {},
        h("th", { scope: "col" }, "Channel"), h("th", { scope: "col", class: "n" }, "Score"),
        h("th", { scope: "col" }, h("span", { class: "away" }, "Result")))),
      h("tbody", {}, rows.map(([channel, score, result]) => h("tr", {},
        h("th", { scope: "row" }, channel), h("td", { class: "n" }, score), h("td", {}, result))))),
    h("small", { class: "soft" }, [
      `policy ${reasons.policy}`, reasons.draw === null ? null : `draw ${reasons.draw.toFixed(4)}`, ...more,
    ].filter(Boolean).join(", ")));
}

function fine(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : span(seconds);
}

/** How a kind of step is marked on the line. */
const MARKS = {
  accepted: "commit", state: "commit", route: "choice", send: "call", lane: "call", answer: "evidence", query: "evidence",
  notice: "evidence", webhook: "webhook",
};

/** Steps come in the order of their times, those that are due last. */
const steps = (timeline) => timeline.steps.map((one, index, all) => ({
  at: one.at, title: one.what, detail: one.detail, isDue: one.due === true, kind: one.due ? "wait" : MARKS[one.kind] ?? "person",
  since: index === 0 || one.due ? null : Date.parse(one.at) - Date.parse(all[index - 1].at),
  commit: one.commit ? `row ${one.commit.row} of book ${one.commit.book}, ${one.commit.at}` : null,
}));

const stepView = (one) => h("li", { "data-kind": one.kind },
  h("span", { class: "when" }, h("time", { datetime: one.at, title: one.commit ?? one.at }, clockFine(one.at)),
    one.isDue ? h("small", {}, "due") : null,
    one.since > 0 ? h("small", {}, `+${fine(one.since / 1000)}`) : null),
  h("div", {}, h("b", {}, one.title), one.detail ? h("p", {}, one.detail) : null));
