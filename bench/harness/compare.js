// The measurement: each contender in each case, round by round.
import { parseArgs } from "node:util";

/** How often each contender is measured in each case, by the option `--rounds`. */
export function rounds(usual = 12) {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: String(usual) } },
  });
  return Number(values.rounds);
}

/**
 * The contenders in an order of its own for each turn. Over as many turns as there are contenders, each has
 * each place once. Where they are an even number, each also follows each other one once (a Williams square):
 * what one leaves in memory slows no other in particular.
 */
function orderOf(names, turn) {
  const zigzag = (place) => (place % 2 === 1 ? (place + 1) / 2 : names.length - place / 2);
  return names.map((_, place) => names[(turn + zigzag(place)) % names.length]);
}

/** An object with `make(name)` for each name. */
export const forEach = (names, make) => Object.fromEntries(names.map((name) => [name, make(name)]));

/**
 * Measures each contender in each case in every round.
 *
 * @template T
 * @param {object} comparison
 * @param {string[]} comparison.cases
 * @param {string[]} comparison.contenders
 * @param {number} comparison.rounds
 * @param {(name: string, contender: string) => Promise<T>} comparison.measure
 * @param {(name: string) => number} [comparison.turns] how often a case is measured in a round
 * @param {(name: string, contender: string) => Promise<unknown>} [comparison.warmUp] done once before
 * @returns {Promise<Record<string, Record<string, T[]>>>} by case and contender
 */
export async function compare(comparison) {
  const { cases, contenders, measure, turns = () => 1, warmUp } = comparison;
  const measured = forEach(cases, () => forEach(contenders, () => []));
  if (warmUp) {
    for (const name of cases) for (const contender of contenders) await warmUp(name, contender);
  }
  for (let round = 0; round < comparison.rounds; round += 1) {
    const start = performance.now();
    for (const name of cases) {
      for (let turn = 0; turn < turns(name); turn += 1) {
        for (const contender of orderOf(contenders, round * turns(name) + turn)) {
          measured[name][contender].push(await measure(name, contender));
        }
      }
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`  round ${round + 1} of ${comparison.rounds}, ${seconds} s`);
  }
  return measured;
}
