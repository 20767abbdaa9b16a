// What stands at the foot of a chat: the text box, or why one cannot write there.

import { isAdmin, topicOf } from "./chats.js";

/** `store` is the page's; `written`: something was said in the chat; `acts` are its remedies. */
export function footOf(store, written, acts) {
  const { person, chat } = store;
  if (!person || !chat) return {};
  if (chat.type === "private") return privateFoot(person, written, acts);
  if (chat.migrated_to) {
    const act = { label: "Go there", testid: "go-on", run: () => acts.openChat(chat.migrated_to) };
    return { words: "This group is now a supergroup.", act };
  }
  const admin = isAdmin(chat, person.id);
  if (chat.type === "channel" && !admin) {
    return { words: "Only administrators can post in this channel." };
  }
  if (topicOf(chat, store.threadId)?.closed) {
    const act = { label: "Open it again", testid: "reopen", run: acts.reopenTopic };
    return { words: "This topic is closed: nobody can write here.", act: admin ? act : undefined };
  }
  return { write: true };
}

function privateFoot(person, written, acts) {
  if (person.blocked) {
    const act = { label: "Unblock", testid: "unblock", run: acts.unblock };
    return { words: "You have blocked this bot.", act };
  }
  if (!person.started && !written) {
    return { act: { label: "Start", testid: "start", run: acts.start } };
  }
  return { write: true };
}
