import '@portillon/notification';
import type { OtpPurpose } from '@portillon/otp';
import { CLIENT } from '@portillon/testing';
import {
  codesOfSubject,
  COUNTED,
  countedUnder,
  countsOf,
  countsOfSubject,
  leavesOtherChannels,
  CountedMessage,
} from './send-limits';

const PROOFS = ['phone'] as unknown as OtpPurpose[];
const NUMBER = '+33612345678';
const SMS: CountedMessage = {
  channel: 'SMS',
  destination: NUMBER,
  accountId: 'claire',
  client: CLIENT,
  isProof: false,
};
const MAIL: CountedMessage = { ...SMS, channel: 'EMAIL', destination: 'claire@hopital.example' };
const namesOf = (sending: CountedMessage) => countsOf(sending, PROOFS).map(({ limit }) => limit.name);

describe('what a message counts against', () => {
  it('is its address block, and the SMS of its account and of neighbouring numbers where it is one', () => {
    expect(namesOf(MAIL)).toEqual(['send.block.hour']);
    expect(countsOf(SMS, PROOFS)).toMatchObject([
      { limit: { name: 'send.block.hour', max: 60 }, by: { source: 'send.block.hour 192.0.2.1' } },
      { limit: { name: 'send.sms.account.day', max: 30 }, by: { subjectId: 'claire', all: 'SMS' } },
      { limit: { name: 'send.prefix.10min', max: 30 }, by: { prefix: '+336123456' } },
    ]);
  });

  it('is its address too where it proves one, that may be a colleague’s', () => {
    const proof = countsOf({ ...MAIL, isProof: true }, PROOFS).at(-1);
    const { channel, destination } = MAIL;
    expect(proof).toMatchObject({
      limit: { name: 'send.proof.day', max: 3 },
      by: { channel, destination, purposes: PROOFS },
    });
    expect(namesOf({ ...SMS, isProof: true })).toEqual([
      'send.block.hour',
      'send.sms.account.day',
      'send.prefix.10min',
      'send.proof.day',
    ]);
  });

  it('is ten times as much for the people of a structure behind its own address, apart from strangers there', () => {
    const own = { ...MAIL, egressOf: 'hospital' };
    expect(countsOf(own, PROOFS)).toMatchObject([
      {
        limit: { name: 'send.egress.hour', max: 600 },
        by: { source: 'send.egress.hour hospital 192.0.2.1' },
      },
    ]);
  });

  it('is what its row keeps, to be found again', () => {
    expect(countedUnder(SMS)).toEqual({ source: 'send.block.hour 192.0.2.1', prefix: '+336123456' });
    expect(countedUnder(MAIL)).toEqual({ source: 'send.block.hour 192.0.2.1' });
  });
});

describe('a limit that is reached', () => {
  it('leaves the other channel where it counts one alone', () => {
    expect(COUNTED.filter(leavesOtherChannels)).toEqual([
      'destination',
      'account-sms',
      'number-prefix',
      'sms-budget',
    ]);
  });
});

describe('what an operator may list and clear', () => {
  const limitsOf = (kind: Parameters<typeof codesOfSubject>[0]['kind'], value: string) =>
    countsOfSubject({ kind, value }, PROOFS).map(({ limit, by }) => [limit.name, by]);

  it('is of a block what strangers and its structures’ people count there', () => {
    const block = '192.0.2.1';
    expect(limitsOf('block', block)).toEqual([
      ['send.block.hour', { source: `send.block.hour ${block}` }],
      ['send.egress.hour', { source: `send.egress.hour ${block}` }],
    ]);
    const sources = ['send.block.hour', 'send.egress.hour'].map((name) => ({ source: `${name} ${block}` }));
    expect(codesOfSubject({ kind: 'block', value: block })).toEqual(sources);
  });

  it('is of neighbouring numbers, and of an address or a number, what was sent there', () => {
    expect(limitsOf('number-prefix', '+336123456')).toEqual([
      ['send.prefix.10min', { prefix: '+336123456' }],
    ]);
    expect(limitsOf('address', NUMBER)).toEqual([
      ['send.proof.day', { channel: 'SMS', destination: NUMBER, purposes: PROOFS }],
    ]);
    expect(codesOfSubject({ kind: 'address', value: MAIL.destination })).toEqual([
      { channel: 'EMAIL', destination: MAIL.destination },
    ]);
  });

  it('is of an account all that it was sent', () => {
    expect(limitsOf('account', 'claire')).toEqual([
      ['send.sms.account.day', { subjectId: 'claire', all: 'SMS' }],
    ]);
    expect(codesOfSubject({ kind: 'account', value: 'claire' })).toEqual([{ subjectId: 'claire' }]);
  });
});
