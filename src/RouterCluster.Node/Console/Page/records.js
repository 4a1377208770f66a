// What stands still mostly: who did what, the cluster, the policies beside each other.

import { byId, h, redraw, redrawAtRest, say } from "/console/dom.js";
import { clock, count, percent, words } from "/console/format.js";
import { look } from "/console/api.js";

const POLICIES_EVERY = 10_000;
let timer = 0;

export function heardAudit({ items }, showPayment) {
  redrawAtRest(byId("audit-body"), items, () => (items.length === 0
    ? h("p", { class: "empty" }, "Nobody has changed anything yet.")
    : h("ul", { class: "audit", tabindex: 0, "aria-label": "Latest changes" }, items.map((one) => h("li", {},
      h("time", { datetime: one.at, title: one.at }, clock(one.at)),
      h("div", {}, h("b", {}, one.by), ` ${one.what} `,
        one.payment
          ? h("button", { type: "button", class: "number", onclick: () => showPayment(one.payment) },
            `${one.payment.slice(0, 14)}…`)
          : h("b", {}, one.channel ?? ""),
        one.reason ? h("p", {}, one.reason) : null))))));
}

export function heardCluster({ self, leader, members }) {
  redraw(byId("cluster-body"), { self, leader, members }, () => (members.length === 0
    ? h("p", { class: "empty" }, "This node has not heard of a cluster yet.")
    : h("ul", { class: "members" }, members.map((member) => h("li", { "data-up": member.status === "up" },
      h("b", {}, member.address.replace(/^akka(\.tcp)?:\/\/[^@]*@/, "")),
      h("span", {}, words(member.status)),
      member.draining ? h("span", {}, "draining") : null,
      member.address === leader ? h("span", { class: "soft" }, "leader") : null,
      member.address === self ? h("span", { class: "soft" }, "this node") : null,
      h("small", {}, `${count(member.books.length, "book")}, ${count(member.channels.length, "channel")}`,
        member.lease ? `, lease ${member.lease.epoch}, ${(member.lease.age_ms / 1000).toFixed(1)} s old` : ""))))));
}

export function startPolicies() {
  stopPolicies();
  const again = async () => {
    try {
      drawPolicies(await look("/policies"));
    } catch {
      say(byId("policies-body"), "The policies cannot be read at the moment.");
    }
    timer = setTimeout(again, POLICIES_EVERY);
  };
  again();
}

export const stopPolicies = () => clearTimeout(timer);

const HEADS = ["Policy", "Role", "Choices", "Agrees", "Expected", "Attempts", "Observed"];

function drawPolicies({ items, routes, warnings }) {
  redraw(byId("policies-body"), { items, routes, warnings }, () => [
    warnings.map((text) => h("p", { class: "fault" }, `${text}.`)),
    items.length === 0
      ? h("p", { class: "empty" }, "No policy has chosen anything yet.")
      : h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Policies side by side" }, h("table", {},
        h("thead", {}, h("tr", {}, HEADS.map((name, at) => h("th", { scope: "col", class: at > 1 ? "n" : null }, name)))),
        h("tbody", {}, items.map((one) => h("tr", { "data-role": one.role },
          h("th", { scope: "row" }, one.policy), h("td", {}, one.role),
          h("td", { class: "n" }, one.decisions.toLocaleString("en-US")),
          h("td", { class: "n" }, percent(one.agreement)), h("td", { class: "n" }, percent(one.expected_success)),
          h("td", { class: "n" }, one.role === "shadow" ? "–" : one.attempts.toLocaleString("en-US")),
          h("td", { class: "n" }, percent(one.observed_success))))))),
    routes.length === 0
      ? h("p", { class: "soft" }, "Every merchant's payments follow the same policy.")
      : h("ul", { class: "routes" }, routes.map((one) => h("li", {},
        h("b", {}, one.merchant), ` ${one.product === "*" ? "all products" : words(one.product)}: ${one.policy}`,
        one.canary ? `, ${one.canary} for ${one.canary_percent} %` : "",
        one.shadow.length > 0 ? `, in shadow ${one.shadow.join(", ")}` : "",
        one.exclude.length > 0 ? `, never ${one.exclude.join(", ")}` : ""))),
  ].flat());
}
