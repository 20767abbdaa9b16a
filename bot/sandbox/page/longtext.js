// Long texts, sent as Telegram's apps send them: in several messages, one right after the other.

export const LONGEST = 4096; // characters of a message, as Telegram counts
export const LONGEST_CAPTION = 1024;

/** How many characters Telegram counts: code points, not UTF-16 units. */
export const lengthOf = (text) => [...text].length;

/**
 * The text in parts that a message can hold, which together are the text: broken at the last line
 * feed that leaves a part at least half full, else at a space, else anywhere.
 */
export function inParts(text) {
  const parts = [];
  let rest = [...text];
  while (rest.length > LONGEST) {
    const end = breakBefore(rest, "\n") ?? breakBefore(rest, " ") ?? LONGEST;
    parts.push(rest.slice(0, end).join(""));
    rest = rest.slice(end);
  }
  return [...parts, rest.join("")];
}

/** Where a part ends that has this character last, if it is not too short then. */
function breakBefore(characters, mark) {
  const at = characters.lastIndexOf(mark, LONGEST - 1) + 1;
  return at >= LONGEST / 2 ? at : null;
}
