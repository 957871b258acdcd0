import { AppError } from '@portillon/kernel';
import { IsBoolean, IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { validateBody } from './body.pipe';
import { OneLine, Optional, SaysSomething } from './fields';

class Submission {
  @IsString()
  @IsNotEmpty()
  @MaxLength(8)
  @OneLine()
  code!: string;

  @Optional()
  @IsString()
  @SaysSomething()
  why?: string;

  @Optional()
  @IsBoolean()
  remember?: boolean;

  @Optional()
  @IsIn(['EMAIL', 'SMS'])
  channel?: string;
}

function refusalOf(body: unknown): unknown {
  try {
    validateBody(Submission, body);
    return undefined;
  } catch (error) {
    return (error as AppError).errors?.map(({ field, code }) => `${field}: ${code}`);
  }
}

describe('a body', () => {
  it('passes as it came when every field is right', () => {
    expect(validateBody(Submission, { code: '482913', remember: false })).toEqual({
      code: '482913',
      remember: false,
    });
  });

  it.each([
    [{}, ['code: required']],
    [undefined, ['code: required']],
    [{ code: '' }, ['code: required']],
    [{ code: 482913 }, ['code: type']],
    [{ code: null }, ['code: required']],
    [{ code: ['482913'] }, ['code: type']],
    [{ code: { $ne: '' } }, ['code: type']],
    [{ code: '1'.repeat(10_000) }, ['code: too-long']],
    [{ code: '482913', remember: 'true' }, ['remember: type']],
    [{ code: '482913', remember: null }, ['remember: type']],
    [{ code: '482\n913' }, ['code: format']],
    [{ code: '482913\u2028' }, ['code: format']],
    [{ code: '482913', channel: null }, ['channel: choice']],
    [{ code: '482913', channel: 'FAX' }, ['channel: choice']],
    [{ code: '482913', why: '' }, ['why: required']],
    [{ code: '482913', why: ' \u200b' }, ['why: required']],
    [{ code: '482913', why: 7 }, ['why: type']],
    [{ code: '482913', admin: true }, ['admin: unknown-field']],
    [[], [': type']],
    ['text', [': type']],
  ])('%j is refused with %j', (body, refusal) => {
    expect(refusalOf(body)).toEqual(refusal);
  });

  it('that is wrong in a hundred ways is refused with the first 20', () => {
    const unknown = Array.from({ length: 100 }, (_, index) => [`m${index}`, true]);
    const refusal = refusalOf(Object.fromEntries(unknown)) as string[];
    expect(refusal).toHaveLength(20);
    expect(refusal[0]).toBe('m0: unknown-field');
  });
});
