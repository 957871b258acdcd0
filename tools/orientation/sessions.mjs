import { randomBytes } from 'node:crypto';

const LIFE_MS = 4 * 3_600_000;
const LEAVING_MS = 15 * 60_000;

/** Who is signed in here, and who is on the way: in memory, which is enough for one small process. */
export class Sessions {
  #people = new Map();
  #leaving = new Map();

  /** A new session. @returns its secret, for a cookie. */
  open(person) {
    return put(this.#people, person, LIFE_MS);
  }

  find(secret) {
    return get(this.#people, secret);
  }

  end(secret) {
    this.#people.delete(secret);
  }

  /** Ends the sessions of a session of the gate, or of a person. */
  endThose({ sid, sub }) {
    for (const [secret, { value }] of this.#people)
      if (sid ? value.proof.sid === sid : value.proof.sub === sub) this.#people.delete(secret);
  }

  /** Keeps what the way back has to match. @returns the secret of the browser that left. */
  leave(kept) {
    return put(this.#leaving, kept, LEAVING_MS);
  }

  /** What this browser left with, once. */
  comeBack(secret) {
    const kept = get(this.#leaving, secret);
    this.#leaving.delete(secret);
    return kept;
  }
}

function put(map, value, lifeMs) {
  for (const [secret, { until }] of map) if (until < Date.now()) map.delete(secret);
  const secret = randomBytes(32).toString('base64url');
  map.set(secret, { value, until: Date.now() + lifeMs });
  return secret;
}

function get(map, secret) {
  const found = map.get(secret);
  return found && found.until > Date.now() ? found.value : undefined;
}
