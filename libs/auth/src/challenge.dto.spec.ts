import { validateBody } from '@portillon/http';
import { CodeSubmission, typedCode } from './challenge.dto';

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
