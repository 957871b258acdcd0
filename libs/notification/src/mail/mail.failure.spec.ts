import { mailFailure } from './mail.failure';

describe('a mail that failed', () => {
  it.each([
    ['an unknown mailbox', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, false, 'refused'],
    [
      'a message refused after it was read',
      { code: 'EMESSAGE', command: 'DATA', responseCode: 554 },
      true,
      'refused',
    ],
    [
      'a sender that this relay does not let write',
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553 },
      false,
      'unusable',
    ],
    [
      'a mailbox that is not there, in the words of RFC 3463',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 5.1.1 No such user' },
      false,
      'refused',
    ],
    [
      'a policy that keeps us from relaying',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 554, response: '554 5.7.1 Relay access denied' },
      false,
      'unusable',
    ],
    [
      'a policy that refuses it after it was read',
      {
        code: 'EMESSAGE',
        command: 'DATA',
        responseCode: 550,
        response: '550-5.7.26 DMARC\n550 5.7.26 policy',
      },
      true,
      'unusable',
    ],
    [
      'a sender that is refused when the recipient is named',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 5.1.8 Sender rejected' },
      false,
      'unusable',
    ],
    [
      'a relay that wants us to authenticate first',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 530, response: '530 Authentication required' },
      false,
      'unusable',
    ],
    ['wrong credentials', { code: 'EAUTH', responseCode: 535 }, false, 'unusable'],
    ['a relay that lets nobody in', { code: 'EPROTOCOL', responseCode: 554 }, false, 'unusable'],
    ['a certificate that is not believed', { code: 'ETLS' }, false, 'unusable'],
    ['no answer to the connection in time', { code: 'EABORT' }, false, 'unusable'],
    [
      'a mailbox that is full for now',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 452 },
      false,
      'deferred',
    ],
    [
      'a message refused for now after it was read',
      { code: 'EMESSAGE', responseCode: 451 },
      true,
      'deferred',
    ],
    ['a relay that is closing', { code: 'ECONNECTION', responseCode: 421 }, true, 'deferred'],
    ['a connection refused', { code: 'ESOCKET' }, false, 'deferred'],
    ['a name that does not resolve', { code: 'EDNS' }, false, 'deferred'],
    ['a cut before the message', { code: 'ECONNECTION' }, false, 'deferred'],
    ['a cut after the message', { code: 'ECONNECTION' }, true, 'unconfirmed'],
    ['a time-out after the message', { code: 'EABORT' }, true, 'unconfirmed'],
    ['an answer that is no answer', { code: 'EPROTOCOL' }, true, 'unconfirmed'],
    ['an unknown error after the message', {}, true, 'unconfirmed'],
  ])('through %s is %#', (_, error, handedOver, status) => {
    expect(mailFailure(error, handedOver).status).toBe(status);
  });

  it('accuses the relay only of what every mail would meet', () => {
    const fault = (error: object) => expect.objectContaining({ ...error });
    expect(mailFailure({ code: 'EMESSAGE', responseCode: 451 }, true)).toEqual(
      fault({ providerFault: false }),
    );
    expect(mailFailure({ code: 'ECONNECTION', responseCode: 421 }, true)).toEqual(
      fault({ providerFault: true }),
    );
    expect(mailFailure({ code: 'EAUTH', responseCode: 454 }, false)).toEqual(fault({ providerFault: true }));
    expect(mailFailure({ code: 'ESOCKET' }, false)).toEqual(fault({ providerFault: true }));
  });
});
