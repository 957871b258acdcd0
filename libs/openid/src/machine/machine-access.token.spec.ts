import type { JWTPayload } from 'jose';
import type { AccessTokenService } from '../tokens/access-token.service';
import { MachineAccessService } from './machine-access.service';
import { resolveMachineOptions } from './machine.options';

const CLAIMS = {
  aud: 'https://portillon.example',
  sub: 'directory',
  client_id: 'directory',
  scope: 'accounts:read',
};

function verified(claims: object | undefined) {
  const tokens = { read: async () => claims as JWTPayload | undefined } as unknown as AccessTokenService;
  const options = resolveMachineOptions({ publicUrl: 'https://portillon.example/' });
  const unused = {} as never;
  const rest = [unused, unused, tokens] as const;
  return new MachineAccessService(unused, unused, unused, options, ...rest).verify('token');
}

describe('the token of a machine client', () => {
  it('says which one it is, its scopes and its structure', async () => {
    const claims = { ...CLAIMS, scope: 'accounts:read  accounts:write', structure: 'nord' };
    expect(await verified(claims)).toEqual({
      clientId: 'directory',
      scopes: ['accounts:read', 'accounts:write'],
      structureId: 'nord',
    });
  });

  it('may say no scope and no structure', async () => {
    const none = { clientId: 'directory', scopes: [], structureId: null };
    expect(await verified({ ...CLAIMS, scope: undefined })).toEqual(none);
    expect(await verified({ ...CLAIMS, scope: ['accounts:write'], structure: ['nord'] })).toEqual(none);
  });

  it.each<[string, object | undefined]>([
    ['is not ours, or over', undefined],
    ['is for another resource', { ...CLAIMS, aud: 'https://beds.example' }],
    ['is for no resource', { ...CLAIMS, aud: undefined }],
    ['is a person’s', { ...CLAIMS, sub: 'claire' }],
    ['names no application', { ...CLAIMS, client_id: undefined, sub: undefined }],
  ])('is none when it %s', async (_, claims) => {
    expect(await verified(claims)).toBeUndefined();
  });
});
