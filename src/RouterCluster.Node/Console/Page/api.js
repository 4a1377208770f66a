// Calls of the operators' API with the session's cookie. Changes carry a header that other sites' pages cannot send.

const ROOT = "/admin/v1";

export class Refused extends Error {
  constructor(status, problem) {
    const fields = (problem?.errors ?? []).map((error) => `${error.field} ${error.message}`).join("; ");
    super([problem?.title ?? `The router answered ${status}`, fields || problem?.detail].filter(Boolean).join(". "));
    this.status = status;
  }
}

let whenSignedOut = () => {};
export const onSignedOut = (handler) => { whenSignedOut = handler; };

export async function call(method, path, body, isByItself = false) {
  const headers = { "X-Console": isByItself ? "0" : "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(ROOT + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, {
      title: "The router cannot be reached", detail: "Whether it was done is not known: look before you repeat it",
    });
  }
  const text = await response.text();
  const json = text.length > 0 ? JSON.parse(text) : null;
  if (response.ok) return json;
  if (response.status === 401 && path !== "/session") whenSignedOut();
  throw new Refused(response.status, json);
}

export const get = (path) => call("GET", path);

/** What the page asks while nobody does anything; it does not make the session last longer. */
export const look = (path) => call("GET", path, undefined, true);
export const post = (path, body = {}) => call("POST", path, body);
export const patch = (path, body) => call("PATCH", path, body);

export const session = {
  who: () => get("/session"),
  look: () => look("/session"),
  open: (token) => post("/session", { token }),
  close: () => call("DELETE", "/session"),
};

/** Who is signed in, for what the page offers; the router decides by itself. */
export const me = {
  name: "", roles: [],
  may: (role) => me.roles.includes(role) || me.roles.includes("admin"),
};
