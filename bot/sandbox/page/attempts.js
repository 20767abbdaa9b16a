// Calls that may fail, and what the user is told then.

import { toast } from "./toast.js";

/** Run a call for the user; what is refused becomes a notice. Returns whether it went well. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(error.message, { tone: "error" });
    return false;
  }
}

/** Bring something up to date: what is wrong is told, but for lost contact, which has its own line. */
export async function refresh(work) {
  try {
    await work();
  } catch (error) {
    if (error.status !== 0) toast(error.message, { tone: "error" });
  }
}
