/** Everybody's password: it passes the product's rules, so that the CLI takes it. */
export const PASSWORD = 'Herbier-Lune-42-Tramontane';

/** Person number `index`: each signs in from an address of their own, as people of many structures do. */
export function person(index) {
  const name = `bench.${String(index).padStart(6, '0')}`;
  return {
    index,
    username: name,
    email: `${name}@bench.example`,
    nationalId: `8${String(index).padStart(11, '0')}`,
    address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
  };
}

/**
 * Goes through `size` people in an order that jumps about the tables, and only comes back to somebody
 * after everybody else: no person reaches a limit, no table page stays warm because of the order.
 */
export function peopleInTurn(size) {
  const stride = coprimeNear(Math.floor(size * 0.618) || 1, size);
  let next = 0;
  return () => {
    next = (next + stride) % size;
    return person(next);
  };
}

function coprimeNear(from, size) {
  const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
  let candidate = from;
  while (gcd(candidate, size) !== 1) candidate++;
  return candidate;
}
