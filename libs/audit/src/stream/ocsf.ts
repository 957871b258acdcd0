import type { JournalEvent } from '../journal.types';
import type { LineWords } from '../journal/journal.line';
import type { SealState } from '../seal/audit-seal.service';

/** A class of OCSF 1.1 with an activity. */
export interface OcsfAct {
  class: { uid: number; name: string };
  activity: { id: number; name: string };
}

const ACCOUNT_CHANGE = { uid: 3001, name: 'Account Change' };

export const AUTHENTICATION = { uid: 3002, name: 'Authentication' };

const AUTHORIZE_SESSION = { uid: 3003, name: 'Authorize Session' };

export const ENTITY_MANAGEMENT = { uid: 3004, name: 'Entity Management' };

const act =
  (ocsfClass: OcsfAct['class']) =>
  (id: number, name: string): OcsfAct => ({ class: ocsfClass, activity: { id, name } });

const account = act(ACCOUNT_CHANGE);

const authentication = act(AUTHENTICATION);

const entity = act(ENTITY_MANAGEMENT);

/** Activities of OCSF that an event can be, by class. */
export const OCSF_ACTS = {
  'account.create': account(1, 'Create'),
  'account.enable': account(2, 'Enable'),
  'account.password-change': account(3, 'Password Change'),
  'account.password-reset': account(4, 'Password Reset'),
  'account.disable': account(5, 'Disable'),
  'account.delete': account(6, 'Delete'),
  'account.attach-policy': account(7, 'Attach Policy'),
  'account.lock': account(9, 'Lock'),
  'account.mfa-factor-enable': account(10, 'MFA Factor Enable'),
  'account.mfa-factor-disable': account(11, 'MFA Factor Disable'),
  'account.other': account(99, 'Other'),
  // A sent code is not a sign-in: the successes of Logon are the sign-ins.
  'authentication.logon': authentication(1, 'Logon'),
  'authentication.logoff': authentication(2, 'Logoff'),
  'authentication.other': authentication(99, 'Other'),
  'session.other': act(AUTHORIZE_SESSION)(99, 'Other'),
  'entity.create': entity(1, 'Create'),
  'entity.read': entity(2, 'Read'),
  'entity.update': entity(3, 'Update'),
  'entity.delete': entity(4, 'Delete'),
  'entity.other': entity(99, 'Other'),
} as const;

export type OcsfActName = keyof typeof OCSF_ACTS;

const OCSF_VERSION = '1.1.0';

const SUCCESS = { status_id: 1, status: 'Success' };
const FAILURE = { status_id: 2, status: 'Failure' };
const SEVERITIES = { informational: 1, medium: 3, high: 4 } as const;
const CATEGORY = { category_uid: 3, category_name: 'Identity & Access Management' };

/** An event in the format of a collector. */
export interface StreamEvent {
  /** Id of the line: events with the same one are equal. */
  uid: string;
  name: string;
  at: Date;
  severity: keyof typeof SEVERITIES;
  /** The event in OCSF, as JSON in ASCII: one line, in any character set. */
  json: string;
}

/**
 * Converts a sealed line. `declared`: the declaration of its event. `isMarked`: whether a key of this deployment made
 * its mark; otherwise it was not written by Portillon.
 */
export function eventOfLine(
  line: LineWords & { sealSequence: number | null },
  declared: JournalEvent | undefined,
  isMarked: boolean,
): StreamEvent {
  const { id, name, happenedAt, accountId, outcome, data } = line;
  const severity = isMarked ? severityOf(outcome, declared) : 'high';
  const actor = line.actorId ?? accountId;
  const act = OCSF_ACTS[declared?.siem ?? 'entity.other'];
  return eventOf({ uid: id, name, at: happenedAt, severity }, act, accountId, {
    ...(outcome === 'SUCCESS' ? SUCCESS : FAILURE),
    status_detail: line.reason,
    metadata: { correlation_uid: line.requestId },
    actor: actor && { user: { uid: actor } },
    src_endpoint: line.address && { ip: line.address },
    http_request: line.device && { user_agent: line.device },
    unmapped: {
      seal: line.sealSequence,
      marked: isMarked,
      structure: line.structureId,
      means: line.means,
      channel: line.channel,
      data: data && (JSON.parse(data) as unknown),
    },
  });
}

/** Converts the last seal. Kept elsewhere, it shows when an end of the journal is cut off. */
export function eventOfHead({ sequence, digest }: NonNullable<SealState['head']>, at: Date): StreamEvent {
  const uid = `head-${sequence}-${at.getTime()}`;
  return eventOf(
    { uid, name: 'audit_head', at, severity: 'informational' },
    OCSF_ACTS['entity.other'],
    null,
    {
      ...SUCCESS,
      unmapped: { head: `${sequence}:${digest}` },
    },
  );
}

function severityOf(outcome: LineWords['outcome'], declared?: JournalEvent): StreamEvent['severity'] {
  return declared?.severity ?? (outcome === 'FAILURE' ? 'medium' : 'informational');
}

/** Attributes common to all classes, and those of one. */
function eventOf(
  head: Omit<StreamEvent, 'json'>,
  act: OcsfAct,
  accountId: string | null,
  { metadata, ...what }: { metadata?: object } & Record<string, unknown>,
): StreamEvent {
  const { uid, name, at, severity } = head;
  const event = {
    ...CATEGORY,
    class_uid: act.class.uid,
    class_name: act.class.name,
    activity_id: act.activity.id,
    activity_name: act.activity.name,
    type_uid: act.class.uid * 100 + act.activity.id,
    time: at.getTime(),
    severity_id: SEVERITIES[severity],
    severity: severity[0]!.toUpperCase() + severity.slice(1),
    ...subjectOf(act, name, accountId),
    ...what,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Portillon', vendor_name: 'Portillon' },
      log_name: 'journal',
      event_code: name,
      uid,
      ...metadata,
    },
  };
  return { ...head, json: ascii(JSON.stringify(event, withoutNothing)) };
}

/** Subject of the event, in the attribute of its class. */
function subjectOf(act: OcsfAct, name: string, accountId: string | null) {
  const ofAccount = accountId !== null && { uid: accountId };
  if (act.class === ENTITY_MANAGEMENT) return { entity: { type: name.replace(/_.*/, ''), ...ofAccount } };
  const user = { type_id: 1, type: 'User', ...ofAccount };
  return act.class === AUTHENTICATION ? { user, service: { name: 'Portillon' } } : { user };
}

function withoutNothing(_name: string, value: unknown): unknown {
  return value ?? undefined;
}

function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
