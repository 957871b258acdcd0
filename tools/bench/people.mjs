/** Everyone's password: it passes the product's rules. */
export const PASSWORD = 'Herbier-Lune-42-Tramontane';

/** Person number `index`. Each signs in from a separate address, like people of many structures. */
export function person(index) {
  const username = `bench.${String(index).padStart(6, '0')}`;
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  return { index, username, email: `${username}@bench.example`, address };
}

/** A prime that divides no number of people: everyone comes once before anyone comes again. */
const STRIDE = 7_919;

/**
 * Iterates over `size` people in a scattered order, and repeats a person after all the others: no person reaches a
 * limit, and no page of a table stays warm because of the order.
 */
export function peopleInTurn(size) {
  let index = 0;
  return () => person((index = (index + STRIDE) % size));
}
