// Links: those of unsafe schemes are none, and those back to the bot are followed inside the page.

import { el } from "./dom.js";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A link that opens in a new tab, unless `ctx.openLink(address)` follows it here and says so; plain
 * text where the address could run something.
 */
export function anchor(address, props, ctx, ...children) {
  const target = URL.canParse(address) ? new URL(address) : null;
  if (!SAFE_SCHEMES.has(target?.protocol)) return el("span", props, children);
  return el(
    "a",
    {
      ...props,
      href: target.href,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => ctx.openLink(target.href) && event.preventDefault(),
    },
    children,
  );
}

/** Where an address of Telegram's leads: {name, rest, query}; null for any other address. */
function telegramPlace(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const query = url.searchParams;
  if (/^https?:$/.test(url.protocol) && /^(www\.)?(t\.me|telegram\.me)$/.test(url.hostname)) {
    const [name, ...rest] = url.pathname.slice(1).toLowerCase().split("/").filter(Boolean);
    return { name, rest, query };
  }
  if (url.protocol === "tg:" && /^(\/\/)?resolve$/.test(url.hostname || url.pathname)) {
    return { name: query.get("domain")?.toLowerCase(), rest: [], query };
  }
  return null;
}

const leadsTo = (place, username) => username && place?.name === username.toLowerCase();

/**
 * The payload of a deep link to the bot with this user name: a string, empty where the link carries
 * none; null where the address leads anywhere else. Knows `https://t.me/<bot>?start=<payload>` and
 * `tg://resolve?domain=<bot>&start=<payload>`.
 */
export function deepLinkPayload(address, username) {
  const place = telegramPlace(address);
  return leadsTo(place, username) ? payload(place.query.get("start")) : null;
}

/** The type of chat that a link asks to add the bot to, as `?startgroup=…` does; else null. */
export function asksForChat(address, username) {
  const place = telegramPlace(address);
  if (!leadsTo(place, username)) return null;
  if (place.query.has("startgroup")) return "group";
  return place.query.has("startchannel") ? "channel" : null;
}

/**
 * The chat and message of a link to a message, `https://t.me/c/<number>/<message>` or
 * `https://t.me/<chat's name>/<message>`, if it is in one of these chats; else null.
 */
export function messageLink(address, chats) {
  const place = telegramPlace(address);
  if (!place) return null;
  const steps = place.name === "c" ? place.rest : [place.name, ...place.rest];
  if (steps.length < 2 || !/^\d+$/.test(steps.at(-1))) return null;
  const found = chats.find(({ id, username }) =>
    place.name === "c" ? id === Number(`-100${steps[0]}`) : username?.toLowerCase() === steps[0],
  );
  return found ? { chat: found.id, message: Number(steps.at(-1)) } : null;
}

/** A payload as Telegram takes it; anything else counts as none. */
export function payload(text) {
  return PAYLOAD.test(text ?? "") ? text : "";
}
