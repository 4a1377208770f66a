// Payments that people have to decide: one proposes, another approves what the first has seen.

import { byId, h, redraw, redrawAtRest, say } from "/console/dom.js";
import { age, amount, clock, count, words } from "/console/format.js";
import { me, post } from "/console/api.js";
import { ask, field } from "/console/dialog.js";

let open = { items: [], next: null };
let whenChanged = () => {};
let showPayment = () => {};

export const onChanged = (handler) => { whenChanged = handler; };
export const onShow = (handler) => { showPayment = handler; };
export const current = () => open;
export const caseOf = (payment) => open.items.find((one) => one.id === payment);
export const howMany = () => `${open.items.length}${open.next ? "+" : ""}`;

export function heard(body) {
  open = body;
  draw();
  whenChanged();
}

export function draw() {
  say(byId("cases-count"), open.items.length === 0 ? "" : `${howMany()} open`);
  const body = byId("cases-body");
  // What comes, goes or is decided is shown at once.
  const states = JSON.stringify(open.items.map((one) => [one.id, one.proposals.map((proposal) => proposal.state)]));
  const isSameList = body.dataset.states === states;
  body.dataset.states = states;
  (isSameList ? redrawAtRest : redraw)(body, [open, me.name, Math.floor(Date.now() / 30_000)], () => (open.items.length === 0
    ? h("p", { class: "empty" }, "No payment waits for people.")
    : h("ul", { class: "cases" }, open.items.map(entry))));
}

function entry(one) {
  const { payment } = one;
  const pending = one.proposals.filter((proposal) => proposal.state === "pending");
  const reasons = one.reasons.filter((reason) => reason.open);
  return h("li", {},
    h("div", { class: "case" },
      h("button", { type: "button", class: "number", onclick: () => showPayment(one.id) }, payment.order_no),
      h("b", {}, amount(payment.amount, payment.currency)),
      h("span", { class: "soft" },
        `${payment.merchant}, ${words(payment.product)}${payment.channel ? ` at ${payment.channel}` : ""}`),
      h("span", { class: "soft" }, `for ${age(reasons[0]?.opened_at ?? payment.updated_at)}`),
      pending.length === 0
        ? h("button", { type: "button", disabled: !me.may("operator"), onclick: () => propose(one) }, "Propose")
        : null),
    h("p", {}, reasons.length > 0 ? reasons.map((reason) => reasonWords(reason)).join("; ") : "suspended"),
    pending.map((proposal) => proposalView(one, proposal)));
}

const reasonWords = (reason) => `${words(reason.reason)}${reason.attempt ? ` of attempt ${reason.attempt}` : ""}`;

/** Nobody settles an own proposal: the button says so before the router does. */
export function proposalView(one, proposal) {
  const isOwn = proposal.by === me.name;
  const may = me.may("approver") && !isOwn;
  const why = isOwn ? "Another person has to decide on your proposal" : "Needs the role approver";
  return h("div", { class: "proposal" },
    h("p", {}, h("b", {}, `${proposal.by} proposes: ${words(proposal.outcome)}`), ` – ${proposal.reason}`),
    h("p", { class: "soft" }, `Evidence: ${proposal.evidence}`),
    proposal.current
      ? null
      : h("p", { class: "fault" }, "The payment has changed since; the proposal cannot be approved any more."),
    h("small", { class: "soft" }, `until ${clock(proposal.expires_at)}${may ? "" : ` · ${why}`}`),
    h("div", { class: "buttons" },
      h("button", { type: "button", disabled: !may, onclick: () => settle(one, proposal, "reject") }, "Reject"),
      h("button", { type: "button", class: "primary", disabled: !may || !proposal.current,
        onclick: () => settle(one, proposal, "approve") }, "Approve")));
}

const OUTCOMES = {
  succeeded: ({ merchant, ...payment }) =>
    `The payment ends as succeeded: ${amount(payment.amount, payment.currency)} count as moved, and ${merchant} is told.`,
  failed: ({ merchant }) =>
    `The payment ends as failed: no money counts as moved, ${merchant} is told, and may send it again under another number.`,
  keep_asking: () => "The channel is asked again, until it answers or the payment comes back to people.",
  release: () => "It is sent: it was held back as a duplicate before anything had left.",
};

export function propose(one) {
  const { payment } = one;
  const offered = Object.keys(OUTCOMES).filter((outcome) => {
    if (outcome === "release") return payment.attempts.length === 0 && payment.state === "suspended";
    return outcome !== "keep_asking" || (payment.state === "suspended" && payment.attempts.length > 0);
  });
  const outcome = field("Outcome", h("select", { name: "outcome", required: true },
    offered.map((name) => h("option", { value: name }, words(name)))));
  const evidence = field("Evidence", h("textarea", {
    name: "evidence", rows: 3, required: true, maxlength: 2000, placeholder: "what shows it: a statement's line, a mail, a call",
  }), "Kept for ever, so without card numbers.");
  ask({
    title: `Propose an end of ${payment.order_no}`,
    fields: [outcome, evidence],
    effect: (values) => [
      OUTCOMES[values.outcome]?.(payment) ?? "",
      "Nothing happens before another person has approved it.",
    ],
    carryOut: async (values) => {
      const proposal = await post(`/cases/${one.id}/proposals`, {
        outcome: values.outcome, reason: values.reason, evidence: values.evidence,
      });
      one.proposals = [...one.proposals.filter((known) => known.no !== proposal.no), proposal];
      draw();
      whenChanged();
    },
  });
}

function settle(one, proposal, verb) {
  const { payment } = one;
  const isApproval = verb === "approve";
  ask({
    title: `${isApproval ? "Approve" : "Reject"} the proposal of ${proposal.by}`,
    reason: !isApproval,
    fields: isApproval ? [field("Reason, if it needs one", h("input", {
      name: "reason", type: "text", autocomplete: "off", maxlength: 500,
    }))] : [],
    danger: isApproval,
    effect: () => (isApproval
      ? [OUTCOMES[proposal.outcome]?.(payment) ?? words(proposal.outcome), `${proposal.by} says: ${proposal.reason}`,
        `Evidence: ${proposal.evidence}`]
      : ["The payment stays as it is, and anybody may propose anew.", `${proposal.by} had said: ${proposal.reason}`]),
    carryOut: async (values) => {
      const decided = await post(`/cases/${one.id}/proposals/${proposal.no}/${verb}`,
        isApproval ? { digest: proposal.digest, reason: values.reason || null } : { reason: values.reason });
      const isOpen = decided.payment.state === "suspended" || decided.reasons.some((reason) => reason.open);
      open = { ...open, items: open.items.flatMap((known) => {
        if (known.id !== decided.id) return [known];
        return isOpen ? [decided] : [];
      }) };
      draw();
      whenChanged();
    },
  });
}

export function sentence() {
  if (open.items.length === 0) return "";
  const proposals = open.items.filter((one) => one.proposals.some((proposal) => proposal.state === "pending")).length;
  const waits = open.items.length === 1 && !open.next ? "case waits" : "cases wait";
  return `${howMany()} ${waits} for people${proposals > 0 ? `, ${count(proposals, "proposal")} for a second person` : ""}.`;
}
