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
