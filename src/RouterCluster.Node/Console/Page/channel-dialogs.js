// Changes of a channel: each says what it will do before it is confirmed.

import { h } from "/console/dom.js";
import { clock, count, list, percent, words } from "/console/format.js";
import { call, patch, post } from "/console/api.js";
import { ask, field } from "/console/dialog.js";

const takes = (channel, product) => channel.products.includes(product);
const isTaking = (channel) => channel.enabled && !channel.outage && channel.submit.breaker !== "isolated"
  && channel.submit.breaker !== "open" && !channel.closed;

/** Where a channel's payments go without it, product by product where the products differ. */
function without(channel, all) {
  const others = all.filter((other) => other.id !== channel.id && isTaking(other));
  const byPlace = new Map();
  for (const product of channel.products) {
    const names = others.filter((other) => takes(other, product))
      .sort((a, b) => b.traffic_share - a.traffic_share).map((other) => other.id);
    const place = names.length > 0
      ? `goes to ${list(names)}`
      : "has no other channel: such payments will be refused";
    byPlace.set(place, [...(byPlace.get(place) ?? []), product]);
  }
  const share = `its traffic (${percent(channel.traffic_share)})`;
  return [...byPlace].map(([place, products]) =>
    byPlace.size === 1 ? `${share[0].toUpperCase()}${share.slice(1)} ${place}.` : `Its ${list(products.map(words))} ${place}.`);
}

const flight = ({ submit }) => (submit.in_flight === 0
  ? "Nothing is in flight."
  : `${count(submit.in_flight, "order")} in flight ${submit.in_flight === 1 ? "finishes" : "finish"}.`);

const waiting = ({ submit }, then) => (submit.queue === 0 ? [] : [`${count(submit.queue, "order")} in its queue ${then}.`]);

const asking = ({ unknown }) => (unknown.count === 0
  ? []
  : [`${count(unknown.count, "order")} without a result ${unknown.count === 1 ? "is" : "are"} still asked about.`]);

const EFFECTS = {
  disable: (channel, all) => [
    `${channel.id} gets no new payments.`, flight(channel), ...waiting(channel, "go back unsent, to other channels"),
    ...asking(channel), ...without(channel, all),
  ],
  drain: (channel, all) => [
    `${channel.id} gets no new payments.`, flight(channel), ...waiting(channel, "are still sent"), ...asking(channel),
    ...without(channel, all),
  ],
  enable: (channel) => [
    `${channel.id} gets payments again, ${channel.products.map(words).join(" and ")}.`,
    "It begins with a few that find out how it does; its share grows with its success.",
    ...(channel.submit.breaker === "isolated" ? ["It stays isolated: no order leaves until that is taken back."] : []),
  ],
};

export function move(what, channel, all, told) {
  ask({
    title: `${what[0].toUpperCase()}${what.slice(1)} ${channel.id}`,
    danger: what !== "enable",
    effect: () => EFFECTS[what](channel, all),
    carryOut: async ({ reason }) => told(await post(`/channels/${channel.id}/${what}`, { reason })),
  });
}

const NUMBERS = [
  { name: "submit_concurrency", label: "Orders at once", lane: "submit", key: "concurrency", now: (c) => c.submit.budget },
  { name: "submit_rate", label: "Orders a second", lane: "submit", key: "rate_per_second", now: (c) => c.submit.rate_per_second },
  { name: "query_concurrency", label: "Questions at once", lane: "query", key: "concurrency", now: (c) => c.query.budget },
  { name: "query_rate", label: "Questions a second", lane: "query", key: "rate_per_second", now: (c) => c.query.rate_per_second },
  { name: "weight", label: "Weight", lane: null, key: "weight", now: (c) => c.weight },
];

const configured = (channel, { lane, key }) => (lane ? channel.configured?.[lane][key] : channel.configured?.weight);

/** Only what was changed is sent: everything else stays, also where somebody changes it meanwhile. */
export function adjust(channel, all, told) {
  const isIsolated = channel.submit.breaker === "isolated";
  const before = Object.fromEntries(NUMBERS.map((one) => [one.name, String(one.now(channel))]));
  const changed = (values) => NUMBERS.filter((one) => values[one.name] !== before[one.name]);
  const inputs = NUMBERS.map((one) => field(one.label, h("input", {
    name: one.name, type: "number", value: before[one.name], required: true,
    min: one.key === "concurrency" ? 1 : 0.01, step: one.key === "concurrency" ? 1 : "any",
  }), `configured ${configured(channel, one) ?? "–"}`));
  const isolate = field("Isolated: no order leaves; questions go on",
    h("input", { name: "isolated", type: "checkbox", checked: isIsolated }));
  ask({
    title: `Adjust ${channel.id}`,
    fields: [h("div", { class: "numbers" }, inputs), isolate],
    effect: (values) => {
      const sentences = changed(values).map((one) => {
        const back = Number(values[one.name]) === configured(channel, one) ? ", as configured" : "";
        return `${one.label}: ${before[one.name]} becomes ${values[one.name] || "…"}${back}.`;
      });
      if (values.isolated && !isIsolated) {
        sentences.push("No order leaves any more; those without a result are still asked about.", ...without(channel, all));
      }
      if (!values.isolated && isIsolated) sentences.push("Orders leave again; a few find out how the channel does.");
      return sentences.length > 0 ? sentences : ["Nothing is changed yet."];
    },
    carryOut: async (values) => {
      const body = { reason: values.reason };
      for (const one of changed(values)) {
        const value = Number(values[one.name]) === configured(channel, one) ? null : Number(values[one.name]);
        if (one.lane) (body[one.lane] ??= {})[one.key] = value;
        else body[one.key] = value;
      }
      if (values.isolated !== isIsolated) body.isolated = values.isolated;
      if (Object.keys(body).length === 1) throw new Error("Nothing is changed");
      told(await patch(`/channels/${channel.id}`, body));
    },
  });
}

/** What an exclusion keeps away, in the words of its own fields. */
export const part = ({ bank, product, merchant, min_amount: least, max_amount: most }) => [
  bank && `bank ${bank}`, product && words(product), merchant && `merchant ${merchant}`,
  least && `from ${least.toLocaleString("en-US")}`, most && `up to ${most.toLocaleString("en-US")}`,
].filter(Boolean).join(", ");

const LENGTHS = [["", "until it is taken back"], ["2h", "for 2 hours"], ["8h", "for 8 hours"], ["24h", "for a day"]];
const option = ([value, text]) => h("option", { value }, text);

/** The fields of the exclusion that is asked for; empty ones are left out. */
function asked(values) {
  const texts = ["bank", "product", "merchant"].map((name) => [name, values[name]]);
  const amounts = ["min_amount", "max_amount"].map((name) => [name, values[name] && Number(values[name])]);
  return Object.fromEntries([...texts, ...amounts].filter(([, value]) => value));
}

/** Switches a part of a channel off, or on again where the tick of one that is off is removed. */
export function exclude(channel, told) {
  const off = channel.exclusions ?? [];
  const ticks = off.map((one) => field(`Off: ${part(one)}`,
    h("input", { name: `off-${one.no}`, type: "checkbox", checked: true }),
    `${one.by}, ${clock(one.since)}: ${one.reason}${one.ends_at ? `; ends ${clock(one.ends_at)}` : ""}`));
  const money = (label, name) => field(label, h("input", { name, type: "number", min: 1, step: 1 }), "whole minor units");
  const taken = (values) => off.filter((one) => values[`off-${one.no}`] === false);
  ask({
    title: `Switch off a part of ${channel.id}`,
    danger: true,
    fields: [
      ...ticks,
      h("div", { class: "numbers" },
        field("Bank", h("input", { name: "bank", type: "text", autocomplete: "off", maxlength: 12 })),
        field("Product", h("select", { name: "product" },
          [["", "any"], ...channel.products.map((product) => [product, words(product)])].map(option))),
        field("Merchant", h("input", { name: "merchant", type: "text", autocomplete: "off", maxlength: 64 })),
        field("For", h("select", { name: "for" }, LENGTHS.map(option))),
        money("Amounts from", "min_amount"), money("Amounts up to", "max_amount")),
    ],
    effect: (values) => {
      const scope = asked(values);
      const sentences = taken(values).map((one) => `${channel.id} gets ${part(one)} again.`);
      if (Object.keys(scope).length > 0) {
        const length = LENGTHS.find(([value]) => value === values.for)[1];
        sentences.push(`${channel.id} gets no new payments of ${part(scope)}, ${length}; other channels get them.`);
      }
      return sentences.length > 0 ? sentences : ["Nothing is changed yet."];
    },
    carryOut: async (values) => {
      const scope = asked(values);
      const back = taken(values);
      if (back.length === 0 && Object.keys(scope).length === 0) throw new Error("Nothing is changed");
      for (const { no } of back) {
        told(await call("DELETE", `/channels/${channel.id}/exclusions/${no}`, { reason: values.reason }));
      }
      if (Object.keys(scope).length > 0) {
        const end = values.for ? { for: values.for } : {};
        told(await post(`/channels/${channel.id}/exclusions`, { ...scope, ...end, reason: values.reason }));
      }
    },
  });
}
