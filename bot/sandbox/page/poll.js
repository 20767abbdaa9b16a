// Polls and quizzes, as one person sees them: `poll.view` says what that person may do and know.

import { button, el, icon } from "./dom.js";
import { richText } from "./entities.js";
import { media, thumbnail } from "./media.js";
import { rove } from "./rove.js";

export function pollCard(message, ctx) {
  const { poll } = message;
  const view = poll.view ?? readOnly(poll);
  return el(
    "section",
    { class: "poll", testid: "poll", "aria-label": `${kind(poll)}: ${poll.question}` },
    poll.media && media(poll.media, poll.question, ctx),
    poll.description && el("div", { class: "text poll-description" }, description(poll, ctx)),
    el("h3", { class: "poll-question", testid: "poll-question" }, poll.question),
    el("p", { class: "note poll-kind" }, kind(poll), timeLeft(message)),
    (view.can_vote && view.chosen.length === 0 ? ballot : results)(message, view, ctx),
    explanation(poll, view, ctx),
    el("p", { class: "note poll-foot", testid: "poll-total" }, footing(poll, view)),
  );
}

function description(poll, ctx) {
  return richText(poll.description, poll.description_entities, ctx, "d");
}

/** Where no person's view was given, the poll can be read but not voted in. */
function readOnly(poll) {
  const order = poll.options.map((_, index) => index);
  return { chosen: [], order, can_vote: false, results_visible: true };
}

function kind(poll) {
  const what = poll.type === "quiz" ? "Quiz" : "Poll";
  if (poll.is_closed) return `Final results · ${what.toLowerCase()}`;
  return poll.is_anonymous ? `Anonymous ${what.toLowerCase()}` : what;
}

function footing(poll, view) {
  const count = poll.total_voter_count;
  const total = count === 0 ? `${counted(0, poll)} yet` : counted(count, poll);
  const hidden = !view.results_visible && view.chosen.length > 0;
  return hidden ? `${total}. Results appear when the poll closes.` : total;
}

/** Counts down by itself: the conversation ticks everything with a `closes` mark. */
function timeLeft({ poll }) {
  if (poll.is_closed || !poll.close_date) return null;
  return el("span", {
    class: "poll-timer",
    role: "timer",
    dataset: { closes: poll.close_date },
  });
}

function ballot(message, view, ctx) {
  const { poll } = message;
  const several = poll.allows_multiple_answers;
  const picked = ctx.picked;
  const list = el("div", {
    class: "poll-options",
    role: several ? "group" : "radiogroup",
    "aria-label": several ? "Choose one or more answers" : "Choose one answer",
  });
  const looks = { class: "primary poll-vote", testid: "poll-vote" };
  const send = button("Vote", looks, () => cast([...picked]));
  const cast = async (options) => {
    list.classList.add("sending");
    await ctx.vote(message, options);
    list.classList.remove("sending");
  };
  const mark = () => {
    for (const option of list.children) {
      option.setAttribute("aria-checked", String(picked.has(Number(option.dataset.optionId))));
    }
    send.disabled = picked.size === 0;
  };
  for (const index of view.order) {
    list.append(
      el(
        "button",
        {
          type: "button",
          class: "poll-option",
          role: several ? "checkbox" : "radio",
          testid: "poll-option",
          dataset: { optionId: index, focusKey: `option-${index}` },
          onclick: () => {
            if (list.classList.contains("sending")) return;
            if (!several) picked.clear();
            if (picked.has(index)) picked.delete(index);
            else picked.add(index);
            mark();
            if (!several) cast([index]);
          },
        },
        el("span", { class: several ? "mark box" : "mark" }, icon("check")),
        el("span", { class: "poll-option-text" }, poll.options[index].text),
        thumbnail(poll.options[index].media, poll.options[index].text),
      ),
    );
  }
  if (!several) picked.clear(); // what is still marked here was refused
  mark();
  // Arrow keys only move: to vote by merely passing an option would be final.
  if (!several) rove(list);
  return [list, several && send];
}

function results(message, view, ctx) {
  const { poll } = message;
  ctx.picked.clear();
  const rows = view.order.map((index) => resultRow(poll, view, index));
  const retract =
    view.chosen.length > 0 &&
    poll.allows_revoting &&
    !poll.is_closed &&
    button("Retract vote", { class: "quiet", testid: "poll-retract" }, () =>
      ctx.vote(message, []),
    );
  return [el("ul", { class: "poll-options", "aria-label": "Results" }, rows), retract];
}

function resultRow(poll, view, index) {
  const option = poll.options[index];
  const share = poll.total_voter_count ? option.voter_count / poll.total_voter_count : 0;
  const state = verdict(poll, view, index);
  const bar = el("span", { class: "bar-fill" });
  bar.style.setProperty("inline-size", `${Math.round(share * 100)}%`);
  return el(
    "li",
    {
      class: `poll-option result ${state.name}`,
      testid: "poll-option",
      dataset: { optionId: index },
    },
    el("span", { class: "mark" }, state.glyph && icon(state.glyph)),
    thumbnail(option.media, option.text),
    el(
      "span",
      { class: "result-body" },
      el(
        "span",
        { class: "result-line" },
        el("span", { class: "poll-option-text" }, option.text),
        view.results_visible && shareOf(option.voter_count, share, poll),
      ),
      view.results_visible && el("span", { class: "bar", "aria-hidden": "true" }, bar),
      state.words && el("strong", { class: "note" }, state.words),
    ),
  );
}

function shareOf(count, share, poll) {
  return el(
    "span",
    { class: "share" },
    el("strong", {}, `${Math.round(share * 100)}%`),
    " ",
    el("span", { class: "note", title: counted(count, poll) }, `(${count})`),
  );
}

function counted(count, poll) {
  const noun = poll.type === "quiz" ? "answer" : "vote";
  return count === 1 ? `1 ${noun}` : `${count || "No"} ${noun}s`;
}

/** The mark beside an option, in shape and words as well as in colour. */
function verdict(poll, view, index) {
  const mine = view.chosen.includes(index);
  const right = poll.correct_option_ids?.includes(index);
  if (right) {
    const words = mine ? "Your answer: correct" : "Correct answer";
    return { name: "right", glyph: "check", words };
  }
  if (!mine) return { name: "plain" };
  return right === undefined
    ? { name: "mine", glyph: "check", words: "Your vote" }
    : { name: "wrong", glyph: "cross", words: "Your answer: not correct" };
}

function explanation(poll, view, ctx) {
  if (!poll.explanation) return null;
  const missed = view.chosen.some((index) => !poll.correct_option_ids?.includes(index));
  const open = ctx.ui.has("lamp") || (missed && !ctx.ui.has("no-lamp"));
  const text = el(
    "div",
    { class: "text poll-explanation", testid: "poll-explanation" },
    richText(poll.explanation, poll.explanation_entities, ctx, "e"),
    media(poll.explanation_media, "explanation", ctx),
  );
  text.hidden = !open;
  const looks = { glyph: "lamp", text: true, class: "quiet lamp", testid: "lamp" };
  const lamp = button("Explanation", { ...looks, "aria-expanded": String(open) }, () => {
    text.hidden = !text.hidden;
    ctx.ui.delete(text.hidden ? "lamp" : "no-lamp");
    ctx.ui.add(text.hidden ? "no-lamp" : "lamp");
    lamp.setAttribute("aria-expanded", String(!text.hidden));
  });
  return [lamp, text];
}

/** "closes in 4:05"; nothing once the time is over, since the closing is then under way. */
export function countdown(closes, now) {
  const left = Math.ceil(closes - now / 1000);
  if (left <= 0) return "";
  const [days, hours] = [Math.floor(left / 86400), Math.floor(left / 3600)];
  if (days >= 2) return `closes in ${days} days`;
  const minutes = Math.floor(left / 60) % 60;
  const rest = [...(hours > 0 ? [hours, padded(minutes)] : [minutes]), padded(left % 60)];
  return `closes in ${rest.join(":")}`;
}

const padded = (number) => String(number).padStart(2, "0");
