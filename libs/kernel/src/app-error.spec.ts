import { AppError, ErrorKind } from './app-error';

/** Every kind there is, or the types do not hold: whether it is ours, and so worth a stack. */
const IS_OURS: Record<ErrorKind, boolean> = {
  malformed: false,
  unauthenticated: false,
  forbidden: false,
  'not-found': false,
  'method-not-allowed': false,
  conflict: false,
  'precondition-failed': false,
  'precondition-required': false,
  'too-large': false,
  'headers-too-large': false,
  'timed-out': false,
  'unsupported-media-type': false,
  invalid: false,
  'too-many': false,
  internal: true,
  upstream: true,
  busy: true,
};
const KINDS = Object.keys(IS_OURS) as ErrorKind[];
const here = (error: Error) => error.stack!.includes('app-error.spec.ts');

describe('an application error', () => {
  it.each(KINDS.filter((kind) => !IS_OURS[kind]))('takes no stack for a refusal: %s', (kind) => {
    const error = new AppError('code.rejected', kind, { detail: 'why' });
    expect(error.stack).toMatch(/^\w*Error: why$/);
  });

  it.each(KINDS.filter((kind) => IS_OURS[kind]))('tells where it arose when it is ours: %s', (kind) => {
    expect(here(new AppError('internal', kind))).toBe(true);
  });

  it.each(KINDS)('of the kind %s leaves the next error its stack', (kind) => {
    const { stackTraceLimit } = Error;
    void new AppError('code.rejected', kind);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
    expect(here(new Error('another'))).toBe(true);
  });

  it('keeps its cause with the stack that it has', () => {
    const cause = new Error('the cause');
    expect(new AppError('certificate.rejected', 'forbidden', { cause }).cause).toBe(cause);
    expect(here(cause)).toBe(true);
  });
});
