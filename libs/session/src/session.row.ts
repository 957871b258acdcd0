import { rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { deviceColumns } from './device.columns';
import { marks } from './chosen-rows';
import type { Principal, Session, SessionActivity, SessionMeans } from './session.types';

/** What a statement gives of one session. */
export interface SessionRow {
  id: string;
  accountId: string;
  secretDigest: string | null;
  rotation: number;
  principal: string;
  means: string;
  acr: string | null;
  amr: string;
  activity: string | null;
  signedInAt: Date;
  codeAcceptedAt: Date | null;
  codeValidUntilAt: Date | null;
  authenticatedAt: Date;
  idleExpiresAt: Date;
  expiresAt: Date;
  browserId: string | null;
  userAgent: string;
  address: string;
}

/** The columns of {@link SessionRow}. An ended session has no digest, so nothing more need be asked. */
export const SESSION_COLUMNS = `id, accountId, secretDigest, rotation, principal, means, acr, amr, activity, signedInAt,
  codeAcceptedAt, codeValidUntilAt, authenticatedAt, idleExpiresAt, expiresAt, browserId, userAgent, address`;

export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    accountId: row.accountId,
    principal: JSON.parse(row.principal) as Principal,
    means: row.means as SessionMeans,
    acr: row.acr,
    amr: toWords(row.amr),
    activity: row.activity === null ? null : (JSON.parse(row.activity) as SessionActivity),
    signedInAt: row.signedInAt,
    codeAcceptedAt: row.codeAcceptedAt,
    codeValidUntilAt: row.codeValidUntilAt,
    authenticatedAt: row.authenticatedAt,
    idleExpiresAt: row.idleExpiresAt,
    expiresAt: row.expiresAt,
    browserId: row.browserId,
    device: { userAgent: row.userAgent, address: row.address },
    rotation: row.rotation,
  };
}

const INSERT = `INSERT INTO session (${SESSION_COLUMNS}) VALUES (${marks(18)})`;
/** Writes a new session. */
export async function insertSession(
  session: Session,
  secretDigest: string,
  tx: EntityManager,
): Promise<void> {
  await rawSql(tx).execute(INSERT, valuesOf(session, secretDigest));
}

function valuesOf(session: Session, secretDigest: string): SqlValue[] {
  return [
    session.id,
    session.accountId,
    secretDigest,
    session.rotation,
    JSON.stringify(session.principal),
    session.means,
    session.acr,
    session.amr.join(' '),
    session.activity === null ? null : JSON.stringify(session.activity),
    session.signedInAt,
    session.codeAcceptedAt,
    session.codeValidUntilAt,
    session.authenticatedAt,
    session.idleExpiresAt,
    session.expiresAt,
    session.browserId,
    ...deviceColumns(session.device),
  ];
}

/** `pwd otp` → `['pwd', 'otp']`. */
export function toWords(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
