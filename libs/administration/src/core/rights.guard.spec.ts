import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SignInPolicy } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { AccessRefusalService } from './access-refusal.service';
import { REQUIRED_RIGHT, RequiredRight, RightsGuard } from './rights.guard';

const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };

/** A route of this right, asked for by a person of these roles. */
function request(
  right: RequiredRight,
  roles: string[] | undefined,
  params: Record<string, string> = {},
  strong = true,
) {
  const steps = new Steps();
  const told: unknown[] = [];
  const refusals = steps.of<AccessRefusalService>('refusals', {
    forbid: async (...[, reason, data]) => {
      told.push([reason, data]);
      throw new AppError('permission.denied');
    },
    askForStrongMeans: async (...[, data]) => {
      told.push(data);
      throw new AppError('means.too-weak');
    },
    hide: async (...[, data]) => {
      told.push(data);
      throw new AppError('not-found');
    },
  });
  const policy = steps.of<SignInPolicy>('policy', { letsAdminister: () => strong });
  const handler = () => undefined;
  Reflect.defineMetadata(REQUIRED_RIGHT, right, handler);
  const principal = { roles, structure: HOSPITAL };
  const asked = {
    portillonSession: roles && { accountId: 'hugo', principal },
    portillonScope: undefined,
    params,
    headers: {},
    ip: '192.0.2.7',
    id: 'request',
  };
  const context = { getHandler: () => handler, switchToHttp: () => ({ getRequest: () => asked }) };
  const guard = new RightsGuard(new Reflector(), policy, refusals);
  return { told, asked, admit: () => guard.canActivate(context as unknown as ExecutionContext) };
}

describe('a route of administration', () => {
  it('is open to the role that may do its act, within what it reaches', async () => {
    const { admit, asked } = request({ act: 'accounts.edit' }, ['structure-admin']);
    expect(await admit()).toBe(true);
    expect(asked.portillonScope).toEqual({ structureId: 'hospital' });
  });

  it.each([[['professional']], [[]], [undefined]])('is closed to %j, and keeps who tried', async (roles) => {
    const { admit, asked, told } = request({ act: 'accounts.edit' }, roles);
    await expect(admit()).rejects.toMatchObject({ code: 'permission.denied' });
    expect(told).toEqual([['role', { act: 'accounts.edit' }]]);
    expect(asked.portillonScope).toBeUndefined();
  });

  it('is closed to a sign-in that is too weak for it, which is not told of who has no right there', async () => {
    const { admit, asked, told } = request({ act: 'accounts.edit' }, ['national-admin'], {}, false);
    await expect(admit()).rejects.toMatchObject({ code: 'means.too-weak' });
    expect([told, asked.portillonScope]).toEqual([[{ act: 'accounts.edit' }], undefined]);
    const professional = request({ act: 'accounts.edit' }, ['professional'], {}, false);
    await expect(professional.admit()).rejects.toMatchObject({ code: 'permission.denied' });
  });

  it('shows no other structure to a structure administrator, even where the act is not theirs', async () => {
    const right = { act: 'structures.edit', structureParam: 'id' } as const;
    const { admit, told } = request(right, ['structure-admin'], { id: 'clinic' });
    await expect(admit()).rejects.toMatchObject({ code: 'not-found' });
    expect(told).toEqual([{ act: 'structures.edit', structure: 'clinic' }]);
  });

  it('says that the act is not theirs for the own structure', async () => {
    const right = { act: 'structures.edit', structureParam: 'id' } as const;
    const { admit } = request(right, ['structure-admin'], { id: 'hospital' });
    await expect(admit()).rejects.toMatchObject({ code: 'permission.denied' });
  });
});
