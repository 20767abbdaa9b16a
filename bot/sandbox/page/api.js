// The sandbox's control interface, one function a call. What it refuses becomes an ApiError.

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

/** A list comes bare or under its name. */
const listed = (answer, name) => (Array.isArray(answer) ? answer : (answer?.[name] ?? []));

export const people = async () => listed(await get("/sandbox/people"), "people");
export const addPerson = (person) => post("/sandbox/people", person);
export const setBlocked = (person, blocked) =>
  post(`/sandbox/people/${person}/${blocked ? "block" : "unblock"}`);

/** The chats with several people in them; private chats need no making and are not listed. */
export const chats = async () => listed(await get("/sandbox/chats"), "chats");

export function bot(languageCode, chat) {
  const query = new URLSearchParams();
  if (languageCode) query.set("language_code", languageCode);
  if (chat !== null) query.set("chat_id", chat);
  return get(`/sandbox/bot?${query}`);
}

/** The messages above id `after`, oldest first, as `person` sees them. */
export const messages = async (chat, person, after) =>
  (await get(`/sandbox/chats/${chat}/messages?after=${after}&as=${person}`)).messages;

export const sendText = (chat, from, text) =>
  post(`/sandbox/chats/${chat}/messages`, { from, text });
/** `photo` is the file's bytes in base64. */
export const sendPhoto = (chat, from, photo) =>
  post(`/sandbox/chats/${chat}/messages`, { from, photo });
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
    // The browser tries again by itself, unless it was answered with something that is no stream.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow({ onEvent, onOpen, onLost }), 2000);
    }
  };
}
