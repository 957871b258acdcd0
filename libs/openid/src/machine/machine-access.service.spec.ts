import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { AuditEvent, RefusalJournalService } from '@portillon/audit';
import type { Structure, StructureService } from '@portillon/structure';
import type { RateLimiterService } from '@portillon/rate-limit';
import { SettableClock, Steps } from '@portillon/testing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessTokenService } from '../tokens/access-token.service';
import { MachineAccessService, type MachineClaims } from './machine-access.service';
import { resolveMachineOptions } from './machine.options';

const CLAIMS: MachineClaims = { clientId: 'directory', scopes: ['accounts:read'], structureId: 'hospital' };
const SERVICE = {
  id: 'directory',
  kind: 'service',
  status: 'active',
  structureId: 'hospital',
  scopes: ['accounts:read', 'accounts:write'],
} as ApplicationEntity;

interface Scene {
  claims?: MachineClaims | undefined;
  application?: ApplicationEntity | null;
  structure?: boolean;
  scope?: string | null;
  authorization?: string;
}

function scene(changes: Scene = {}) {
  const { claims, application, structure, scope, authorization } = {
    claims: CLAIMS,
    application: SERVICE,
    structure: true,
    scope: 'accounts:read',
    authorization: 'Bearer token',
    ...changes,
  };
  const steps = new Steps();
  const journalled: AuditEvent[] = [];
  const headers: Record<string, unknown> = {};
  const options = resolveMachineOptions({ publicUrl: 'https://portillon.example' });
  const service = new MachineAccessService(
    steps.of<ApplicationService>('applications', { get: async () => application }),
    steps.of<StructureService>('structures', {
      get: async () => (structure ? ({} as Structure) : undefined),
    }),
    steps.of<RefusalJournalService>('refusals', { record: async (event) => void journalled.push(event) }),
    options,
    steps.of<RateLimiterService>('limiter', {
      consume: async () => undefined,
      stateOf: async () => ({ remaining: 1, resetsAt: null }),
    } as Partial<RateLimiterService>),
    new SettableClock(),
    steps.of<AccessTokenService>('tokens', {
      read: async () =>
        claims && {
          aud: options.resource,
          sub: claims.clientId,
          client_id: claims.clientId,
          scope: claims.scopes.join(' '),
          ...(claims.structureId && { structure: claims.structureId }),
        },
    }),
  );
  const request = {
    headers: { authorization },
    method: 'GET',
    routeOptions: { url: '/api/admin/accounts' },
    ip: '192.0.2.7',
    id: 'request',
  } as unknown as FastifyRequest;
  const reply = {
    header: (name: string, value: unknown) => (headers[name] = value),
  } as unknown as FastifyReply;
  const admit = () => service.admit(request, reply, { scope });
  return { service, steps, journalled, headers, admit };
}

describe('an application', () => {
  it('is admitted with what its token and its registration both say', async () => {
    const claims = { ...CLAIMS, scopes: ['accounts:read', 'events:read'] };
    const { admit } = scene({ claims });
    const scopes = ['accounts:read'];
    expect(await admit()).toEqual({ applicationId: 'directory', structureId: 'hospital', scopes });
  });

  it('of no structure is admitted too, by a token of none', async () => {
    const { steps, admit } = scene({
      claims: { ...CLAIMS, structureId: null },
      application: { ...SERVICE, structureId: null },
    });
    expect(await admit()).toMatchObject({ applicationId: 'directory', structureId: null });
    expect(steps.taken).not.toContain('structures.get');
  });

  it('is shown where a token comes from', () => {
    expect(scene().service.challenge()).toBe(
      'Bearer realm="portillon", resource_metadata="https://portillon.example/.well-known/oauth-protected-resource"',
    );
  });

  it.each(['Bearer', 'Bearer  ', 'Bearer a b', 'Basic dG9rZW4=', `Bearer ${'a'.repeat(4_097)}`])(
    'is asked for a token when the header is %j, and nothing is looked up',
    async (authorization) => {
      const { steps, headers, admit } = scene({ authorization });
      await expect(admit()).rejects.toMatchObject({ code: 'access-token.rejected' });
      expect(headers['www-authenticate']).toContain('error="invalid_token"');
      expect(steps.taken).not.toContain('tokens.read');
    },
  );

  it('whose token is not ours makes no line of the journal: anybody can send one', async () => {
    const { journalled, admit } = scene({ claims: undefined });
    await expect(admit()).rejects.toMatchObject({ code: 'access-token.rejected' });
    expect(journalled).toEqual([]);
  });

  it.each<[string, Scene]>([
    ['is disabled', { application: { ...SERVICE, status: 'disabled' } }],
    ['is no service', { application: { ...SERVICE, kind: 'web' } }],
    ['is gone', { application: null }],
    ['is another structure’s by now', { application: { ...SERVICE, structureId: 'clinic' } }],
    ['is of a structure that is gone', { structure: false }],
  ])('that %s is refused, and the journal names it', async (_, changes) => {
    const { journalled, admit } = scene(changes);
    await expect(admit()).rejects.toMatchObject({ code: 'access-token.rejected' });
    expect(journalled).toMatchObject([
      {
        name: 'authz_fail',
        outcome: 'FAILURE',
        reason: 'application-refused',
        actorId: 'directory',
        accountId: null,
      },
    ]);
  });

  it('hears which scope is missing', async () => {
    const { journalled, headers, admit } = scene({ scope: 'accounts:write' });
    await expect(admit()).rejects.toMatchObject({ code: 'scope.insufficient' });
    expect(headers['www-authenticate']).toContain('error="insufficient_scope", scope="accounts:write"');
    expect(journalled).toMatchObject([{ reason: 'scope', data: { route: 'GET /api/admin/accounts' } }]);
  });

  it('hears of no scope where none opens the route', async () => {
    const { headers, admit } = scene({ scope: null });
    await expect(admit()).rejects.toMatchObject({ code: 'permission.denied' });
    expect(headers['www-authenticate']).toBeUndefined();
  });
});
