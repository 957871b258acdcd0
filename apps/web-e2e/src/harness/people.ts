import Libsql from 'libsql';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Server } from './server';

/** The password of the demo, and so of everybody here. */
export const PASSWORD = 'Orientation-Demo-2026';

const LINK_LIMIT_MS = 20_000;
const CODE = /\b\d{6}\b/;

type Row = Record<string, string | number | null>;

/** A person with an account, a mailbox and a mobile phone. */
export class Person {
  constructor(
    private readonly server: Server,
    readonly username: string,
    readonly email: string,
    readonly name: string,
    /** E.164; nothing is sent there: the demo keeps its messages. */
    readonly mobile: string,
  ) {}

  /** As people type it: `06 39 98 12 42`. */
  get mobileAsTyped(): string {
    return `0${this.mobile.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1 ');
  }

  /** The code of the latest mail. */
  async codeByMail(): Promise<string> {
    return codeOf((await this.server.messagesTo(this.email))[0]?.text);
  }

  /** The link of the latest mail that has one and contains `about`. It comes some seconds after the answer. */
  async linkByMail(
    page: 'mot-de-passe' | 'invitation' | 'ce-n-etait-pas-moi' | 'rattachement',
    about = '',
  ): Promise<string> {
    const link = new RegExp(`https?://\\S+/${page}#\\S+`);
    const deadline = performance.now() + LINK_LIMIT_MS;
    while (performance.now() < deadline) {
      const texts = (await this.server.everythingTo(this.email)).map(({ text }) => text);
      const mail = texts.find((text) => link.test(text) && text.includes(about));
      if (mail) return link.exec(mail)![0];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`No link to /${page} came to ${this.email}`);
  }

  /** The code of the latest SMS. */
  async codeBySms(): Promise<string> {
    return codeOf((await this.server.messagesTo(this.mobile))[0]?.text);
  }
}

function codeOf(text: string | undefined): string {
  const code = CODE.exec(text ?? '')?.[0];
  if (!code) throw new Error(`No code came: ${text ?? 'no message'}`);
  return code;
}

/** A code that is not the right one. */
export function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** As a person who copies by hand, or whose mail program helps, has it: `482 913`. */
export function spaced(code: string): string {
  return ` ${code.slice(0, 3)} ${code.slice(3)} `;
}

/** The demo people, by the first name. */
export function demoPeople(server: Server) {
  const hospital = (username: string, name: string) =>
    new Person(server, username, `${username}@hopital.example`, name, '');
  return {
    claire: hospital('claire.martin', 'Claire Martin'),
    nadia: hospital('nadia.benali', 'Nadia Benali'),
    national: new Person(
      server,
      'support.national',
      'support.national@portillon.example',
      'Support national',
      '',
    ),
    paul: new Person(server, 'paul.durand', 'paul.durand@centre.example', 'Paul Durand', '+33639981242'),
  };
}

/** A person whom no other test uses: a copy of the demo's Claire under another name. */
export function newPerson(server: Server): Person {
  const mark = randomBytes(4).toString('hex');
  const username = `claire.${mark}`;
  const email = `${username}@hopital.example`;
  const mobile = `+33612${String(randomInt(1_000_000)).padStart(6, '0')}`;
  const name = `Claire ${mark}`;
  const id = randomUUID();
  copyAccount(server, 'claire.martin', {
    id,
    username,
    usernameKey: username,
    email,
    emailKey: email,
    displayName: name,
    displayNameKey: name.toLowerCase(),
    nationalId: null,
    // Another test of this server may have signed Claire in.
    lastSignedInAt: null,
  });
  // What the list finds them by.
  inDatabase(server, (database) => {
    for (const term of [username, mark])
      copyRow(database, 'accountTerm', { term: 'claire.martin' }, { accountId: id, term });
  });
  return new Person(server, username, email, name, mobile);
}

/** A person whose account has long been closed, and who was notified that it is erased in ten days. */
export function newDueForErasure(server: Server): Person {
  const person = newPerson(server);
  const at = (days: number) =>
    new Date(server.now + days * 24 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
  inDatabase(server, (database) =>
    database
      .prepare("UPDATE account SET status = 'DEACTIVATED', closedAt = ?, erasureDueAt = ? WHERE username = ?")
      .run(at(-720), at(10), person.username),
  );
  return person;
}

/**
 * So many copies of the demo's Claire, `Zoe 001` and so on, in the list of her hospital: the only ones invited there, as
 * earlier tests may have left others. `changes` are of the last one.
 */
export function newInvited(server: Server, count: number, changes: Record<string, string>): void {
  inDatabase(server, (database) =>
    database.exec("UPDATE account SET status = 'DEACTIVATED' WHERE status = 'INVITED'"),
  );
  for (let at = 1; at <= count; at++) {
    const name = `Zoe ${String(at).padStart(3, '0')}`;
    const username = `zoe.${at}.${randomBytes(4).toString('hex')}`;
    const email = `${username}@hopital.example`;
    copyAccount(server, 'claire.martin', {
      ...{ id: randomUUID(), username, usernameKey: username, email, emailKey: email, nationalId: null },
      ...{ displayName: name, displayNameKey: name.toLowerCase(), status: 'INVITED' },
      ...(at === count && changes),
    });
  }
}

/** So many accounts of the structure of this person, none of them invited. */
export function newUninvited(server: Server, count: number, like: Person): void {
  for (let at = 1; at <= count; at++) {
    const username = `venu.${at}.${randomBytes(4).toString('hex')}`;
    const email = `${username}@hopital.example`;
    copyAccount(server, like.username, {
      ...{ id: randomUUID(), username, usernameKey: username, email, emailKey: email, nationalId: null },
      ...{ displayName: username, displayNameKey: username, status: 'INVITED', roles: 'professional' },
      ...{ passwordDigest: null, invitedUntilAt: null, lastSignedInAt: null, emailUnreachableAt: null },
    });
  }
}

/** Of those whom a wave invited: so many who came, and others whose mail came back. */
export function answerWave(server: Server, came: number, bounced: number): void {
  const now = new Date(server.now).toISOString().replace('T', ' ').replace('Z', '');
  const invited = `SELECT id FROM account WHERE username LIKE 'venu.%' ORDER BY username`;
  inDatabase(server, (database) => {
    database
      .prepare(
        `UPDATE account SET status = 'ACTIVE', lastSignedInAt = ? WHERE id IN (${invited} DESC LIMIT ?)`,
      )
      .run([now, came]);
    database
      .prepare(`UPDATE account SET emailUnreachableAt = ? WHERE id IN (${invited} LIMIT ?)`)
      .run([now, bounced]);
  });
}

function copyAccount(server: Server, username: string, changes: Row): void {
  inDatabase(server, (database) => {
    copyRow(database, 'account', { username }, changes);
    // The lists of a structure find its people by their memberships.
    database
      .prepare(
        `INSERT INTO membership (accountId, structureId, roles, source, sinceAt, version)
          SELECT id, structureId, roles, 'console', createdAt, 1 FROM account WHERE id = ?`,
      )
      .run([changes['id']]);
  });
}

function inDatabase(server: Server, act: (database: Libsql.Database) => unknown): void {
  const database = new Libsql(server.databaseFile, { timeout: 5_000 });
  try {
    act(database);
  } finally {
    database.close();
  }
}

/** A copy of the row that has this value, but for what changes. */
function copyRow(database: Libsql.Database, table: string, of: Record<string, string>, changes: Row): void {
  const [[column, value]] = Object.entries(of) as [[string, string]];
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all([table]) as {
    name: string;
  }[];
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => (name in changes ? '?' : name));
  database
    .prepare(
      `INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM ${table} WHERE ${column} = ?`,
    )
    .run([...names.filter((name) => name in changes).map((name) => changes[name]), value]);
}

/** What the national directory shows of a person, for the administrators of their structure. */
export function showChange(server: Server, { username }: Person, kind: string, details: object = {}): void {
  inDatabase(server, (database) =>
    database
      .prepare(
        `INSERT INTO directoryChange (id, changeKey, accountId, structureId, kind, details, foundAt)
          SELECT ?, ?, id, structureId, ?, ?, createdAt FROM account WHERE username = ?`,
      )
      .run([randomUUID(), randomBytes(32).toString('hex'), kind, JSON.stringify(details), username]),
  );
}

/** Puts each account back to French: a test may have left the demo's people in English. */
export function speakFrench(server: Server): void {
  inDatabase(server, (database) => database.exec("UPDATE account SET locale = 'fr'"));
}

/** Ends the demo's second places, so that no page asks for which structure a person works. */
export function keepOneStructure(server: Server): void {
  const others = 'structureId <> (SELECT structureId FROM account WHERE account.id = accountId)';
  inDatabase(server, (database) => database.exec(`DELETE FROM membership WHERE ${others}`));
}

/** What the operator reports of the latest SMS to the person, as the delivery log has it once a receipt came. */
export function reportSms(server: Server, { username }: Person, report: 'delivered' | 'undelivered'): void {
  const reportedAt = new Date(server.now).toISOString().replace('T', ' ').replace('Z', '');
  const latest = `SELECT MAX(message.id) FROM notification message JOIN account ON account.id = message.accountId
    WHERE message.channel = 'SMS' AND account.username = ?`;
  inDatabase(server, (database) =>
    database
      .prepare(`UPDATE notification SET report = ?, reportedAt = ? WHERE id = (${latest})`)
      .run(report, reportedAt, username),
  );
}

/** Gives the person a separate structure, which requires strong means from a moment of the server's clock on. */
export function wantStrongMeans(
  server: Server,
  person: Person,
  wanted: { from: number; totpIsStrong: boolean; passkeyIdentity?: 'any' | 'proven' },
): void {
  const strongMeansFromAt = new Date(wanted.from).toISOString().replace('T', ' ').replace('Z', '');
  giveStructure(server, person, {
    strongMeansFromAt,
    totpIsStrong: Number(wanted.totpIsStrong),
    passkeyIdentity: wanted.passkeyIdentity ?? 'any',
  });
}

/** Gives the person a separate structure, which requires verified identities from a moment of the server's clock on. */
export function wantVerifiedIdentities(server: Server, person: Person, from: number): void {
  const identityRequiredFromAt = new Date(from).toISOString().replace('T', ' ').replace('Z', '');
  giveStructure(server, person, { identityRequiredFromAt });
}

/** Gives the person a separate structure, whose computers several people use. */
export function shareWorkstations(server: Server, person: Person): void {
  giveStructure(server, person, { sharedWorkstations: 1 });
}

function giveStructure(server: Server, person: Person, rules: Row): void {
  inDatabase(server, (database) => {
    const id = addStructure(database, person, { name: `Clinique ${randomUUID()}`, ...rules });
    database.prepare('UPDATE account SET structureId = ? WHERE username = ?').run([id, person.username]);
    database
      .prepare(
        'UPDATE membership SET structureId = ? WHERE accountId = (SELECT id FROM account WHERE username = ?)',
      )
      .run([id, person.username]);
  });
}

/** Gives the person a place in another structure, beside the one that manages the account. */
export function giveSecondStructure(server: Server, person: Person, name: string, post: string): void {
  const now = new Date(server.now).toISOString().replace('T', ' ').replace('Z', '');
  inDatabase(server, (database) => {
    const id = addStructure(database, person, { name });
    database
      .prepare(
        `INSERT INTO membership (accountId, structureId, roles, function, source, sinceAt, version)
          SELECT id, ?, 'professional', ?, 'console', ?, 1 FROM account WHERE username = ?`,
      )
      .run([id, post, now, person.username]);
  });
}

/** A copy of the structure that manages the person's account, but for what changes. Returns its id. */
function addStructure(database: Libsql.Database, { username }: Person, changes: Row): string {
  const id = randomUUID();
  const found = database.prepare('SELECT structureId FROM account WHERE username = ?').get(username) as {
    structureId: string;
  };
  const own = { id, nameKey: id, sortKey: id, siret: null, finess: null };
  copyRow(database, 'structure', { id: found.structureId }, { ...own, ...changes });
  return id;
}

/** Everybody who was invited has come; so many of them, the last by name, have a card. */
export function activateInvited(server: Server, cards: number): void {
  inDatabase(server, (database) => {
    database
      .prepare(
        `UPDATE account SET nationalId = '81000' || (1000000 + rowid) WHERE id IN
          (SELECT id FROM account WHERE status = 'INVITED' ORDER BY displayNameKey DESC LIMIT ?)`,
      )
      .run([cards]);
    database.exec("UPDATE account SET status = 'ACTIVE' WHERE status = 'INVITED'");
  });
}

/** As after an installation: only the national administrator, and no structure. */
export function leaveOnlyNational(server: Server): void {
  inDatabase(server, (database) => {
    database.exec("DELETE FROM account WHERE username <> 'support.national'; DELETE FROM structure;");
  });
}
