import { Logger } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { SessionClientService } from '@portillon/openid';
import { CodeRedemptionService } from './code-redemption.service';

const CODE = {
  code: 'code&x=1',
  verifier: 'verifier',
  clientId: 'app',
  redirectUri: 'https://app.example/.portillon/callback',
};

interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string;
}

function idToken(claims: object): string {
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

function redeeming(statusCode: number, body: object) {
  const asked: Asked[] = [];
  const server = {
    inject: async (request: Asked) => {
      asked.push(request);
      return { statusCode, body: JSON.stringify(body), json: () => body };
    },
  };
  const clients = {
    sessionOf: async (sid: string, id: string) => (sid === 'sid' && id === 'app' ? 'session' : undefined),
  } as SessionClientService;
  const host = { httpAdapter: { getInstance: () => server } } as unknown as HttpAdapterHost;
  return { asked, redeem: () => new CodeRedemptionService(host, clients).redeem(CODE) };
}

describe('the gate, as a client of the OpenID provider', () => {
  it('is given the session of a code, with what the browser held', async () => {
    const { asked, redeem } = redeeming(200, { id_token: idToken({ sid: 'sid' }) });
    expect(await redeem()).toEqual({ sid: 'sid', sessionId: 'session' });
    expect(asked).toMatchObject([{ method: 'POST', url: '/oidc/token' }]);
    expect(asked[0]!.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(Object.fromEntries(new URLSearchParams(asked[0]!.payload))).toEqual({
      grant_type: 'authorization_code',
      code: 'code&x=1',
      code_verifier: 'verifier',
      client_id: 'app',
      redirect_uri: 'https://app.example/.portillon/callback',
    });
  });

  it('is given nothing for a code that the provider refuses, and says so in the log', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    expect(await redeeming(400, { error: 'invalid_grant' }).redeem()).toBeUndefined();
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('400 {"error":"invalid_grant"}'));
    warned.mockRestore();
  });

  it.each([{ sid: 'of another application' }, { sid: 12 }, {}])(
    'is given nothing for a token that names no session of this application: %j',
    async (claims) => {
      expect(await redeeming(200, { id_token: idToken(claims) }).redeem()).toBeUndefined();
    },
  );
});
