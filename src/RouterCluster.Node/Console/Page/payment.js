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
  const [explain, webhooks, decided] = await Promise.all([
    ask(`/payments/${payment.id}/explain`),
    ask(`/notifications?payment=${payment.id}`),
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
          steps(payment, explain, webhooks.items, decided).map(stepView)))),
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

/** Steps in the order of their times; what was decided at one moment stays in the order in which it follows. */
function steps(payment, explain, webhooks, decided) {
  const told = [];
  const step = (at, kind, title, detail) => { if (at) told.push({ at, kind, title, detail, no: told.length }); };
  step(payment.created_at, "commit", "Accepted and written down",
    `${words(payment.product)} of ${amount(payment.amount, payment.currency)} for ${payment.merchant}, ${payment.order_no}`);
  for (const attempt of payment.attempts) {
    const reasons = explain.attempts.find((one) => one.no === attempt.no);
    const { channel, started_at: startedAt } = attempt;
    if (reasons) step(startedAt, "choice", `${reasons.chosen ?? channel} chosen by ${reasons.policy}`, choiceWords(reasons));
    step(startedAt, "call", `Attempt ${attempt.no} written down and handed to ${channel}`, `order ${attempt.order_no}`);
    if (attempt.first) {
      step(startedAt, "evidence", `${channel} at first: ${outcome(attempt.first)}`, "asked about until it was known");
    }
    if (attempt.ended_at) {
      step(attempt.ended_at, "evidence", `${attempt.channel}: ${outcome(attempt)}`,
        attempt.channel_order_no ? `its number ${attempt.channel_order_no}` : null);
    }
  }
  for (const reason of decided?.reasons ?? []) {
    step(reason.opened_at, "person", `Goes to people: ${words(reason.reason)}`, `evidence: ${words(reason.evidence)}`);
  }
  for (const proposal of decided?.proposals ?? []) {
    step(proposal.at, "person", `${proposal.by} proposes ${words(proposal.outcome)}`, `${proposal.reason}; ${proposal.evidence}`);
    if (proposal.settled) {
      const { at, by, reason } = proposal.settled;
      step(at, "person", `${words(proposal.state)} by ${by ?? "the router"}`, reason);
    }
  }
  if (!OPEN_STATES.includes(payment.state)) step(payment.updated_at, "commit", `Payment ${words(payment.state)}`, "written down");
  for (const webhook of webhooks) {
    step(webhook.last_attempt_at ?? webhook.created_at, "webhook", `Webhook ${webhook.type}: ${words(webhook.state)}`,
      [`${count(webhook.attempts, "call")} of ${webhook.url}`, webhook.last_status ?? words(webhook.last_error),
        webhook.next_attempt_at ? `next at ${clock(webhook.next_attempt_at)}` : null].filter(Boolean).join(", "));
  }
  told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.no - b.no);
  const last = payment.attempts.at(-1);
  if (OPEN_STATES.includes(payment.state) && last && !last.ended_at) {
    told.push({
      at: null, kind: "wait", title: `${last.channel} is asked about it`,
      detail: "nothing is sent a second time until the result is known",
    });
  } else if (payment.state === "accepted") {
    told.push({ at: null, kind: "wait", title: "Waits for a channel", detail: null });
  }
  return told.map((one, index) => ({
    ...one, since: index === 0 || !one.at ? null : Date.parse(one.at) - Date.parse(told[index - 1].at),
  }));
}

const outcome = (one) => (one.class ? `${words(one.class)}${one.code ? ` (${one.code})` : ""}` : "no result");

const choiceWords = (reasons) => [
  reasons.candidates.map((one) => `${one.channel} ${one.score.toFixed(3)}`).join(", "),
  reasons.excluded.map((one) => `${one.channel} left out (${words(one.reason)})`).join(", "),
].filter(Boolean).join("; ");

const stepView = (one) => h("li", { "data-kind": one.kind },
  h("span", { class: "when" }, one.at ? h("time", { datetime: one.at, title: one.at }, clockFine(one.at)) : "now",
    one.since > 0 ? h("small", {}, `+${fine(one.since / 1000)}`) : null),
  h("div", {}, h("b", {}, one.title), one.detail ? h("p", {}, one.detail) : null));
