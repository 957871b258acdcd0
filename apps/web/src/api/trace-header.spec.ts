import { describe, expect, it } from 'vitest';
import { traceSignIn } from './trace-header';

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-00$/;
const traced = (url: string) => {
  const request = new Request(url);
  traceSignIn(request);
  return request.headers.get('traceparent');
};

describe('the trace of a sign-in', () => {
  it('has one trace for the password and the code, each a separate step', () => {
    const password = FORM.exec(traced(`${location.origin}/api/sign-in/password`)!)!;
    const code = FORM.exec(traced(`${location.origin}/api/sign-in/code`)!)!;
    expect(password[1]).toBe(code[1]);
    expect(password[2]).not.toBe(code[2]);
  });

  it('is sent with no other request, and to no other origin', () => {
    expect(traced(`${location.origin}/api/account`)).toBeNull();
    expect(traced('https://carte.portillon.example/api/sign-in/cpx')).toBeNull();
  });
});
