import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** The smallest token worth the name: what the holder keeps, and what the database keeps. */
export function issueToken() {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  return { id, value: `${id}.${secret}`, digest: sha256(secret) };
}

/** The id and the digest of the secret that a `Cookie` header carries under `name`. */
export function tokenIn(cookies, name) {
  const from = cookies.indexOf(`${name}=`) + name.length + 1;
  return { id: cookies.slice(from, from + 36), digest: sha256(cookies.slice(from + 37, from + 80)) };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
