import { randomBytes } from 'node:crypto';

const LIFE_MS = 4 * 3_600_000;
const LEAVING_MS = 15 * 60_000;

/** Sessions, and sign-ins in progress: in memory, which is enough for one small process. */
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

  /** Ends the sessions that belong to a session of the gate, or to a person. */
  endThose({ sid, sub }) {
    for (const [secret, { value }] of this.#people)
      if (sid ? value.proof.sid === sid : value.proof.sub === sub) this.#people.delete(secret);
  }

  /** Stores the data that the return must match. @returns the secret for the browser's cookie */
  leave(kept) {
    return put(this.#leaving, kept, LEAVING_MS);
  }

  /** Returns the stored data of this browser, once. */
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
