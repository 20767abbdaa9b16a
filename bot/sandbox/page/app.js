// Wires the page: what the sandbox tells goes into the store and the timeline, what the user does
// goes to the sandbox, and each part draws itself from the store.

import * as api from "./api.js";
import { attempt, refresh } from "./attempts.js";
import { chatsOf, Drawer, Sidebar } from "./chats.js";
import { Foot } from "./composer.js";
import { Conversation } from "./conversation.js";
import { ChatHead } from "./head.js";
import { intro } from "./intro.js";
import { deepLinkPayload, payload } from "./links.js";
import { showPhoto } from "./media.js";
import { askForPerson } from "./people.js";
import { Store } from "./store.js";
import { Timeline } from "./timeline.js";
import { alertBox, toast } from "./toast.js";

const BOT_WAIT = 2000; // milliseconds between looks for a bot that has not connected yet

const byId = (id) => document.getElementById(id);
const store = new Store();
let startWith = new URLSearchParams(location.search).has("start")
  ? payload(new URLSearchParams(location.search).get("start"))
  : null;
let asking = false;
let botTimer = null;

function sendText(text) {
  conversation.expectAnswer();
  return attempt(() => api.sendText(store.chatId, store.personId, text));
}

/** Press Start in the private chat with the bot, from wherever one is. */
async function start(startPayload = "") {
  if (store.chatId !== store.personId) goTo(store.personId);
  await sendText(`/start ${startPayload}`.trim());
}

/** Whether the address led back to the bot, and so was followed here. */
function openLink(address) {
  const startPayload = deepLinkPayload(address, store.bot.user?.username);
  if (startPayload === null) return false;
  if (startPayload === "" && store.person?.started) goTo(store.personId);
  else start(startPayload);
  return true;
}

async function press(message, data) {
  conversation.expectAnswer();
  await attempt(async () => {
    const answer = await api.press(message.chat.id, message.message_id, store.personId, data);
    if (answer?.url && !openLink(answer.url)) window.open(answer.url, "_blank", "noopener");
    if (answer?.text) (answer.show_alert ? alertBox : toast)(answer.text);
  });
}

async function vote(message, options) {
  conversation.expectAnswer();
  await attempt(() => api.vote(message.chat.id, message.message_id, store.personId, options));
  // Also after a refusal: the choice just marked must not stay marked.
  conversation.redraw(message.message_id);
  timeline.touch(message.message_id);
}

async function copy(text) {
  if (await attempt(() => navigator.clipboard.writeText(text))) toast("Copied.");
}

const setBlocked = (blocked) => attempt(() => api.setBlocked(store.personId, blocked));

const conversation = new Conversation(byId("log"), byId("jump"), {
  sendText,
  openLink,
  press,
  vote,
  copy,
  showPhoto,
  say: toast,
  jumpTo: (id) => conversation.jumpTo(id) || toast("That message is gone."),
});
const foot = new Foot(byId("foot"), {
  sendText,
  sendPhoto: (photo) => attempt(() => api.sendPhoto(store.chatId, store.personId, photo)),
  start: () => start(),
  unblock: () => setBlocked(false),
  say: toast,
});
const head = new ChatHead(byId("chat-head"), {
  onMenu: () => drawer.open(),
  onBlock: () => setBlocked(!store.person.blocked),
});
const sidebar = new Sidebar(byId("sidebar"), {
  onPick: (id) => bePerson(id),
  onAdd: () => addPerson(),
  onOpen: (chat) => goTo(chat),
});
const drawer = new Drawer({ sidebar: byId("sidebar"), scrim: byId("scrim"), main: byId("chat") });
const timeline = new Timeline({
  onChange: () => draw(),
  onError: (error) => error.status !== 0 && toast(error.message, { tone: "error" }),
});

function draw() {
  const { person, people, unread, bot } = store;
  const chats = chatsOf(person, store.chats, bot);
  const chat = chats.find(({ id }) => id === store.chatId) ?? null;
  const isPrivate = store.chatId === store.personId;
  const { messages, loaded } = timeline;
  sidebar.show({ people, person, chat: store.chatId, chats, unread });
  head.show({ chat, bot, person, news: unread.size > 0 });
  foot.mode = footMode(person, isPrivate, messages);
  foot.composer.commands = bot.commands;
  document.title = `${unread.size > 0 ? "● " : ""}${chat?.title ?? "Sandbox"} – sandbox`;
  if (messages.length > 0) conversation.show(messages, { person: store.personId, isPrivate });
  else conversation.showEmpty(intro({ person, bot, loaded }));
}

function footMode(person, isPrivate, messages) {
  if (!person) return "none";
  if (isPrivate && person.blocked) return "blocked";
  if (isPrivate && !person.started && messages.length === 0) return "start";
  return "compose";
}

function goTo(chat) {
  store.be(store.personId, chat);
  drawer.close();
  openChat();
}

function bePerson(id) {
  store.be(id);
  drawer.close();
  openChat();
}

function openChat() {
  conversation.reset();
  foot.composer.clear();
  head.calm();
  timeline.open(store.chatId, store.personId);
  refresh(readBot);
}

function addPerson() {
  if (asking) return;
  asking = true;
  const dialog = askForPerson({
    first: store.people.length === 0,
    onAdd: async (details) => {
      const person = await api.addPerson(details);
      store.people = await api.people();
      bePerson(person.id);
      useDeepLink();
    },
  });
  dialog.addEventListener("close", () => {
    asking = false;
  });
}

/** An address with `?start=…` presses Start once, as soon as there is somebody to press it. */
function useDeepLink() {
  if (startWith === null || !store.person) return;
  const given = startWith;
  startWith = null;
  store.writeAddress(); // which is without it now: a reload must not press again
  start(given);
}

async function readPeople() {
  store.people = await api.people();
  draw();
}

async function readChats() {
  store.chats = await api.chats();
  draw();
}

async function readBot() {
  clearTimeout(botTimer);
  store.bot = await api.bot(store.person?.language_code, store.chatId);
  draw();
  if (!store.bot.user) botTimer = setTimeout(() => refresh(readBot), BOT_WAIT);
}

/** Read everything again: at the beginning, and after a time without contact. */
async function readAll() {
  [store.people, store.chats] = await Promise.all([api.people(), api.chats()]);
  if (store.settle() || !timeline.isOpen) openChat();
  else timeline.touch(0);
  await readBot();
  if (store.people.length === 0) addPerson();
  useDeepLink();
}

function happened(event) {
  const here = event.chat_id === store.chatId;
  switch (event.kind) {
    case "message":
      if (here) head.calm();
      else store.countUnread(event.chat_id);
      break;
    case "action":
      if (here) head.busy(event.action);
      return;
    case "person":
      refresh(readPeople);
      break;
    case "chat":
      refresh(readChats);
      break;
    case "commands":
      refresh(readBot);
      break;
  }
  if (here && event.kind !== "callback") timeline.touch(event.message_id ?? 0);
  else draw();
}

function connected(yes) {
  const line = byId("connection");
  line.hidden = yes;
  line.textContent = yes ? "" : "The sandbox is not reachable. Trying again…";
}

window.addEventListener("hashchange", () => {
  store.readAddress();
  store.settle();
  openChat();
});

draw();
api.follow({
  onEvent: happened,
  onOpen: () => {
    connected(true);
    refresh(readAll);
  },
  onLost: () => connected(false),
});
