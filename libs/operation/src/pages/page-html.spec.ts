import { pageWithAnswers } from './page-html';

const PAGE = '<html><head><title>T</title></head><body></body></html>';
const blockOf = (html: string) =>
  /<script type="application\/json" id="answers">(.*?)<\/script>/s.exec(html)![1]!;

describe('the answers in a page', () => {
  it.each(['</script><script>alert(1)</script>', '<!--<script>', '&lt;', '\u2028', '$& $1', '</head>'])(
    'stay data, and whole, when a name is %j',
    (name) => {
      const html = pageWithAnswers(PAGE, { name });
      expect(blockOf(html)).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(blockOf(html))).toEqual({ name });
      expect(html.split('<script')).toHaveLength(2);
    },
  );

  it('are in the head, before the scripts', () =>
    expect(pageWithAnswers(PAGE, {})).toBe(
      '<html><head><title>T</title><script type="application/json" id="answers">{}</script></head><body></body></html>',
    ));
});
