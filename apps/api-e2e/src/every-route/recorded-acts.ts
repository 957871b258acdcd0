import { randomUUID } from 'node:crypto';
import { SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import { AuthenticatorApp } from '../harness/people/authenticator-app';
import { PASSWORD, Person } from '../harness/people/person';
import { showChange } from '../harness/people/directory-change';
import { makeRecoveryCodes } from '../harness/people/recovery-codes';
import { STRUCTURE } from '../harness/server/stage';
import type { PersonChanges, Stage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

/** One request, which succeeds once the journal can be written. */
export interface Act {
  path: string;
  body?: object;
  /** The national administrator unless given. */
  by?: Visitor;
  version?: number;
}

const ORIGIN = 'http://portillon.test';
const NATIONAL_ID = '899700366240';
const WEBHOOK = { name: 'Receiver', url: 'https://receiver.example/hook', events: ['account.created'] };
const APPLICATION = { kind: 'web', name: 'Orientation', redirectUris: ['https://orientation.example/cb'] };
const POLICY = {
  smsForbidden: false,
  mailFirstTimeOnly: false,
  codeWindowHours: 4,
  proSanteConnectFrom: null,
};
const NOTICE = Object.fromEntries(
  `publisherName publisherAddress publisherPhone publicationDirector hostName hostAddress hostPhone hostCertification
   dataProtectionEmail accessibilityState accessibilityAuditedOn accessibilityAuditor accessibilityEmail`
    .split(/\s+/)
    .map((name) => [name, null]),
);

/** By operation of the API, how each act on what is administered or one's own is made possible. */
export function actsOn(stage: Stage, browserOf: () => Visitor): Record<string, () => Promise<Act>> {
  const national = {
    get: (path: string) => browserOf().get(path),
    post: (path: string, body: object) => browserOf().post(path, body),
  };
  const set = ({ id }: Person, columns: Record<string, unknown>) =>
    stage.database.execute(
      `UPDATE account SET ${Object.keys(columns)
        .map((name) => `${name} = ?`)
        .join(', ')} WHERE id = ?`,
      [...Object.values(columns), id],
    );
  const pathOf = ({ id }: Person) => `/api/admin/accounts/${id}`;
  const versionOf = async (path: string) => Number((await national.get(path)).body.version);
  const made = async (path: string, body: object) => String((await national.post(path, body)).body.id);
  const application = async () =>
    `/api/admin/applications/${await made('/api/admin/applications', APPLICATION)}`;
  const webhook = async () => `/api/admin/webhooks/${await made('/api/admin/webhooks', WEBHOOK)}`;

  /** An act of an administrator on an account: its columns and how it is made before. */
  const onAccount =
    (act: string, body: object = {}, columns: Record<string, unknown> = {}, changes: PersonChanges = {}) =>
    async (): Promise<Act> => {
      const person = await stage.person(changes);
      if (Object.keys(columns).length > 0) await set(person, columns);
      return { path: pathOf(person) + act, body };
    };
  /** A decision on what another administrator asked for. */
  const onPending = (kind: string, value: string, act: string) => async (): Promise<Act> => {
    const person = await stage.person({ role: 'structure-admin' });
    const asking = await stage.person({ role: 'national-admin', structureId: null });
    const [now, then] = [new Date(), new Date(Date.now() + 86_400_000)];
    await stage.database.execute(
      'INSERT INTO pendingChange (id, accountId, kind, value, requestedBy, requestedAt, effectiveAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [randomUUID(), person.id, kind, value, asking.id, now, then],
    );
    const path = `${pathOf(person)}/pending-changes/${kind}/${act}`;
    return { path, body: {}, version: await versionOf(pathOf(person)) };
  };
  /** An act of a person on what is their own. */
  const own =
    (
      path: string,
      body?: object,
      prepare: (person: Person, browser: Visitor) => Promise<unknown> = async () => undefined,
    ) =>
    async (): Promise<Act> => {
      const { person, browser } = await stage.signedIn();
      const part = await prepare(person, browser);
      return { path: path.replace('{id}', String(part)), by: browser, ...(body && { body }) };
    };
  const withPasskey = async (_person: Person, browser: Visitor) => {
    const { added } = await addPasskey(browser, new SoftAuthenticator(ORIGIN));
    return added.body.id as string;
  };
  const withTotp = (person: Person, browser: Visitor) => AuthenticatorApp.add(stage, person, browser);
  const withCodes = (_person: Person, browser: Visitor) => makeRecoveryCodes(browser);
  const withOther = async (person: Person) => {
    await person.signIn(stage.visitor());
    const sql = 'SELECT id FROM session WHERE accountId = ? ORDER BY id DESC';
    return (await stage.database.row<{ id: string }>(sql, [person.id]))!.id;
  };
  const withBrowser = async (person: Person) => {
    await person.signIn(stage.visitor());
    const sql = 'SELECT id FROM rememberedBrowser WHERE accountId = ? ORDER BY id DESC';
    return (await stage.database.row<{ id: string }>(sql, [person.id]))!.id;
  };
  const withPhone = (person: Person, browser: Visitor) =>
    browser.put('/api/account/phone', { phoneNumber: person.mobile, currentPassword: PASSWORD });
  /** An administrator’s action on a means of a person. */
  const onMeans =
    (act: string, prepare: (person: Person, browser: Visitor) => Promise<unknown>, body: object = {}) =>
    async (): Promise<Act> => {
      const { person, browser } = await stage.signedIn();
      const part = await prepare(person, browser);
      return { path: pathOf(person) + act.replace('{id}', String(part)), body };
    };
  /** A person of two structures, and their place in the second. */
  const member = async () => {
    const [person, structureId] = [await stage.person(), await stage.structure()];
    await stage.member(person.id, structureId);
    return { person, structureId, path: `${pathOf(person)}/memberships/${structureId}` };
  };
  /** A proposal to a person, and where it is administered. */
  const proposedTo = async ({ email }: Person) => {
    const path = `/api/admin/structures/${await stage.structure()}/proposals`;
    const id = await made(path, { email });
    return { id, path: `${path}/${id}` };
  };
  /** A decision on what the national directory shows of a person. */
  const onShown = (kind: string, act: string, body: object) => async (): Promise<Act> => {
    const { id: accountId } = await stage.person();
    const details = { givenName: 'Claire', familyName: 'Roux' };
    const id = await showChange(stage, { kind, accountId, structureId: STRUCTURE.id, details });
    return { path: `/api/admin/directory-changes/${id}/${act}`, body };
  };
  const withProposal = async (person: Person) => (await proposedTo(person)).id;
  const onStructure = (path: string, body: object) => async (): Promise<Act> => {
    const id = await stage.structure();
    const seen = path === 'structures' ? `/api/admin/structures/${id}` : `/api/admin/${path}/${id}`;
    return { path: seen, body, version: await versionOf(seen) };
  };
  const at = async (path: Promise<string>, act: string, body?: object): Promise<Act> => {
    const base = await path;
    return { path: base + act, version: 1, ...(body && { body }) };
  };

  /** A wave of one person, on days that every clock of the tests accepts. */
  const waveOf = async () => {
    const structureId = await stage.structure();
    await stage.person({ status: 'INVITED', structureId });
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    return { name: 'Nord', structureIds: [structureId], startsOn: day(9), until: day(30), perHour: 100 };
  };
  const wave = async () =>
    `/api/admin/invitation-waves/${await made('/api/admin/invitation-waves', await waveOf())}`;
  const pausedWave = async () => {
    const path = await wave();
    await national.post(`${path}/pause`, {});
    return path;
  };

  return {
    'PATCH /api/account': own(
      '/api/account',
      { codeChannel: 'SMS', currentPassword: PASSWORD },
      async (person, browser) => {
        await withPhone(person, browser);
        await set(person, { phoneVerifiedAt: new Date() });
      },
    ),
    'DELETE /api/account/national-id': own('/api/account/national-id', undefined, (person) =>
      set(person, { nationalId: NATIONAL_ID }),
    ),
    'PUT /api/account/password': own('/api/account/password', {
      currentPassword: PASSWORD,
      newPassword: 'Un-Autre-Quai-Du-Port-2027',
    }),
    'POST /api/account/erasure-request': own('/api/account/erasure-request', {}),
    'DELETE /api/account/erasure-request': own('/api/account/erasure-request', undefined, (_, browser) =>
      browser.post('/api/account/erasure-request', {}),
    ),
    'DELETE /api/account/sessions': own('/api/account/sessions', undefined, withOther),
    'DELETE /api/account/sessions/{id}': own('/api/account/sessions/{id}', undefined, withOther),
    'DELETE /api/account/browsers': own('/api/account/browsers', undefined, withBrowser),
    'DELETE /api/account/browsers/{id}': own('/api/account/browsers/{id}', undefined, withBrowser),
    'PUT /api/account/phone': async () => {
      const { person, browser } = await stage.signedIn();
      const body = { phoneNumber: person.mobile, currentPassword: PASSWORD };
      return { path: '/api/account/phone', body, by: browser };
    },
    'DELETE /api/account/phone': own('/api/account/phone', { currentPassword: PASSWORD }, withPhone),
    'POST /api/account/passkeys': async () => {
      const { browser } = await stage.signedIn();
      const { body } = await browser.post('/api/account/passkeys/options', {});
      const credential = new SoftAuthenticator(ORIGIN).create(body.options);
      return { path: '/api/account/passkeys', body: { name: 'Clé de bureau', credential }, by: browser };
    },
    'POST /api/account/totp/confirmation': async () => {
      const { person, browser } = await stage.signedIn();
      const { body } = await browser.post('/api/account/totp', {});
      const code = new AuthenticatorApp(stage, person, body.secret as string).code();
      return { path: '/api/account/totp/confirmation', body: { code }, by: browser };
    },
    'PATCH /api/account/passkeys/{id}': own('/api/account/passkeys/{id}', { name: 'Autre' }, withPasskey),
    'DELETE /api/account/passkeys/{id}': own('/api/account/passkeys/{id}', undefined, withPasskey),
    'DELETE /api/account/totp': own('/api/account/totp', undefined, withTotp),
    'POST /api/account/recovery-codes': own('/api/account/recovery-codes', {}),
    'DELETE /api/account/recovery-codes': own('/api/account/recovery-codes', undefined, withCodes),

    'POST /api/account/proposals/{id}/accept': own('/api/account/proposals/{id}/accept', {}, withProposal),
    'POST /api/account/proposals/{id}/refuse': own('/api/account/proposals/{id}/refuse', {}, withProposal),
    'POST /api/membership-proposals/answer': async () => {
      const person = await stage.person();
      await proposedTo(person);
      const token = await person.tokenIn('vous propose un rattachement');
      return { path: '/api/membership-proposals/answer', body: { token, accept: true }, by: stage.visitor() };
    },

    'POST /api/admin/structures/{id}/proposals': async () => ({
      path: `/api/admin/structures/${await stage.structure()}/proposals`,
      body: { email: `${randomUUID()}@hopital.example` },
    }),
    'POST /api/admin/structures/{id}/proposals/{proposalId}/withdraw': async () => {
      const { path } = await proposedTo(await stage.person());
      return { path: `${path}/withdraw`, body: {} };
    },
    'PATCH /api/admin/accounts/{id}/memberships/{structureId}': async () => {
      const { path } = await member();
      return { path, body: { function: 'Cardiologue' }, version: 1 };
    },
    'POST /api/admin/accounts/{id}/memberships/{structureId}/end': async () => {
      const { path } = await member();
      return { path: `${path}/end`, body: { reason: 'she left' } };
    },
    'POST /api/admin/accounts/{id}/hand-over': async () => {
      const { person, structureId } = await member();
      return { path: `${pathOf(person)}/hand-over`, body: { reason: 'she moved', structureId } };
    },
    'POST /api/admin/accounts': async () => {
      const username = `zoe.${randomUUID().slice(0, 8)}`;
      const body = { username, email: `${username}@hopital.example`, displayName: 'Zoé Martin' };
      return { path: '/api/admin/accounts', body };
    },
    'PATCH /api/admin/accounts/{id}': onAccount('', { displayName: 'Claire N.' }),
    'POST /api/admin/accounts/{id}/data': onAccount('/data', { reason: 'her letter' }),
    'POST /api/admin/accounts/{id}/resend-invitation': onAccount(
      '/resend-invitation',
      {},
      { passwordDigest: null },
      { status: 'INVITED' },
    ),
    'POST /api/admin/accounts/{id}/unlock': onAccount('/unlock'),
    'POST /api/admin/accounts/{id}/reset-factors': onAccount('/reset-factors'),
    'POST /api/admin/accounts/{id}/revoke-sessions': onMeans('/revoke-sessions', async () => undefined),
    'POST /api/admin/accounts/{id}/sessions/{session}/end': onMeans('/sessions/{id}/end', withOther),
    'POST /api/admin/accounts/{id}/deactivate': onAccount('/deactivate'),
    'POST /api/admin/accounts/{id}/reactivate': onAccount('/reactivate', {}, {}, { status: 'DEACTIVATED' }),
    'POST /api/admin/accounts/{id}/erase': onAccount('/erase', {}, { erasureRequestedAt: new Date() }),
    'POST /api/admin/accounts/{id}/link': onAccount('/link', { nationalId: '899700366257' }),
    'POST /api/admin/accounts/{id}/unlink': onAccount('/unlink', {}, { nationalId: '899700366265' }),
    'POST /api/admin/accounts/{id}/identity': onAccount('/identity', { reason: 'seen in person' }),
    'POST /api/admin/accounts/{id}/identity/request': onAccount('/identity/request'),
    'POST /api/admin/accounts/{id}/pending-changes/{kind}/confirm': onPending(
      'erasure',
      '2026-11-30 her letter',
      'confirm',
    ),
    'POST /api/admin/accounts/{id}/pending-changes/{kind}/cancel': onPending(
      'identity',
      '899700366273',
      'cancel',
    ),
    'POST /api/admin/accounts/{id}/request-erasure': onAccount('/request-erasure', {
      reason: 'her letter',
      receivedOn: '2026-11-01',
    }),
    'POST /api/admin/accounts/{id}/emergency-access': onAccount('/emergency-access', {
      reason: 'her card is broken',
      means: 'password',
      hours: 1,
    }),
    'POST /api/admin/accounts/{id}/close-emergency-access': async () => {
      const act = await onAccount('')();
      await national.post(`${act.path}/emergency-access`, { reason: 'broken', means: 'password', hours: 1 });
      return { path: `${act.path}/close-emergency-access`, body: {} };
    },
    'POST /api/admin/accounts/{id}/passkeys/{passkey}/end': onMeans('/passkeys/{id}/end', withPasskey),
    'POST /api/admin/accounts/{id}/passkeys/{passkey}/identity': onMeans(
      '/passkeys/{id}/identity',
      withPasskey,
      {
        reason: 'seen in person',
      },
    ),
    'POST /api/admin/accounts/{id}/totp/end': onMeans('/totp/end', withTotp),
    'POST /api/admin/accounts/{id}/recovery-codes/end': onMeans('/recovery-codes/end', withCodes),

    'POST /api/admin/directory-changes/{id}/apply': onShown('renamed', 'apply', {}),
    'POST /api/admin/directory-changes/{id}/set-aside': onShown('inactive', 'set-aside', {
      reason: 'she practises',
    }),

    'PUT /api/admin/weekly-mail': async () => ({ path: '/api/admin/weekly-mail', body: { chosen: true } }),

    'POST /api/admin/applications': async () => ({ path: '/api/admin/applications', body: APPLICATION }),
    'PATCH /api/admin/applications/{id}': () => at(application(), '', { name: 'Étoile' }),
    'PUT /api/admin/applications/{id}/rules': async () => {
      const gated = {
        ...APPLICATION,
        kind: 'gate',
        redirectUris: ['https://app.example/.portillon/callback'],
      };
      const id = await made('/api/admin/applications', gated);
      return { path: `/api/admin/applications/${id}/rules`, body: { rules: [] }, version: 1 };
    },
    'POST /api/admin/applications/{id}/disable': () => at(application(), '/disable', {}),
    'POST /api/admin/applications/{id}/enable': async () => {
      const path = await application();
      await national.post(`${path}/disable`, {});
      return { path: `${path}/enable`, body: {} };
    },
    'POST /api/admin/applications/{id}/secrets': () => at(application(), '/secrets', {}),
    'POST /api/admin/applications/{id}/secrets/{secret}/end': async () => {
      const path = await application();
      const { body } = await national.post(`${path}/secrets`, {});
      return { path: `${path}/secrets/${String(body.id)}/end`, body: {} };
    },

    'POST /api/admin/structures': async () => ({
      path: '/api/admin/structures',
      body: { name: `Clinique ${randomUUID().slice(0, 8)}`, finess: '750712184' },
    }),
    'PATCH /api/admin/structures/{id}': onStructure('structures', {
      name: `Clinique ${randomUUID().slice(0, 8)}`,
    }),
    'PUT /api/admin/policies/{structure}': onStructure('policies', POLICY),
    'PUT /api/admin/faces/{structure}': onStructure('faces', { displayName: 'CHU Nord', accent: null }),
    'PUT /api/admin/legal-notice': async () => {
      const path = '/api/admin/legal-notice';
      const { version } = (await national.get(path)).body;
      return {
        path,
        body: { ...NOTICE, publisherName: 'Agence', accessibilityState: 'none' },
        version: Number(version),
      };
    },
    'POST /api/admin/setup/keys': async () => ({ path: '/api/admin/setup/keys' }),

    'POST /api/admin/invitation-waves': async () => ({
      path: '/api/admin/invitation-waves',
      body: await waveOf(),
    }),
    'POST /api/admin/invitation-waves/{id}/pause': () => at(wave(), '/pause', {}),
    'POST /api/admin/invitation-waves/{id}/resume': () => at(pausedWave(), '/resume', {}),
    'POST /api/admin/invitation-waves/{id}/remind': () => at(wave(), '/remind', {}),
    'POST /api/admin/invitation-waves/{id}/end': () => at(wave(), '/end', {}),

    'POST /api/admin/webhooks': async () => ({ path: '/api/admin/webhooks', body: WEBHOOK }),
    'PATCH /api/admin/webhooks/{id}': () => at(webhook(), '', { name: 'Another' }),
    'DELETE /api/admin/webhooks/{id}': () => at(webhook(), ''),
    'POST /api/admin/webhooks/{id}/rotate-secret': () => at(webhook(), '/rotate-secret', {}),
  };
}
