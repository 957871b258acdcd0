import { acrOfMeans } from '@portillon/application';
import {
  type ConfirmingFactorsService,
  type Factor,
  type FactorPolicy,
  FactorRegistry,
} from '@portillon/access';
import type { Session, SessionMeans } from '@portillon/session';
import type { ResolvedOpenidOptions } from '../openid.options';
import type { LiveSessionService } from '../provider/live-session.service';
import { InteractionService } from './interaction.service';

const FACTORS = new FactorRegistry({} as FactorPolicy);
FACTORS.register({ id: 'totp', code: 'otp' }, { holders: async () => new Set() });
FACTORS.register({ id: 'recovery-code', code: null }, { holders: async () => new Set() });

const ALL: Factor[] = ['totp', 'EMAIL', 'SMS'];

function offered(
  asked: string[],
  means: SessionMeans = 'password',
  held = ALL,
  { late = false, text = '' } = {},
) {
  const unused = {} as never;
  const service = new InteractionService(
    unused,
    unused,
    { codeIsLate: () => late } as unknown as LiveSessionService,
    unused,
    acrOfMeans(text),
    { publicUrl: 'https://portillon.example' } as ResolvedOpenidOptions,
    unused,
    unused,
    { of: async () => held } as unknown as ConfirmingFactorsService,
    FACTORS,
    unused,
  );
  const acr = asked.map((one) => [one]);
  return service.offeredProofs({ accountId: 'claire', means } as Session, { acr, maxAge: 60, anew: false });
}

describe('a page offers a person', () => {
  it('whatever they have, where a fresh proof is asked and no level', async () => {
    expect(await offered([])).toEqual({ means: ['pro-sante-connect', 'cpx', 'passkey'], codes: ALL });
  });

  it('no code by mail for two factors', async () => {
    expect(await offered(['eidas1-mfa'])).toEqual({ means: ['cpx', 'passkey'], codes: ['totp', 'SMS'] });
    expect(await offered(['eidas1-mfa'], 'password', ['EMAIL'])).toMatchObject({ codes: [] });
  });

  it('no code at all beside a card, for more than one factor', async () => {
    expect(await offered(['eidas1-mfa'], 'cpx')).toMatchObject({ codes: [] });
    expect(await offered(['eidas1'], 'cpx')).toMatchObject({ codes: ALL });
  });

  it('the card alone for its level, and what no look-alike page can take for `phr`', async () => {
    expect(await offered(['eidas3'])).toEqual({ means: ['cpx'], codes: [] });
    expect(await offered(['phr'])).toEqual({ means: ['pro-sante-connect', 'cpx', 'passkey'], codes: [] });
  });

  it('Pro Santé Connect where the operator names what attests it', async () => {
    const text = 'pro-sante-connect=eidas2@ANS-2026-17';
    expect(await offered(['eidas2'], 'password', ALL, { text })).toEqual({
      means: ['pro-sante-connect', 'cpx'],
      codes: [],
    });
  });

  it('no recovery code, and no passkey after 24 hours, which renews no code', async () => {
    const held: Factor[] = ['EMAIL', 'recovery-code'];
    expect(await offered([], 'password', held, { late: true })).toEqual({
      means: ['pro-sante-connect', 'cpx'],
      codes: ['EMAIL'],
    });
  });
});
