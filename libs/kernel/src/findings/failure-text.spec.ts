import { once } from 'node:events';
import { AppError } from '../errors/app-error';
import { failureText } from './failure-text';

const failing = (code: string, message = 'hunter2') => Object.assign(new Error(message), { code });

describe('what went wrong with a dependency', () => {
  it.each([
    ['ECONNREFUSED', 'does not answer: check DATABASE_URL: nothing listens at its address'],
    ['ENOTFOUND', 'does not answer: check DATABASE_URL: its host has no address'],
    [
      'ER_ACCESS_DENIED_ERROR',
      'cannot be used: check DATABASE_URL: its user or password is refused, or the account asks for TLS (DATABASE_TLS)',
    ],
    [
      'ER_DBACCESS_DENIED_ERROR',
      'cannot be used: check DATABASE_URL: its account lacks a right on that database',
    ],
    ['ER_BAD_DB_ERROR', 'cannot be used: check DATABASE_URL: the server has no database of that name'],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'cannot be used: check DATABASE_CA_FILE: the certificate of the server is signed by no authority in it',
    ],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'cannot be used: check DATABASE_URL: the certificate of the server is for another host than the one named',
    ],
    ['ER_NEW_ONE', 'does not answer: check DATABASE_URL: it failed with ER_NEW_ONE'],
  ])('%s is described with the setting and without a value', (code, text) => {
    expect(failureText(failing(code), 'DATABASE_URL')).toBe(text);
  });

  it('is found behind the words of the service and of a library', () => {
    const cause = Object.assign(new AggregateError([failing('ECONNREFUSED')]), { code: undefined });
    const error = new AppError('service.busy', { detail: 'database unavailable', cause });
    expect(failureText(error, 'DATABASE_URL')).toContain('nothing listens');
  });

  it('is described for a relay by the code that nodemailer kept', () => {
    const error = Object.assign(failing('ESOCKET'), { originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(failureText(error, 'SMTP_URL')).toBe(
      'cannot be used: check NODE_EXTRA_CA_CERTS: the certificate of the server is signed by no authority in it',
    );
    expect(failureText(failing('EAUTH', 'Invalid login: 535 hunter2'), 'SMTP_URL')).toBe(
      'cannot be used: check SMTP_URL: its user or password is refused',
    );
  });

  it('is described for a server that exceeds its time limit', async () => {
    const patience = AbortSignal.timeout(0);
    await once(patience, 'abort');
    expect(failureText(patience.reason, 'PUBLIC_URL')).toContain('nothing answers');
  });

  it('is described for Redis by the first word of its message', () =>
    expect(failureText(new Error('WRONGPASS invalid username-password pair'), 'SMTP_URL')).toContain(
      'is refused',
    ));
});
