// Wires the page: what the sandbox tells goes into the store and the timeline, what the user does
// goes to the sandbox, and each part draws itself from the store.

import { Actions } from "./actions.js";
import * as api from "./api.js";
import { attempt, refresh } from "./attempts.js";
import { ChatMenu } from "./chatmenu.js";
import { threadOf } from "./chats.js";
import { Conversation } from "./conversation.js";
import { Drawer } from "./drawer.js";
import { Foot, footOf } from "./foot.js";
import { ChatHead } from "./head.js";
import { intro } from "./intro.js";
import { keysOf } from "./keys.js";
import { payload } from "./links.js";
import { showPhoto } from "./media.js";
import { MembersDialog } from "./members.js";
import { askForChat } from "./newchat.js";
import { askForPerson } from "./people.js";
import { Notes } from "./notes.js";
import { Reader } from "./reader.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { Timeline } from "./timeline.js";
import { toast } from "./toast.js";

const byId = (id) => document.getElementById(id);
const store = new Store();
let startWith = new URLSearchParams(location.search).has("start")
  ? payload(new URLSearchParams(location.search).get("start"))
  : null;
let asking = false;
let jumpingTo = null; // a message to show once its chat is read
let answeringIt = false; // and to reply to

const timeline = new Timeline({
  onChange: () => draw(),
  onError: (error) => complain(error),
});
const reader = new Reader(store, timeline, {
  onChange: () => draw(),
  onMoved: () => showOpen(),
  onChats: () => members.read(),
  onAction: (action) => (action ? head.busy(action) : head.calm()),
  onContact: showContact,
  onAll: () => {
    if (store.people.length === 0) addPerson();
    useDeepLink();
  },
});
const actions = new Actions(store, {
  openChat,
  newChat: addChat,
  onAct: () => conversation.expectAnswer(),
  onVoted: (message) => {
    conversation.redraw(message.message_id);
    timeline.touch(message.message_id);
  },
});
const menu = new ChatMenu(store, {
  openTopic: async (thread) => {
    await reader.readChats();
    goTo(store.chatId, thread);
  },
});
const conversation = new Conversation(byId("log"), byId("jump"), store.clock, {
  sendCommand: actions.sendCommand,
  openLink: actions.openLink,
  press: actions.press,
  vote: actions.vote,
  copy: actions.copy,
  commentsOf: (post) => reader.inbox?.commentsOf(post) ?? null,
  openChat,
  comment: (chat, copy) => openChat(chat, copy, { answering: true }),
  reply: (message) => foot.answer(message) || toast("You cannot write here."),
  edit: (message) => foot.answer(message, { changing: true }) || toast("You cannot write here."),
  showPhoto,
  say: toast,
  jumpTo: (id) => conversation.jumpTo(id) || toast("That message is not here."),
});
const foot = new Foot(byId("foot"), {
  sendText: actions.sendText,
  sendCommand: actions.sendCommand,
  sendMedia: actions.sendMedia,
  edit: actions.edit,
  say: toast,
});
const remedies = {
  openChat,
  start: () => actions.start(),
  unblock: () => attempt(() => api.setBlocked(store.personId, false)),
  reopenTopic: () => menu.reopenTopic(),
};
const head = new ChatHead(byId("chat-head"), {
  onMenu: () => drawer.open(),
  onMembers: () => members.open(),
});
const members = new MembersDialog(store, {
  onSet: async (member, { status, rights }) => {
    await attempt(() => api.setMember(store.chatId, member, status, rights));
    await members.read(); // a refused choice must not stay
  },
  onAdd: (person) => attempt(() => api.setMember(store.chatId, person, "member")),
});
const sidebar = new Sidebar(byId("sidebar"), {
  onPick: (id) => bePerson(id),
  onAdd: () => addPerson(),
  onNewChat: () => addChat(),
  onJoin: (chat) => join(chat),
  onOpen: (chat, thread) => goTo(chat, thread),
  onFold: () => draw(),
});
const notes = new Notes(byId("notes"), {
  onPick: (id) => {
    store.be(id);
    drawer.close();
    showOpen();
  },
});
const drawer = new Drawer({ sidebar: byId("sidebar"), scrim: byId("scrim"), main: byId("chat") });

function draw() {
  const { inbox } = reader;
  const { loaded } = timeline;
  if (loaded && jumpingTo !== null) turnToTopicOf(jumpingTo);
  const { chat, person, bot, threadId, people, unread, isPrivate, ownChats } = store;
  const messages = chat?.is_forum
    ? timeline.messages.filter((message) => threadOf(message) === threadId)
    : timeline.messages;
  if (loaded && chat) inbox?.look(chat.id, threadId);
  const open = { chat: store.chatId, thread: threadId };
  sidebar.show({ people, person, open, chats: ownChats, all: store.chats, inbox, unread });
  const news = ownChats.some(({ id, type }) =>
    type === "private" ? unread.has(id) : inbox?.hasNews(id),
  );
  notes.show(store.notes, person?.id);
  head.show({ chat, thread: threadId, bot, news, menu: menu.items() });
  foot.show(footOf(store, messages.length > 0, remedies));
  foot.composer.commands = bot.commands;
  foot.composer.keys = keysOf(messages, store.personId);
  document.title = `${news ? "● " : ""}${chat?.title ?? "Sandbox"} – sandbox`;
  if (messages.length > 0) conversation.show(messages, { person: store.personId, isPrivate });
  else conversation.showEmpty(intro({ person, bot, loaded, chat }));
  if (loaded && jumpingTo !== null) jump();
}

/** The message to be shown may stand in another topic of its forum. */
function turnToTopicOf(id) {
  const message = timeline.messages.find(({ message_id: each }) => each === id);
  if (message) store.be(store.personId, store.chatId, threadOf(message));
}

function jump() {
  const message = timeline.messages.find(({ message_id: id }) => id === jumpingTo);
  jumpingTo = null;
  if (!message || !conversation.jumpTo(message.message_id)) toast("That message is not here.");
  else if (answeringIt) foot.answer(message);
}

/** A chat that cannot be read any more is left in silence where one is no longer in it. */
async function complain(error) {
  const { chatId } = store;
  if (error.status === 0) return;
  await refresh(() => reader.readChats());
  if (store.chatId === chatId) toast(error.message, { tone: "error" });
}

/** Open a chat of the person's, and show this message of it if one is given. */
function openChat(id, message = null, { answering = false } = {}) {
  jumpingTo = message;
  answeringIt = answering;
  goTo(id, id === store.chatId ? store.threadId : null);
}

function goTo(chat, thread = null) {
  store.be(store.personId, chat, thread);
  drawer.close();
  showOpen();
}

/** Stay in the chat if this person is in it too: it is another view of the same. */
function bePerson(id) {
  const { chatId, threadId, isPrivate } = store;
  store.be(id, isPrivate ? id : chatId, threadId);
  store.settle();
  drawer.close();
  showOpen();
}

function showOpen() {
  conversation.reset();
  foot.composer.clear();
  head.calm();
  timeline.open(store.chatId, store.personId);
  reader.turn();
}

async function join(chat) {
  const done = await attempt(() => api.setMember(chat.id, store.personId, "member"));
  if (!done) return;
  await refresh(() => reader.readChats());
  goTo(chat.id);
}

function addChat(type) {
  if (!store.person) return;
  const { person, people, chats } = store;
  askForChat({
    person,
    people,
    chats,
    type,
    onAdd: async (details) => {
      const chat = await api.addChat(details);
      await reader.readChats();
      goTo(chat.id);
    },
  });
}

function addPerson() {
  if (asking) return;
  asking = true;
  const dialog = askForPerson({
    first: store.people.length === 0,
    onAdd: async (details) => {
      const person = await api.addPerson(details);
      await reader.readPeople();
      store.be(person.id);
      drawer.close();
      showOpen();
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
  actions.start(given);
}

function showContact(there) {
  const line = byId("connection");
  line.hidden = there;
  line.textContent = there ? "" : "The sandbox is not reachable. Trying again…";
}

window.addEventListener("hashchange", () => {
  store.readAddress();
  store.settle();
  showOpen();
});

draw();
reader.follow();
