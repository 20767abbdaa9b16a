// The sandbox's control interface, one function a call. What it refuses becomes an ApiError.

const RETRY_AFTER = 1000; // milliseconds

export class ApiError extends Error {
  constructor(status, description) {
    super(description);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, "The sandbox is not reachable.");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    const words = answer?.description ?? `The sandbox answered ${response.status}.`;
    throw new ApiError(response.status, words);
  }
  return answer;
}

const get = (path) => call("GET", path);
const post = (path, body = {}) => call("POST", path, body);
const put = (path, body) => call("PUT", path, body);

/** A list comes bare or under its name. */
const listed = (answer, name) => (Array.isArray(answer) ? answer : (answer?.[name] ?? []));

export const people = async () => listed(await get("/sandbox/people"), "people");
export const addPerson = (person) => post("/sandbox/people", person);
export const setBlocked = (person, blocked) =>
  post(`/sandbox/people/${person}/${blocked ? "block" : "unblock"}`);

/** The chats with several people in them; private chats need no making and are not listed. */
export const chats = async () => listed(await get("/sandbox/chats"), "chats");

/**
 * `chat` is {type, title, members, admins, is_forum?, bot?, linked_chat?}; the first administrator
 * made it.
 */
export const addChat = (chat) => post("/sandbox/chats", chat);
/** Everybody who is or was in the chat, and the bot, as ChatMembers. */
export const members = async (chat) => (await get(`/sandbox/chats/${chat}/members`)).members;
/** The bot, by its user id, can be set too. `rights` as in the Bot API: {is_anonymous: true}. */
export const setMember = (chat, member, status, rights) =>
  put(`/sandbox/chats/${chat}/members/${member}`, { status, rights });
/** A group becomes a supergroup, another chat. */
export const migrate = (chat) => post(`/sandbox/chats/${chat}/migrate`);
export const addTopic = (chat, name) => post(`/sandbox/chats/${chat}/topics`, { name });
export const setTopicClosed = (chat, thread, closed) =>
  post(`/sandbox/chats/${chat}/topics/${thread}/${closed ? "close" : "reopen"}`);
export const deleteTopic = (chat, thread) =>
  call("DELETE", `/sandbox/chats/${chat}/topics/${thread}`);

/** What stands beside the chat: {title, tone, text, shortcuts, remarks}, or null. */
export const notes = async () => (await get("/sandbox/notes")).notes;

/** The bot with the commands that this person sees in this chat, and the sandbox's clock. */
export function bot(languageCode, chat, person) {
  const query = new URLSearchParams();
  if (languageCode) query.set("language_code", languageCode);
  if (chat !== null) query.set("chat_id", chat);
  if (person !== null) query.set("person_id", person);
  return get(`/sandbox/bot?${query}`);
}

/** The messages above id `after`, oldest first, as `person` sees them. */
export const messages = async (chat, person, after) =>
  (await get(`/sandbox/chats/${chat}/messages?after=${after}&as=${person}`)).messages;

/**
 * Send {text, reply_to?}; for the text there may be a {photo} in base64, a {document}, or an
 * {album} of them. `thread` is a topic, or null.
 */
export const send = (chat, from, thread, content) =>
  post(`/sandbox/chats/${chat}/messages`, { from, ...content, ...(thread && { thread }) });
/** `changes` are {text}, or {caption?, photo?, document?}. */
export const edit = (chat, message, from, changes) =>
  call("PATCH", `/sandbox/chats/${chat}/messages/${message}`, { from, ...changes });
export const vote = (chat, message, from, options) =>
  post(`/sandbox/chats/${chat}/messages/${message}/vote`, { from, options });
export const press = async (chat, message, from, data) =>
  (await post(`/sandbox/chats/${chat}/messages/${message}/press`, { from, data })).answer;

export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/**
 * Follow what happens, for as long as the page is open. `onEvent` gets each event; `onOpen` is
 * called at every (re)connection, after which anything may have changed; `onLost` when it breaks.
 */
export function follow({ onEvent, onOpen, onLost }) {
  const source = new EventSource("/sandbox/events");
  source.onopen = onOpen;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => {
    onLost();
    // Not left to the browser, which is slow about it, and gives up on what is no stream.
    source.close();
    setTimeout(() => follow({ onEvent, onOpen, onLost }), RETRY_AFTER);
  };
}
