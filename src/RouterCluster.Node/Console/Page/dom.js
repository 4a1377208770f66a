// Elements are made of text nodes and attributes alone: the page's policy forbids markup made from texts.

export const byId = (id) => document.getElementById(id);

/** h("p", { class: "soft", onclick: f }, "text", child): null children and attributes are left out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Writes only what differs, so that a screen reader is not told of texts that stay. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element, name, value) {
  if (value === null || value === undefined || value === "") element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Replaces the children only when what they are made of has changed; a reader keeps its place and its focus otherwise. */
export function redraw(element, data, draw) {
  waiting.delete(element);
  const key = JSON.stringify(data);
  if (element.drawn === key) return;
  element.drawn = key;
  element.replaceChildren(...[draw()].flat());
}

// A list that is redrawn under somebody's hands would take the button away that is about to be pressed. Hands are a focus in
// it, or a pointer over it that has moved lately: one that merely lies there holds nothing up.
const REST = 3_000;
const waiting = new Map();
let movedAt = -Infinity;

document.addEventListener("pointermove", () => { movedAt = performance.now(); }, { passive: true });

const isInHand = (element) => element.contains(document.activeElement)
  || (element.matches(":hover") && performance.now() - movedAt < REST);

/** Redraws once nobody's hands are on the element: at once, or with the newest data a little later. */
export function redrawAtRest(element, data, draw) {
  if (isInHand(element)) {
    waiting.set(element, () => redraw(element, data, draw));
  } else {
    redraw(element, data, draw);
  }
}

setInterval(() => {
  for (const [element, draw] of waiting) {
    if (!isInHand(element)) draw();
  }
}, 500);
