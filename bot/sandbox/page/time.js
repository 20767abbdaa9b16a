// Times as the reader's own calendar shows them. Telegram's dates are seconds since 1970.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DATE = { day: "numeric", month: "long" };
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", ...DATE });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { ...DATE, year: "numeric" });

export const clockTime = (seconds) => CLOCK.format(seconds * 1000);
export const isoTime = (seconds) => new Date(seconds * 1000).toISOString();
export const dayKey = (seconds) => new Date(seconds * 1000).toDateString();

/** `now` in milliseconds. */
export function dayName(seconds, now) {
  const today = new Date(now);
  const day = new Date(seconds * 1000);
  const yesterday = new Date(now);
  yesterday.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return "Today";
  if (day.toDateString() === yesterday.toDateString()) return "Yesterday";
  return (day.getFullYear() === today.getFullYear() ? DAY : DAY_OF_YEAR).format(day);
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/**
 * A time in Telegram's forms: `r` from now; else any of `w` (day of the week), `d` or `D` (short or
 * long date), `t` or `T` (time without or with seconds). `now` in milliseconds.
 */
export function formattedTime(seconds, form, now) {
  if (form === "r") return fromNow(seconds - Math.round(now / 1000));
  const has = (letters) => [...letters].find((letter) => form.includes(letter));
  const date = { d: { day: "numeric", month: "numeric", year: "numeric" }, D: { ...DATE, year: "numeric" } };
  const clock = { hour: "2-digit", minute: "2-digit" };
  const time = { t: clock, T: { ...clock, second: "2-digit" } };
  const options = { ...date[has("dD")], ...time[has("tT")], ...(has("w") && { weekday: "long" }) };
  return new Intl.DateTimeFormat(undefined, options).format(seconds * 1000);
}

function fromNow(away) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? UNITS.at(-1);
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  return words.format(Math.round(away / size), unit);
}
