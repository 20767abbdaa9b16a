// What stands in a chat before its first message.

import { avatar, el } from "./dom.js";

export function intro({ person, bot, loaded, chat }) {
  if (!person) return card("Add a person to begin", "Press + and say who you want to be.");
  if (!loaded) return el("p", { class: "intro note", role: "status" }, "Loading…");
  if (chat && chat.type !== "private") {
    return card(chat.title, "Nothing was said here yet.");
  }
  if (!bot.user) {
    return card("No bot has connected yet", `Start one with ${location.origin} as its Bot API.`);
  }
  return el(
    "section",
    { class: "intro card", testid: "intro" },
    avatar(bot.user.first_name, bot.user.id),
    el("h2", {}, bot.user.first_name),
    el("p", {}, bot.description || "No messages here yet."),
    !person.started && el("p", { class: "note" }, "Press Start to begin."),
  );
}

function card(title, words) {
  const parts = [el("h2", {}, title), el("p", { class: "note" }, words)];
  return el("section", { class: "intro card" }, parts);
}
