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

/**
 * The payload of a deep link to the bot with this user name: a string, empty where the link carries
 * none; null where the address leads anywhere else. Knows `https://t.me/<bot>?start=<payload>` and
 * `tg://resolve?domain=<bot>&start=<payload>`.
 */
export function deepLinkPayload(address, username) {
  if (!username || !URL.canParse(address)) return null;
  const url = new URL(address);
  let name = null;
  if (/^https?:$/.test(url.protocol) && /^(www\.)?(t\.me|telegram\.me)$/.test(url.hostname)) {
    name = url.pathname.slice(1);
  } else if (url.protocol === "tg:" && /^(\/\/)?resolve$/.test(url.hostname || url.pathname)) {
    name = url.searchParams.get("domain");
  }
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  return payload(url.searchParams.get("start"));
}

/** A payload as Telegram takes it; anything else counts as none. */
export function payload(text) {
  return PAYLOAD.test(text ?? "") ? text : "";
}
