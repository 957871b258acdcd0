import { validateBody } from '@portillon/http';
import { CodeSubmission, requestedView, typedCode } from './challenge.dto';
import type { DeliveredCode } from './code.types';

const AT = new Date('2026-01-01T12:00:00Z');

const accepted = (code: unknown) => {
  try {
    return typedCode(validateBody(CodeSubmission, { code }));
  } catch {
    return undefined;
  }
};

describe('a code as it is typed', () => {
  it.each([
    ['482913', '482913'],
    ['482 913', '482913'],
    ['\u00a0482\u202f913 ', '482913'],
    ['００４８２９', '004829'],
    ['٠٠٤٨٢٩', '004829'],
    ['۰۰۴۸۲۹', '004829'],
    ['0123456789', '0123456789'],
  ])('reads %j as %j', (text, code) => expect(accepted(text)).toBe(code));

  it.each(['', '   ', '48291', '48291a', 'abcdef', '48-29-13', '①②③④⑤⑥', '12345678901', '482913\n', 482913])(
    'refuses %j, which can be no code, before it costs an attempt',
    (text) => expect(accepted(text)).toBeUndefined(),
  );
});

describe('a code that was sent, as the page sees it', () => {
  it('has its way and its times, and nothing of the code but how long it is', () => {
    const challenge = { id: 'c', destinationHint: 'c•••', codeDigest: 'digest', codeLength: 6 };
    const times = { sentAt: AT, expiresAt: AT, resendAvailableAt: AT };
    const pending = {
      challenge: { ...challenge, ...times },
      otherChannels: ['SMS'],
    } as unknown as DeliveredCode;
    const shown = requestedView({ pending, alternatives: ['SMS'] });
    expect(shown.alternatives).toEqual(['SMS']);
    expect(shown.challenge).toMatchObject({
      id: 'c',
      destination: 'c•••',
      sentAt: AT.toISOString(),
      codeLength: 6,
    });
    expect(JSON.stringify(shown)).not.toContain('digest');
  });

  it('is none where the account holder uses another factor first', () => {
    expect(requestedView({ pending: null, alternatives: ['totp'] })).toEqual({
      challenge: null,
      alternatives: ['totp'],
    });
  });
});
