// In which order contenders take their turns.

/**
 * The contenders in an order of its own for each turn. Over as many turns as
 * there are contenders, each has each place once; where they are an even number,
 * each also comes once after each other one (a Williams square): what one leaves
 * behind slows no other in particular.
 */
export function order(names, turn) {
  const zigzag = (place) => (place % 2 === 1 ? (place + 1) / 2 : names.length - place / 2);
  return names.map((_, place) => names[(turn + zigzag(place)) % names.length]);
}
