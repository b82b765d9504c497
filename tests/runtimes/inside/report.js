// Sends the outcome of each case from a runtime under test to the collector.
import { names, outcomeOf } from "../cases.js";

const post = (address, value) =>
  fetch(address, { method: "POST", body: JSON.stringify(value) }).then((answer) => answer.text());

/** Runs one case and sends its outcome. */
export async function runCase(name, place, collector) {
  const settings = await (await fetch(`${collector}/settings`)).json();
  await post(`${collector}/outcomes`, await outcomeOf(name, place, settings));
}

/** Runs all cases, one after another. */
export async function runAll(place, collector) {
  for (const name of names) await runCase(name, place, collector);
  await post(`${collector}/end`);
}
