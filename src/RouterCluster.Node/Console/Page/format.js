// One form for each kind of value; amounts look as routerctl writes them.

const MINOR_DIGITS = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

/** 12,345.67 CNY; without a currency the sum is of several, and has no unit but the smallest. */
export function amount(minor, currency) {
  if (!currency) return `${minor.toLocaleString("en-US")} minor units`;
  const digits = MINOR_DIGITS[currency] ?? 2;
  const text = (minor / 10 ** digits).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text} ${currency}`;
}

export const percent = (share) => (share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)} %`);

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;

/** The node's clock, as it said last: ages are the same on every screen. */
let ahead = 0;
export const heardTime = (at) => { ahead = Date.parse(at) - Date.now(); };
export const now = () => Date.now() + ahead;

export function span(seconds) {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

export const age = (at) => span((now() - Date.parse(at)) / 1000);
export const ago = (at) => `${age(at)} ago`;

const two = (number) => String(number).padStart(2, "0");

/** 14:03:21, with the day where it is another one. */
export function clock(at) {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return date.toDateString() === new Date(now()).toDateString() ? time : `${day} ${time}`;
}

export const clockFine = (at) => `${clock(at)}.${String(new Date(at).getMilliseconds()).padStart(3, "0")}`;

export const words = (name) => String(name ?? "").replaceAll("_", " ");

export function list(names, most = 4) {
  if (names.length === 0) return "nobody";
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
