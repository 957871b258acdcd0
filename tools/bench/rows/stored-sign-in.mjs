import { accountId } from '../driver/product-people.mjs';

const HOUR = 3_600_000;
const DIGEST = 'd'.repeat(64);

/**
 * What a sign-in leaves behind, in the plainest statements that do it on the product's own tables: whom it was and when,
 * the session, the line of the journal, and that what the person came with is used up. Each takes `{ id, index }`, an
 * id of its own and the person, and gives `[sql, values]`.
 */
const BY_ANY = [active, session, journalLine];
export const STORED_BY = {
  card: [...BY_ANY, usedTicket],
  /** And what ends the session when it ends at PSC, and PSC's with it. */
  'Pro Santé Connect': [...BY_ANY, usedState, sessionAtPsc],
};

function active({ index }) {
  const sql = "UPDATE account SET lastSignedInAt = ? WHERE id = ? AND status = 'ACTIVE'";
  return [sql, [new Date(), accountId(index)]];
}

function session({ id, index }) {
  const now = new Date();
  const until = new Date(now.getTime() + 4 * HOUR);
  const person = {
    accountId: accountId(index),
    username: `bench.${index}`,
    displayName: `Personne ${index}`,
  };
  return insert('session', {
    id,
    accountId: accountId(index),
    secretDigest: DIGEST,
    rotation: 0,
    principal: JSON.stringify({ ...person, roles: ['professional'], structure: null }),
    means: 'bench',
    acr: 'eidas1',
    amr: '',
    signedInAt: now,
    authenticatedAt: now,
    idleExpiresAt: until,
    expiresAt: until,
    userAgent: '',
    address: '10.0.0.1',
  });
}

function journalLine({ id, index }) {
  return insert('auditEvent', {
    id,
    happenedAt: new Date(),
    name: 'authn_login_success',
    outcome: 'SUCCESS',
    accountId: accountId(index),
    means: 'bench',
    address: '10.0.0.1',
    device: '',
    requestId: id,
    data: JSON.stringify({
      subject: `f:${index}`,
      nationalId: '80•••••••013',
      acr: 'eidas1',
      activity: null,
    }),
    mark: `bench.${DIGEST}`,
  });
}

function usedTicket({ id }) {
  return insert('ticket', { id, expiresAt: new Date() });
}

function usedState({ id }) {
  return insert('pscRequest', { id, expiresAt: new Date() });
}

function sessionAtPsc({ id, index }) {
  return insert('pscSession', {
    sessionId: id,
    subject: `f:${index}`,
    sid: id.slice(-16),
    idTokenSealed: 's'.repeat(960),
    expiresAt: new Date(Date.now() + 4 * HOUR),
  });
}

function insert(table, row) {
  const columns = Object.keys(row);
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  return [sql, Object.values(row)];
}
