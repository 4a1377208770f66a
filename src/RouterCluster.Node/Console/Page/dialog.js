// One way to ask before something is changed: what will happen, why, and a button to confirm it.

import { h, say } from "/console/dom.js";

let number = 0;

/**
 * Fields beside the reason are elements with a `name`. `carryOut` gets the values and throws what the router refuses; `effect`
 * gets them at every input and returns sentences. The dialog stays open until it is done or given up.
 */
export function ask({ title, effect, fields = [], reason = true, danger = false, carryOut }) {
  const id = `dialog-${++number}`;
  const sentences = h("ul", { class: "effect", id: `${id}-effect` });
  const fault = h("p", { class: "fault", role: "alert" });
  const confirm = h("button", { type: "submit", class: danger ? "danger" : "primary" }, "Confirm");
  const why = reason ? field("Reason", h("input", {
    name: "reason", type: "text", autocomplete: "off", required: true, maxlength: 500,
    placeholder: "for whoever reads the audit trail",
  })) : null;
  const form = h("form", { method: "dialog", novalidate: true },
    h("h2", { id: `${id}-title` }, title), sentences, ...fields, why, fault,
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "Cancel"), confirm));
  const dialog = h("dialog", { "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-effect` }, form);

  const values = () => Object.fromEntries([...form.elements]
    .filter((input) => input.name)
    .map((input) => [input.name, input.type === "checkbox" ? input.checked : input.value.trim()]));
  const tell = () => sentences.replaceChildren(...effect(values()).map((text) => h("li", {}, text)));

  form.addEventListener("input", tell);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say(fault, "");
    const wrong = [...form.elements].find((input) => !input.checkValidity());
    if (wrong) {
      const what = wrong.dataset.says;
      say(fault, wrong.validity.valueMissing ? `${what} is needed.` : `${what}: ${wrong.validationMessage}`);
      wrong.focus();
      return;
    }
    confirm.disabled = true;
    try {
      await carryOut(values());
      dialog.close();
    } catch (refused) {
      say(fault, `${refused.message}.`);
    } finally {
      confirm.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  tell();
  dialog.showModal();
  form.querySelector("textarea, input, select")?.focus();
}

let fieldNumber = 0;

/** A label above its input; `hint` says what is in force now. */
export function field(label, input, hint) {
  const id = `field-${++fieldNumber}`;
  input.id = id;
  input.dataset.says = label;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  const isSwitch = input.type === "checkbox";
  return h("div", { class: isSwitch ? "field switch" : "field" },
    isSwitch ? input : null, h("label", { for: id }, label), isSwitch ? null : input,
    hint ? h("small", { id: `${id}-hint` }, hint) : null);
}
